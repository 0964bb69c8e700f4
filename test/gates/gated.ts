import { CfnResource, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct, IConstruct } from 'constructs';
import { idOf } from './app';
import { BackupSource, OnDemandBackup } from '../../src';

export function table(stack: Stack, id = 'Table') {
  return new dynamodb.Table(stack, id, { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
}

export function gateOf(stack: Stack, gated: IConstruct, id = 'Gate') {
  return new OnDemandBackup(stack, id, { source: BackupSource.fromDynamoDbTable(table(stack, `${id}Table`)), executeBefore: [gated] });
}

/** Any resource with the given properties: what is under test is what the library makes of them. */
export function thing(stack: Construct, properties: object, id = 'Thing') {
  return new CfnResource(stack, id, { type: 'Test::Thing::Thing', properties: properties as any });
}

export function idOfBackup(backup: OnDemandBackup) {
  return idOf(backup.node.findChild('Resource'));
}
