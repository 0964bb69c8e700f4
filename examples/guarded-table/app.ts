import { App, Duration, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { OnDemandBackup } from 'cdk-on-demand-backup';

export const app = new App();
export const stack = new Stack(app, 'GuardedTable');

const orders = new dynamodb.Table(stack, 'Orders', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
});

// Backs the table up whenever CloudFormation is going to change or to replace it, and holds the change until then.
OnDemandBackup.guard(orders, { deleteAfter: Duration.days(35) });
