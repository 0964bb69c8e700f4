import { App, aws_backup as backup, aws_iam as iam, CfnParameter, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { BackupSource, BackupTrigger, OnDemandBackup, OnDemandBackupProps } from '../../src';
import { table } from '../support/shop';

const ARN = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';

function propertiesOf(stack: Stack): Record<string, unknown> {
  const [resource] = Object.values(Template.fromStack(stack).findResources('Custom::OnDemandBackup'));
  return resource.Properties as Record<string, unknown>;
}

function backUp(stack: Stack, props: Partial<OnDemandBackupProps> = {}): OnDemandBackup {
  return new OnDemandBackup(stack, 'Backup', { source: BackupSource.fromArn(ARN), ...props });
}

function newStack(): Stack {
  return new Stack(new App(), 'Shop');
}

test.each<[string, (stack: Stack) => { vault: OnDemandBackupProps['vault']; name: unknown }]>([
  ['an L2', (stack) => ({ vault: new backup.BackupVault(stack, 'V'), name: { 'Fn::GetAtt': [expect.stringMatching(/^V/), 'BackupVaultName'] } })],
  ['an L1', (stack) => ({ vault: new backup.CfnBackupVault(stack, 'V', { backupVaultName: 'mine' }), name: expect.anything() })],
  ['an imported one, by name', (stack) => ({ vault: backup.BackupVault.fromBackupVaultName(stack, 'V', 'mine'), name: 'mine' })],
  ['an imported one, by ARN', (stack) => ({
    vault: backup.BackupVault.fromBackupVaultArn(stack, 'V', 'arn:aws:backup:eu-west-1:111122223333:backup-vault:mine'), name: 'mine',
  })],
  ['an L1 reference', (stack) => ({ vault: backup.CfnBackupVault.fromBackupVaultName(stack, 'V', 'mine'), name: 'mine' })],
])('the vault may be %s', (_what, make) => {
  const stack = newStack();
  const { vault, name } = make(stack);
  backUp(stack, { vault });
  expect(propertiesOf(stack).BackupVaultName).toEqual(name);
});

test.each<[string, (stack: Stack) => { role: OnDemandBackupProps['role']; arn: unknown }]>([
  ['an L2', (stack) => ({
    role: new iam.Role(stack, 'R', { assumedBy: new iam.ServicePrincipal('backup.amazonaws.com') }),
    arn: { 'Fn::GetAtt': [expect.stringMatching(/^R/), 'Arn'] },
  })],
  ['an L1', (stack) => ({
    role: new iam.CfnRole(stack, 'R', {
      assumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'backup.amazonaws.com' } }] },
    }),
    arn: { 'Fn::GetAtt': ['R', 'Arn'] },
  })],
  ['an imported one', (stack) => ({ role: iam.Role.fromRoleArn(stack, 'R', 'arn:aws:iam::111122223333:role/x'), arn: 'arn:aws:iam::111122223333:role/x' })],
])('the role may be %s', (_what, make) => {
  const stack = newStack();
  const { role, arn } = make(stack);
  backUp(stack, { role });
  expect(propertiesOf(stack).IamRoleArn).toEqual(arn);
});

test('source, vault and role may be of another stack', () => {
  const app = new App();
  const other = new Stack(app, 'Data');
  const stack = new Stack(app, 'Shop');
  backUp(stack, {
    source: BackupSource.fromDynamoDbTable(table(other)),
    vault: new backup.BackupVault(other, 'V'),
    role: new iam.Role(other, 'R', { assumedBy: new iam.ServicePrincipal('backup.amazonaws.com') }),
  });
  app.synth();
  const { ResourceArn, BackupVaultName, IamRoleArn } = propertiesOf(stack);
  for (const value of [ResourceArn, BackupVaultName, IamRoleArn]) {
    expect(value).toEqual({ 'Fn::ImportValue': expect.stringContaining('Data:ExportsOutput') });
  }
});

test('a backup in a nested stack has a provider of its own', () => {
  const app = new App();
  const parent = new Stack(app, 'Parent');
  const nested = new NestedStack(parent, 'Nested');
  backUp(parent);
  new OnDemandBackup(nested, 'Backup', { source: BackupSource.fromDynamoDbTable(table(parent)) });
  app.synth();
  for (const stack of [parent, nested]) {
    expect(Object.keys(Template.fromStack(stack).findResources('AWS::Lambda::Function'))).toHaveLength(1);
  }
});

test.each<[string, (stack: Stack) => { text: string; rendered: unknown }]>([
  ['a parameter', (stack) => ({ text: new CfnParameter(stack, 'P').valueAsString, rendered: { Ref: 'P' } })],
  ['an import', () => ({ text: Fn.importValue('exported'), rendered: { 'Fn::ImportValue': 'exported' } })],
  ['an SSM parameter', (stack) => ({
    text: StringParameter.valueForStringParameter(stack, '/db/arn'),
    rendered: { Ref: expect.stringContaining('SsmParameterValue') },
  })],
])('the value of %s passes through untouched', (_what, make) => {
  const stack = newStack();
  const { text, rendered } = make(stack);
  backUp(stack, {
    source: BackupSource.fromArn(text),
    recoveryPointTags: { release: text },
    trigger: BackupTrigger.onChangeOf(text),
    keepForever: true,
  });
  const properties = propertiesOf(stack);
  expect(properties.ResourceArn).toEqual(rendered);
  expect(properties.RecoveryPointTags).toEqual({ release: rendered });
  expect((properties.OnDemandBackup as { TriggerValues: unknown }).TriggerValues).toEqual([rendered]);
});

test('two copies of the library in one app share one provider, one vault and one role', () => {
  const stack = newStack();
  backUp(stack);
  let secondCopy!: typeof import('../../src');
  jest.isolateModules(() => {
    jest.doMock('aws-cdk-lib', () => jest.requireActual('aws-cdk-lib'));
    secondCopy = require('../../src'); // eslint-disable-line @typescript-eslint/no-require-imports -- a fresh copy is the point
  });
  expect(secondCopy.OnDemandBackup).not.toBe(OnDemandBackup);
  const second = new secondCopy.OnDemandBackup(stack, 'Second', { source: secondCopy.BackupSource.fromArn(ARN) });
  expect(OnDemandBackup.isOnDemandBackup(second)).toBe(true);
  expect(second instanceof OnDemandBackup).toBe(false);
  const template = Template.fromStack(stack);
  for (const [type, count] of [['AWS::Lambda::Function', 1], ['AWS::Backup::BackupVault', 1], ['AWS::IAM::Policy', 1], ['Custom::OnDemandBackup', 2]] as const) {
    template.resourceCountIs(type, count);
  }
});
