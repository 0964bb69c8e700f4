import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { intentOf } from '../../lambda/intent';
import { memoryOf, physicalIdOf } from '../../lambda/physical-id';
import { resourceRequest } from '../../lambda/request';
import { BackupCompletion, BackupSource, OnDemandBackup } from '../../src';

// What docs/decisions/0001-frozen.md lists. A change here replaces resources, or backs up everything once more, when people upgrade.

function template(): Template {
  const stack = new Stack(new App(), 'Shop');
  const table = new dynamodb.Table(stack, 'Orders', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, removalPolicy: RemovalPolicy.DESTROY,
  });
  new OnDemandBackup(stack, 'Backup', {
    source: BackupSource.fromDynamoDbTable(table), completion: BackupCompletion.waitFor({ timeout: Duration.hours(3) }), deleteAfter: Duration.days(35),
  });
  OnDemandBackup.guard(table, { finalBackup: true, deleteAfter: Duration.days(35) });
  return Template.fromStack(stack);
}

test('logical ids and types', () => {
  const resources = template().toJSON().Resources as Record<string, { Type: string }>;
  expect(Object.fromEntries(Object.entries(resources).map(([id, { Type }]) => [id, Type]))).toEqual({
    BackupDA3807AC: 'Custom::OnDemandBackup',
    BackupWait166A7244C: 'Custom::OnDemandBackupWait',
    BackupWait26D94901B: 'Custom::OnDemandBackupWait',
    OnDemandBackupFinal3AF12274: 'Custom::OnDemandBackupFinal',
    OnDemandBackupProviderFunction6340169A: 'AWS::Lambda::Function',
    OnDemandBackupProviderLog6C98CDAC: 'AWS::Logs::LogGroup',
    OnDemandBackupProviderPermissions2f1737081D1AE3FA: 'AWS::IAM::Policy',
    OnDemandBackupProviderRoleCE080CA1: 'AWS::IAM::Role',
    OnDemandBackupProviderWaiterLog18C54CBD: 'AWS::Logs::LogGroup',
    OnDemandBackupProviderWaiterPermissions5E4D149C: 'AWS::IAM::Policy',
    OnDemandBackupProviderWaiterRole66B919D7: 'AWS::IAM::Role',
    OnDemandBackupProviderWaiterStateMachine8DE23819: 'AWS::StepFunctions::StateMachine',
    OnDemandBackupRoleFEF5FBCD: 'AWS::IAM::Role',
    OnDemandBackupVaultCEA16620: 'AWS::Backup::BackupVault',
    OrdersA9B65338: 'AWS::DynamoDB::Table',
    OrdersBackupGuardDCF0E22C: 'Custom::OnDemandBackup',
  });
  expect(Object.keys(template().findOutputs('*'))).toEqual(['BackupBackupJobId3E01A7AA']);
});

test('the default vault', () => {
  template().hasResource('AWS::Backup::BackupVault', {
    Properties: {
      BackupVaultName: { 'Fn::Join': ['-', ['on-demand', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }]] },
    },
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
  });
});

const PROPERTIES = {
  BackupVaultName: 'vault',
  IamRoleArn: 'arn:aws:iam::111122223333:role/backup',
  ResourceArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
  OnDemandBackup: { Version: '1', Trigger: 'ON_CHANGE_OF', TriggerValues: ['1'], Completion: 'WAIT_FOR', Timeout: '3600' },
};

test('the fingerprint of an intent', () => {
  expect(intentOf(resourceRequest(PROPERTIES))).toBe('a6c75bd223da6ead49d5');
  const { ResourceArn: _, ...guarded } = PROPERTIES;
  expect(intentOf(resourceRequest({
    ...guarded,
    OnDemandBackup: {
      ...PROPERTIES.OnDemandBackup, Gated: 'abc', Watch: ['x'], SourceLogicalId: 'Orders', SourceArnFormat: 'arn:aws:dynamodb:eu-west-1:111122223333:table/{PhysicalId}',
    },
  }))).toBe('b0d10f3e5efb6cc1cdde');
});

test('the PhysicalResourceId', () => {
  const id = 'A1B2;v=1;i=0123;s=COMPLETED;r=arn:aws:backup:eu-west-1:111122223333:recovery-point:x;t=DynamoDB;c=1767225636;d=1767225700;b=12;m=a%3Bb;p=no-job%3Bv=1%3Bi=99';
  expect(memoryOf(id)).toEqual({
    intent: '0123',
    job: {
      id: 'A1B2',
      state: 'COMPLETED',
      recoveryPointArn: 'arn:aws:backup:eu-west-1:111122223333:recovery-point:x',
      resourceType: 'DynamoDB',
      createdAt: 1767225636000,
      completedAt: 1767225700000,
      sizeInBytes: 12,
      statusMessage: 'a;b',
    },
    previous: { intent: '99' },
  });
  expect(physicalIdOf(memoryOf(id))).toBe(id);
});
