import * as path from 'path';
import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId, Provider } from 'aws-cdk-lib/custom-resources';
import { bareCustomResource } from './bare';
import { Contender } from './names';
import { BackupCompletion, BackupSource, OnDemandBackup } from '../src';

/** What every contender is given. */
export interface Given {
  readonly vault: backup.BackupVault;
  readonly role: iam.Role;
  /** ARNs of what is to be backed up. */
  readonly sources: readonly string[];
  /** For waits that are longer than what the contender does unless told otherwise. */
  readonly longest?: boolean;
}

type Build = (stack: Stack, given: Given) => void;

/** The same work, as each contender has it written. */
export const BUILDS: Readonly<Record<Contender, Build>> = {
  'base': () => undefined,
  'bare custom resource': (stack, { vault, role, sources }) => sources.forEach((source, i) => bareCustomResource(stack, `Backup${i}`, source, vault, role)),
  'library': library(BackupCompletion.confirmStart()),
  'library, job ids in outputs': library(BackupCompletion.confirmStart(), true),
  'library, fire and forget': library(BackupCompletion.fireAndForget()),
  'library, waits 1 h': library(BackupCompletion.waitFor()),
  'library, waits 2 h': library(BackupCompletion.waitFor({ timeout: Duration.hours(2) })),
  'library, waits 12 h': library(BackupCompletion.waitFor({ timeout: Duration.hours(12) })),
  'AwsCustomResource': (stack, { vault, role, sources }) => sources.forEach((source, i) => {
    new AwsCustomResource(stack, `Backup${i}`, {
      onCreate: startBackupJob(vault, role, source),
      policy: AwsCustomResourcePolicy.fromStatements(statements(vault, role)),
      installLatestAwsSdk: false,
    });
  }),
  // With a policy for each, a stack is full long before 400.
  'AwsCustomResource, one role': (stack, { vault, role, sources }) => {
    const caller = new iam.Role(stack, 'Caller', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Backup: new iam.PolicyDocument({ statements: statements(vault, role) }) },
    });
    sources.forEach((source, i) => {
      new AwsCustomResource(stack, `Backup${i}`, { onCreate: startBackupJob(vault, role, source), role: caller, installLatestAwsSdk: false });
    });
  },
  'Provider': provider(false),
  'Provider + isComplete': provider(true),
};

function library(completion: BackupCompletion, jobIdOutput = false): Build {
  return (stack, { vault, role, sources }) => sources.forEach((source, i) => {
    new OnDemandBackup(stack, `Backup${i}`, { source: BackupSource.fromArn(source), vault, role, completion, jobIdOutput, deleteAfter: Duration.days(35) });
  });
}

function provider(waits: boolean): Build {
  return (stack, { vault, role, sources, longest }) => {
    const code = lambda.Code.fromAsset(path.join(process.env.BENCH_FOLDER!, 'peer-function'));
    const made = (id: string, handler: string, actions: iam.PolicyStatement[]) => {
      const made_ = new lambda.Function(stack, id, { runtime: lambda.determineLatestNodeRuntime(stack), code, handler: `index.${handler}`, timeout: Duration.minutes(1) });
      actions.forEach((action) => made_.addToRolePolicy(action));
      return made_;
    };
    const { serviceToken } = new Provider(stack, 'Provider', {
      onEventHandler: made('OnEvent', 'onEvent', statements(vault, role)),
      ...waits ? { isCompleteHandler: made('IsComplete', 'isComplete', [new iam.PolicyStatement({ actions: ['backup:DescribeBackupJob'], resources: ['*'] })]) } : {},
      ...waits && longest ? { totalTimeout: Duration.hours(1) } : {},
    });
    sources.forEach((source, i) => {
      new CustomResource(stack, `Backup${i}`, { serviceToken, properties: { SourceArn: source, VaultName: vault.backupVaultName, RoleArn: role.roleArn } });
    });
  };
}

function startBackupJob(vault: backup.BackupVault, role: iam.Role, source: string) {
  return {
    service: 'Backup',
    action: 'startBackupJob',
    parameters: { BackupVaultName: vault.backupVaultName, IamRoleArn: role.roleArn, Lifecycle: { DeleteAfterDays: 35 }, ResourceArn: source },
    physicalResourceId: PhysicalResourceId.fromResponse('BackupJobId'),
  };
}

function statements(vault: backup.BackupVault, role: iam.Role): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: ['backup:StartBackupJob'], resources: [vault.backupVaultArn] }),
    new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [role.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } },
    }),
  ];
}
