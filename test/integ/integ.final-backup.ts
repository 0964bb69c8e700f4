import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { CfnCondition, CfnParameter, CfnResource, Fn } from 'aws-cdk-lib';
import { expectRecoveryPoint, expectUpdated, tablesOf, update, vaultOf } from './expectations';
import { app, stack } from '../../examples/final-backup/app';

const [previews] = tablesOf(stack);
const wanted = new CfnParameter(stack, 'Wanted', { default: 'yes' });
(previews.node.defaultChild as CfnResource).cfnOptions.condition = new CfnCondition(stack, 'IsWanted', { expression: Fn.conditionEquals(wanted, 'yes') });

const test = new IntegTest(app, 'FinalBackupTest', { testCases: [stack] });

// What is deleted with its stack cannot be told of by a stack that comes after it, so here the table alone is deleted.
update(test, stack, wanted.logicalId, 'no')
  .next(expectUpdated(test, stack))
  .next(expectRecoveryPoint(test, vaultOf(stack)));
