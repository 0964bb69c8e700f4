import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { expectRecoveryPoint, tablesOf, vaultOf } from './expectations';
import { app, stack } from '../../examples/vault-and-role/app';

const test = new IntegTest(app, 'VaultAndRoleTest', { testCases: [stack] });

for (const { tableArn } of tablesOf(stack)) expectRecoveryPoint(test, vaultOf(stack), tableArn);
