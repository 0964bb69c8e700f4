import * as path from 'path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as triggers from 'aws-cdk-lib/triggers';
import { BackupSource, OnDemandBackup } from 'cdk-on-demand-backup';

export const app = new App();
export const stack = new Stack(app, 'PreMigration');

const orders = new dynamodb.Table(stack, 'Orders', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
});

// Runs during the deployment, whenever its code or its settings change.
const migration = new triggers.TriggerFunction(stack, 'Migration', {
  runtime: lambda.Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: lambda.Code.fromAsset(path.join(__dirname, 'migration')),
  environment: { TABLE: orders.tableName },
  timeout: Duration.minutes(10),
});
orders.grantReadWriteData(migration);

// Whenever the migration is going to run again, it runs only after a backup that is COMPLETED.
new OnDemandBackup(stack, 'BeforeMigration', {
  source: BackupSource.fromDynamoDbTable(orders),
  deleteAfter: Duration.days(35),
  executeBefore: [migration],
});
