import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { OnDemandBackup } from 'cdk-on-demand-backup';

/** Keeps every rule. */
export class Good extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };

    const orders = new dynamodb.Table(this, 'Orders', { partitionKey, removalPolicy: RemovalPolicy.DESTROY });
    OnDemandBackup.guard(orders, { deleteAfter: Duration.days(35), finalBackup: true });

    new dynamodb.Table(this, 'Customers', { partitionKey, pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } });

    // What need not be kept says so, and why.
    const sessions = new dynamodb.Table(this, 'Sessions', { partitionKey, removalPolicy: RemovalPolicy.DESTROY });
    const reason = 'Holds sessions of an hour';
    Validations.of(sessions).acknowledge(
      { id: 'cdk-on-demand-backup::ResourceProtected', reason },
      { id: 'cdk-on-demand-backup::FinalBackup', reason },
    );
  }
}
