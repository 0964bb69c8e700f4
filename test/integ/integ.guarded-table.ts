import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { CfnParameter } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { expectRecoveryPoint, expectUpdated, tablesOf, update, vaultOf } from './expectations';
import { app, stack } from '../../examples/guarded-table/app';

const [orders] = tablesOf(stack);
const recovery = new CfnParameter(stack, 'PointInTimeRecovery', { default: 'false' });
(orders.node.defaultChild as dynamodb.CfnTable).addPropertyOverride('PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', recovery.valueAsString);

const test = new IntegTest(app, 'GuardedTableTest', { testCases: [stack] });

update(test, stack, recovery.logicalId, 'true')
  .next(expectUpdated(test, stack))
  .next(expectRecoveryPoint(test, vaultOf(stack), orders.tableArn));
