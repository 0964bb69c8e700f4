import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import * as backup from 'aws-cdk-lib/aws-backup';
import { expectRecoveryPoint, tablesOf } from './expectations';
import { app, stack } from '../../examples/air-gapped/app';

const [airGapped] = stack.node.findAll().filter((construct) => construct instanceof backup.CfnLogicallyAirGappedBackupVault);
const test = new IntegTest(app, 'AirGappedTest', { testCases: [stack] });

expectRecoveryPoint(test, airGapped.backupVaultName, tablesOf(stack)[0].tableArn);
