import { CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { BackupCompletion, BackupSource, OnDemandBackup } from 'cdk-on-demand-backup';

/** Breaks each rule once. */
export class Bad extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };

    // Nothing protects it.
    new dynamodb.Table(this, 'Unprotected', { partitionKey });

    // It is lost with its stack.
    const previews = new dynamodb.Table(this, 'Previews', { partitionKey, removalPolicy: RemovalPolicy.DESTROY });
    OnDemandBackup.guard(previews, { deleteAfter: Duration.days(35) });

    const orders = new dynamodb.Table(this, 'Orders', { partitionKey, pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } });
    const migration = new CustomResource(this, 'Migration', { serviceToken: 'arn:aws:lambda:us-east-1:123456789012:function:migration' });
    new OnDemandBackup(this, 'TooShort', {
      source: BackupSource.fromDynamoDbTable(orders),
      // The migration would run before there is a backup.
      executeBefore: [migration],
      completion: BackupCompletion.confirmStart(),
      // A weekend is over before somebody looks.
      deleteAfter: Duration.days(2),
    });

    // Neither deleteAfter nor keepForever.
    new OnDemandBackup(this, 'Unsaid', { source: BackupSource.fromDynamoDbTable(orders) });
  }
}
