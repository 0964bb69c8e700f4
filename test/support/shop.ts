import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Stack, StackProps } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { DeployOptions, LocalAws, OperationResult } from '../simulator';

const folders: string[] = [];

process.on('exit', () => folders.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

/** Synthesizes an app of one stack, named Shop, and returns the folder of its assembly. */
export function synthesize(build: (stack: Stack) => void, props: StackProps = {}, context: Readonly<Record<string, string>> = {}): string {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'odb-'));
  folders.push(outdir);
  const app = new App({ outdir, context });
  build(new Stack(app, 'Shop', props));
  app.synth();
  return outdir;
}

/** Deploys an app of one stack. */
export async function deploy(
  aws: LocalAws, build: (stack: Stack) => void, options: DeployOptions & { readonly context?: Readonly<Record<string, string>> } = {},
): Promise<OperationResult> {
  return aws.deploy('Shop', synthesize(build, {}, options.context), options);
}

export function table(stack: Stack, id = 'Orders'): dynamodb.Table {
  return new dynamodb.Table(stack, id, { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
}

/** A vault and a role that somebody else looks after. */
export function imported(stack: Stack): { readonly vault: backup.IBackupVault; readonly role: iam.IRole } {
  return {
    vault: backup.BackupVault.fromBackupVaultName(stack, 'Vault', 'company-vault'),
    role: iam.Role.fromRoleArn(stack, 'BackupRole', 'arn:aws:iam::111122223333:role/company-backup'),
  };
}

/** The inputs of the StartBackupJob calls that AWS Backup saw, in order. */
export function startedWith(aws: LocalAws): Record<string, unknown>[] {
  return aws.backup.calls().filter(({ operation }) => operation === 'StartBackupJob').map(({ input }) => input as Record<string, unknown>);
}

/** The states of all jobs, in the order of their creation. */
export function jobStates(aws: LocalAws): string[] {
  return aws.backup.jobs().map(({ state }) => state);
}

/** Reasons of the resources that failed. */
export function failures(result: OperationResult): string[] {
  return result.events.filter(({ status }) => status.endsWith('_FAILED')).map(({ reason }) => reason ?? '');
}
