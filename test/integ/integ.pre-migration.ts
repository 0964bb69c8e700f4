import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { CfnParameter, CfnResource } from 'aws-cdk-lib';
import { expectRecoveryPoint, expectUpdated, tablesOf, update, vaultOf } from './expectations';
import { app, stack } from '../../examples/pre-migration/app';

const [orders] = tablesOf(stack);
const run = new CfnParameter(stack, 'Run', { default: 'first' });
const [migration] = stack.node.findAll().filter((construct) => construct instanceof CfnResource && construct.cfnResourceType === 'Custom::Trigger') as CfnResource[];
migration.addPropertyOverride('Run', run.valueAsString);

const test = new IntegTest(app, 'PreMigrationTest', { testCases: [stack] });
const order = { id: { S: 'order-1' } };

test.assertions.awsApiCall('DynamoDB', 'putItem', { TableName: orders.tableName, Item: order })
  .next(update(test, stack, run.logicalId, 'second'))
  .next(expectUpdated(test, stack))
  .next(expectRecoveryPoint(test, vaultOf(stack), orders.tableArn))
  .next(test.assertions.awsApiCall('DynamoDB', 'getItem', { TableName: orders.tableName, Key: order })
    .expect(ExpectedResult.objectLike({ Item: { ...order, schema: { S: '1' } } })));
