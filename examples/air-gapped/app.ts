import { App, Aws, Duration, Fn, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { BackupCompletion, BackupSource, OnDemandBackup } from 'cdk-on-demand-backup';

export const app = new App();
export const stack = new Stack(app, 'AirGapped');

const orders = new dynamodb.Table(stack, 'Orders', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
});

const logicallyAirGappedVault = new backup.CfnLogicallyAirGappedBackupVault(stack, 'AirGappedVault', {
  // The id of the stack is new with each creation, so a stack can be created again beside the vault it left behind.
  backupVaultName: Fn.join('-', ['air-gapped', Fn.select(2, Fn.split('/', Aws.STACK_ID))]),
  minRetentionDays: 7,
  maxRetentionDays: 90,
});
// A vault cannot be deleted as long as there is something in it.
logicallyAirGappedVault.applyRemovalPolicy(RemovalPolicy.RETAIN);

// Waiting includes the copy by which a type that AWS Backup does not manage fully gets into the air-gapped vault.
const airGapped = new OnDemandBackup(stack, 'Backup', {
  source: BackupSource.fromDynamoDbTable(orders),
  logicallyAirGappedVault,
  deleteAfter: Duration.days(35),
  completion: BackupCompletion.waitFor({ timeout: Duration.hours(2) }),
});

Validations.of(airGapped).acknowledge({
  id: 'cdk-on-demand-backup::AirGappedUncertain',
  reason: 'A copy is fine: this account has no advanced features for DynamoDB',
});
