import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { OnDemandBackup } from 'cdk-on-demand-backup';

export const app = new App();
export const stack = new Stack(app, 'FinalBackup');

const previews = new dynamodb.Table(stack, 'Previews', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
  removalPolicy: RemovalPolicy.DESTROY,
});

// `cdk destroy` deletes the table only when its last backup is COMPLETED; the same when the table leaves the stack.
OnDemandBackup.guard(previews, { deleteAfter: Duration.days(35), finalBackup: true });
