import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Stack, StackProps } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { DeployOptions, LocalAws, LocalAwsOptions, OperationResult } from '../simulator';

const folders: string[] = [];

process.on('exit', () => folders.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

/** An account in which `cdk bootstrap` has been run. */
export function bootstrappedAccount(options: LocalAwsOptions): Promise<LocalAws> {
  return LocalAws.start({ ...options, ssm: { '/cdk-bootstrap/hnb659fds/version': '30' } });
}

/** Synthesizes an app of one stack, named Shop, and returns the folder of its assembly. */
export function synthesize(build: (stack: Stack) => void, props: StackProps = {}): string {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'odb-'));
  folders.push(outdir);
  const app = new App({ outdir });
  build(new Stack(app, 'Shop', props));
  app.synth();
  return outdir;
}

/** Deploys an app of one stack. */
export async function deploy(aws: LocalAws, build: (stack: Stack) => void, options: DeployOptions = {}): Promise<OperationResult> {
  return aws.deploy('Shop', synthesize(build), options);
}

export function table(stack: Stack, id = 'Orders'): dynamodb.Table {
  return new dynamodb.Table(stack, id, { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
}

/** The inputs of the StartBackupJob calls that AWS Backup saw, in order. */
export function startedWith(aws: LocalAws): Record<string, unknown>[] {
  return aws.backup.calls().filter(({ operation }) => operation === 'StartBackupJob').map(({ input }) => input as Record<string, unknown>);
}

export function failures(result: OperationResult): string[] {
  return result.events.filter(({ status }) => status.endsWith('_FAILED')).map(({ reason }) => reason ?? '');
}
