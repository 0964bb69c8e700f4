import { App, Duration, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { BackupCompletion, BackupSource, BackupTrigger, OnDemandBackup } from 'cdk-on-demand-backup';

export const app = new App();
export const stack = new Stack(app, 'Many');
const release = app.node.tryGetContext('release') ?? '1.0.0';

// All of them share one vault, one role and one function, and are backed up at the same time.
for (const name of ['Orders', 'Customers', 'Invoices', 'Stock']) {
  const table = new dynamodb.Table(stack, name, {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
  });
  new OnDemandBackup(stack, `${name}Backup`, {
    source: BackupSource.fromDynamoDbTable(table),
    trigger: BackupTrigger.onChangeOf(release),
    deleteAfter: Duration.days(35),
    completion: BackupCompletion.waitFor(),
  });
}
