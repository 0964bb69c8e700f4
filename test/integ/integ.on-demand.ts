import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { expectRecoveryPoint, tablesOf, vaultOf } from './expectations';
import { app, stack } from '../../examples/on-demand/app';

const test = new IntegTest(app, 'OnDemandTest', { testCases: [stack] });

for (const { tableArn } of tablesOf(stack)) expectRecoveryPoint(test, vaultOf(stack), tableArn);
