import { App, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { Template as Assertions } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { Template } from './example-templates';
import { BackupCompletion, BackupSource, BackupTimeoutAction, OnDemandBackup, OnDemandBackupProps, OnDemandBackupProvider, OnDemandBackupProviderProps } from '../src';

/** Templates of the least that a backup is, and of what an app can ask for besides, each by itself. */
export function featureTemplates(): readonly (readonly [feature: string, template: Template])[] {
  return [
    ['a backup', backUp()],
    ['an air-gapped vault', backUp((stack) => ({ logicallyAirGappedVault: airGappedVault(stack) }))],
    ['waiting, also in gates and guards', backUp(() => ({ completion: BackupCompletion.waitFor({ timeout: Duration.hours(3) }) }))],
    ['stopping a job when time is up', backUp(() => ({ completion: BackupCompletion.waitFor({ onTimeout: BackupTimeoutAction.STOP_JOB_AND_FAIL }) }))],
    ['final backups', inStack((stack) => void OnDemandBackup.guard(table(stack), { deleteAfter, finalBackup: true }))],
    ['final backups of more than an hour', inStack((stack) => void OnDemandBackup.guard(table(stack), {
      deleteAfter, finalBackup: true, completion: BackupCompletion.waitFor({ timeout: Duration.hours(3) }),
    }))],
    ['a nested stack', inStack((stack) => addBackup(stack), (app) => new NestedStack(new Stack(app, 'Parent'), 'Nested'))],
    ['`vpc`', configured((stack) => ({ vpc: new ec2.Vpc(stack, 'Vpc') }))],
    ['`tracing`', configured(() => ({ tracing: lambda.Tracing.ACTIVE }))],
    ['`deadLetterQueue`', configured((stack) => ({ deadLetterQueue: new sqs.Queue(stack, 'Queue') }))],
    ['`deadLetterQueue` with a key of yours', configured((stack) => ({ deadLetterQueue: new sqs.Queue(stack, 'Queue', { encryptionMasterKey: new kms.Key(stack, 'Key') }) }))],
    ['`environmentEncryption`', configured((stack) => ({ environmentEncryption: new kms.Key(stack, 'Key') }))],
  ];
}

const deleteAfter = Duration.days(35);

function inStack(build: (stack: Stack) => void, stackIn: (app: App) => Stack = (app) => new Stack(app, 'Shop')): Template {
  const stack = stackIn(new App());
  build(stack);
  return Assertions.fromStack(stack).toJSON() as Template;
}

function backUp(props: (stack: Stack) => Partial<OnDemandBackupProps> = () => ({})): Template {
  return inStack((stack) => addBackup(stack, props(stack)));
}

function configured(settings: (stack: Stack) => OnDemandBackupProviderProps): Template {
  return inStack((stack) => {
    OnDemandBackupProvider.configure(stack, settings(stack));
    addBackup(stack);
  });
}

function addBackup(scope: Construct, props: Partial<OnDemandBackupProps> = {}): void {
  new OnDemandBackup(scope, 'Backup', { source: BackupSource.fromDynamoDbTable(table(scope)), deleteAfter, ...props });
}

function table(scope: Construct): dynamodb.Table {
  return new dynamodb.Table(scope, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
}

function airGappedVault(scope: Construct): backup.CfnLogicallyAirGappedBackupVault {
  return new backup.CfnLogicallyAirGappedBackupVault(scope, 'AirGapped', { backupVaultName: 'air-gapped', minRetentionDays: 7, maxRetentionDays: 90 });
}
