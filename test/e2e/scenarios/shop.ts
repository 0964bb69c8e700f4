import { CustomResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { BackupSource, OnDemandBackup, OnDemandBackupProps } from 'cdk-on-demand-backup';

export const JOB_ID = /^[0-9a-f-]{36}$/i;

export function table(stack: Stack, props: Partial<dynamodb.TableProps> = {}): dynamodb.Table {
  return new dynamodb.Table(stack, 'Orders', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    removalPolicy: RemovalPolicy.DESTROY,
    ...props,
  });
}

/** A table with a backup. */
export function shop(props: Partial<OnDemandBackupProps> = {}): (stack: Stack) => void {
  return (stack) => {
    new OnDemandBackup(stack, 'Backup', { source: BackupSource.fromDynamoDbTable(table(stack)), keepForever: true, ...props });
  };
}

/** Fails at its creation, after everything that it depends on. */
export function failing(stack: Stack): CustomResource {
  return new CustomResource(stack, 'Failing', { serviceToken: answering(stack, 'FAILED').functionArn });
}

function answering(stack: Stack, status: string): lambda.Function {
  return new lambda.Function(stack, 'Answering', {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(`exports.handler = async (event) => fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify({
      Status: event.RequestType === 'Delete' ? 'SUCCESS' : '${status}', Reason: 'the sibling fails as it was told to',
      PhysicalResourceId: event.PhysicalResourceId ?? event.RequestId,
      StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId,
    }) }).then(() => {});`),
  });
}
