import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { expectRecoveryPoint, tablesOf, vaultOf } from './expectations';
import { app, stack } from '../../examples/many/app';

const test = new IntegTest(app, 'ManyTest', { testCases: [stack] });

for (const { tableArn } of tablesOf(stack)) expectRecoveryPoint(test, vaultOf(stack), tableArn);
