import { App, CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { BackupCompletion, BackupSource, OnDemandBackup } from 'cdk-on-demand-backup';

// Two stacks for the policies beside this file: they take the first one and refuse the second, for every reason that they know.
const app = new App();

const good = new Stack(app, 'Good');
const vault = backup.BackupVault.fromBackupVaultName(good, 'Vault', 'company-vault');
const deleteAfter = Duration.days(35);
const orders = table(good, 'Orders');
orders.applyRemovalPolicy(RemovalPolicy.DESTROY);
OnDemandBackup.guard(orders, { vault, deleteAfter, finalBackup: true });
table(good, 'Sessions', true);
new OnDemandBackup(good, 'PreMigration', {
  source: BackupSource.fromDynamoDbTable(orders),
  vault,
  deleteAfter,
  executeBefore: [new CfnResource(good, 'Migration', { type: 'Custom::Migration' })],
});

const bad = new Stack(app, 'Bad');
table(bad, 'Unprotected');
const cache = table(bad, 'Cache', true);
cache.applyRemovalPolicy(RemovalPolicy.DESTROY);
OnDemandBackup.guard(cache, { deleteAfter: Duration.days(1), finalBackup: true });
new OnDemandBackup(bad, 'TooShort', {
  source: BackupSource.fromDynamoDbTable(table(bad, 'Orders', true)),
  vault: backup.BackupVault.fromBackupVaultName(bad, 'Private', 'private-vault'),
  deleteAfter: Duration.days(1),
  executeBefore: [new CfnResource(bad, 'Migration', { type: 'Custom::Migration' })],
  completion: BackupCompletion.confirmStart(),
});

function table(scope: Construct, id: string, pointInTimeRecoveryEnabled = false): dynamodb.Table {
  return new dynamodb.Table(scope, id, {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    pointInTimeRecoverySpecification: pointInTimeRecoveryEnabled ? { pointInTimeRecoveryEnabled } : undefined,
  });
}
