import { App, Duration, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { BackupCompletion, BackupSource, OnDemandBackup } from 'cdk-on-demand-backup';

const stack = new Stack(new App(), 'AirGapped');

const orders = new dynamodb.Table(stack, 'Orders', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
});

const logicallyAirGappedVault = new backup.CfnLogicallyAirGappedBackupVault(stack, 'AirGappedVault', {
  backupVaultName: 'orders-air-gapped',
  minRetentionDays: 7,
  maxRetentionDays: 90,
});

// Waiting includes the copy by which a type that AWS Backup does not manage fully gets into the air-gapped vault.
new OnDemandBackup(stack, 'Backup', {
  source: BackupSource.fromDynamoDbTable(orders),
  logicallyAirGappedVault,
  deleteAfter: Duration.days(35),
  completion: BackupCompletion.waitFor({ timeout: Duration.hours(2) }),
});
