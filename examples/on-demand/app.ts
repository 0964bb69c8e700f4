import { App, Duration, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { BackupSource, BackupTrigger, OnDemandBackup } from 'cdk-on-demand-backup';

export const app = new App();
export const stack = new Stack(app, 'OnDemand');

const orders = new dynamodb.Table(stack, 'Orders', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
});

// One backup at the first deployment, and one whenever the release changes.
new OnDemandBackup(stack, 'Backup', {
  source: BackupSource.fromDynamoDbTable(orders),
  trigger: BackupTrigger.onChangeOf(app.node.tryGetContext('release') ?? '1.0.0'),
  deleteAfter: Duration.days(35),
});
