import { ExpectedResult, IApiCall, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';
import { Duration, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { OnDemandBackup } from 'cdk-on-demand-backup';

const PATIENCE = { totalTimeout: Duration.minutes(30), interval: Duration.seconds(15) };

/** All backups of an example go into one vault. */
export function vaultOf(stack: Stack): string {
  return stack.node.findAll().filter((construct) => OnDemandBackup.isOnDemandBackup(construct))[0].vault.backupVaultRef.backupVaultName;
}

export function tablesOf(stack: Stack): dynamodb.Table[] {
  return stack.node.findAll().filter((construct) => construct instanceof dynamodb.Table);
}

/** There is a recovery point in the vault; of the resource, if one is named. */
export function expectRecoveryPoint(test: IntegTest, vaultName: string, resourceArn?: string): IApiCall {
  const points = test.assertions.awsApiCall('Backup', 'listRecoveryPointsByBackupVault', { BackupVaultName: vaultName, ByResourceArn: resourceArn });
  return points.expect(ExpectedResult.objectLike({ RecoveryPoints: Match.arrayWith([Match.objectLike({ Status: 'COMPLETED' })]) })).waitForAssertions(PATIENCE);
}

/** Updates the stack, as the next deployment would, with another value of a parameter. */
export function update(test: IntegTest, { stackName }: Stack, parameter: string, value: string): IApiCall {
  const call = test.assertions.awsApiCall('CloudFormation', 'updateStack', {
    StackName: stackName, UsePreviousTemplate: true, Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'], Parameters: [{ ParameterKey: parameter, ParameterValue: value }],
  });
  // Every template of the CDK has a parameter out of Systems Manager, which CloudFormation may read as whoever updates the stack.
  call.provider.addToRolePolicy({ Effect: 'Allow', Action: ['ssm:GetParameters'], Resource: ['*'] });
  return call;
}

/** The update has succeeded. */
export function expectUpdated(test: IntegTest, { stackName }: Stack): IApiCall {
  const stacks = test.assertions.awsApiCall('CloudFormation', 'describeStacks', { StackName: stackName });
  return stacks.expect(ExpectedResult.objectLike({ Stacks: [Match.objectLike({ StackStatus: 'UPDATE_COMPLETE' })] })).waitForAssertions(PATIENCE);
}
