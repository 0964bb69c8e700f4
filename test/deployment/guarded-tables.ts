import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { BackupCompletion, OnDemandBackup } from '../../src';
import { LocalAws } from '../simulator';

/** A table with a guard that makes a final backup, and may take so long for it. */
export function guarded(stack: Stack, id: string, props: Partial<dynamodb.TableProps> = {}, timeout = Duration.hours(1)): dynamodb.Table {
  const table = new dynamodb.Table(stack, id, {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, removalPolicy: RemovalPolicy.DESTROY, ...props,
  });
  OnDemandBackup.guard(table, { deleteAfter: Duration.days(35), finalBackup: true, completion: BackupCompletion.waitFor({ timeout }) });
  return table;
}

/** Whether something that matters came before something else. */
export function positions(aws: LocalAws, logicalId: string): { backedUp: number; deleted: number } {
  const all = aws.recorder.all();
  return {
    backedUp: all.findLastIndex((entry) => entry.kind === 'backup' && entry.what === 'backup job' && entry.state === 'COMPLETED'),
    deleted: all.findIndex((entry) => entry.kind === 'stack' && entry.logicalId.startsWith(logicalId) && entry.type === 'AWS::DynamoDB::Table'
      && entry.status === 'DELETE_IN_PROGRESS'),
  };
}
