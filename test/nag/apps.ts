import { App, CfnResource, Duration, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { BackupCompletion, BackupSource, BackupTimeoutAction, BackupTrigger, OnDemandBackup, OnDemandBackupProvider } from '../../src';
import { isOwn } from '../../src/own-resources';
import { table } from '../support/shop';

const deleteAfter = Duration.days(35);

/** What security teams look at: from the least that the library makes to all that it can make. */
export const APPS: { readonly [name: string]: (stack: Stack) => void } = {
  minimal: (stack) => {
    new OnDemandBackup(stack, 'Backup', { source: BackupSource.fromDynamoDbTable(table(stack)), deleteAfter });
  },
  waiting: (stack) => {
    new OnDemandBackup(stack, 'Backup', {
      source: BackupSource.fromDynamoDbTable(table(stack)),
      deleteAfter,
      completion: BackupCompletion.waitFor({ timeout: Duration.hours(3) }),
    });
  },
  guarded: (stack) => {
    OnDemandBackup.guard(table(stack), { deleteAfter, finalBackup: true });
  },
  full: (stack) => {
    const vault = new backup.BackupVault(stack, 'Vault');
    const role = new iam.Role(stack, 'BackupRole', { assumedBy: new iam.ServicePrincipal('backup.amazonaws.com') });
    const orders = table(stack);
    const source = BackupSource.fromDynamoDbTable(orders);
    OnDemandBackup.guard(orders, { vault, role, deleteAfter, finalBackup: true });
    new OnDemandBackup(stack, 'PreMigration', {
      source,
      deleteAfter,
      executeBefore: [new CfnResource(stack, 'Migration', { type: 'Custom::Migration' })],
      completion: BackupCompletion.waitFor({ timeout: Duration.hours(2), onTimeout: BackupTimeoutAction.STOP_JOB_AND_FAIL }),
    });
    new OnDemandBackup(stack, 'Release', { source, vault, deleteAfter, trigger: BackupTrigger.onChangeOf('1.4.0') });
  },
};

/** What a security team sets, once for an app; by literal ARNs, because the rules of Control Tower take no references to other stacks. */
export function configureAll(app: App): void {
  const shared = new Stack(app, 'Shared');
  const key = kms.Key.fromKeyArn(shared, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1');
  OnDemandBackupProvider.configure(app, {
    vpc: ec2.Vpc.fromVpcAttributes(shared, 'Vpc', {
      vpcId: 'vpc-0123456789abcdef0',
      availabilityZones: ['eu-west-1a', 'eu-west-1b'],
      privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    }),
    securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(shared, 'SecurityGroup', 'sg-0123456789abcdef0')],
    deadLetterQueue: sqs.Queue.fromQueueArn(shared, 'DeadLetters', 'arn:aws:sqs:eu-west-1:111122223333:company-dead-letters'),
    reservedConcurrentExecutions: 10,
    tracing: lambda.Tracing.ACTIVE,
    logGroup: logs.LogGroup.fromLogGroupArn(shared, 'Log', 'arn:aws:logs:eu-west-1:111122223333:log-group:company-log:*'),
    environmentEncryption: key,
    permissionsBoundary: iam.ManagedPolicy.fromManagedPolicyName(shared, 'Boundary', 'company-boundary'),
  });
}

/** An app with one of them, in a stack named after it. */
export function appWith(name: string, configured: boolean): App {
  const app = new App();
  if (configured) {
    configureAll(app);
  }
  APPS[name](new Stack(app, name));
  return app;
}

/** Whether this library made a construct, so that nobody else can do something about it. */
export function isOurs(construct: IConstruct): boolean {
  return construct.node.scopes.some((scope) => isOwn(scope) || OnDemandBackup.isOnDemandBackup(scope));
}
