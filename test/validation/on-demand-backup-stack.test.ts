import { App, Aws, CfnCondition, CfnOutput, CfnResource, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { BackupSource, OnDemandBackup, OnDemandBackupProps } from '../../src';

const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };

let app: App;
let stack: Stack;
let table: dynamodb.Table;
beforeEach(() => {
  process.env.CDK_VALIDATION = 'false';
  app = new App();
  stack = new Stack(app, 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  table = new dynamodb.Table(stack, 'Table', { partitionKey });
});

const backUp = (props: Partial<OnDemandBackupProps> = {}, id = 'Backup') => new OnDemandBackup(stack, id, {
  source: BackupSource.fromDynamoDbTable(table), ...props,
});
const synth = () => app.synth();

test('a stack has at most 200 outputs', () => {
  for (let i = 0; i < 200; i++) {
    new CfnOutput(stack, `Output${i}`, { value: 'v' });
  }
  backUp();
  expect(synth).toThrow(/\[Stack\/OnDemandBackupProvider\] jobIdOutput: got 201 outputs in the stack\./);
});

test('a stack has at most 500 resources, with a remedy before CDK has none', () => {
  for (let i = 0; i < 500; i++) {
    new CfnResource(stack, `Resource${i}`, { type: 'AWS::SNS::Topic' });
  }
  backUp();
  expect(synth).toThrow(/\[Stack\/OnDemandBackupProvider\] stack: got 50\d resources, with a limit of 500\./);
});

test('a stack has as many resources as the user allows', () => {
  app = new App({ context: { '@aws-cdk/core:stackResourceLimit': 3 } });
  stack = new Stack(app, 'Stack');
  backUp({ source: BackupSource.fromArn('arn:aws:s3:::receipts') });
  expect(synth).toThrow(/stack: got \d resources, with a limit of 3\./);
});

test('a stack has so many pairs of vault and role as IAM takes', () => {
  for (let i = 0; i < 40; i++) {
    backUp({
      vault: new backup.BackupVault(stack, `Vault${i}`),
      source: BackupSource.fromArn(`arn:aws:dynamodb:eu-west-1:111111111111:table/t${i}`),
    }, `Backup${i}`);
  }
  expect(synth).toThrow(/\[Stack\/OnDemandBackupProvider\] stack: got about \d{5} characters on Stack\/OnDemandBackupProvider\/Role\/Resource\./);
});

test('a cycle that an override of a backup closes is one', () => {
  const gated = new CfnResource(stack, 'Gated', { type: 'AWS::SNS::Topic' });
  const gate = backUp({ executeBefore: [gated] });
  (gate.node.findChild('Resource') as CfnResource).addPropertyOverride('RecoveryPointTags.topic', gated.ref);
  expect(synth).toThrow(/got Backup\w+ \(Stack\/Backup\/Resource\) → Gated \(Stack\/Gated\) → Backup\w+ \(Stack\/Backup\/Resource\)/);
});

test('a stack has no cycle through a backup, or it is printed', () => {
  const handler = new lambda.Function(stack, 'Handler', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'i.h', code: lambda.Code.fromInline('x') });
  const one = backUp();
  handler.addEnvironment('JOB', one.backupJobId);
  one.node.addDependency(handler);
  expect(synth).toThrow(/\[Stack\/OnDemandBackupProvider\] stack: got Backup\w+ \(Stack\/Backup\/Resource\) → Handler\w+ \(Stack\/Handler\/Resource\) → Backup\w+ \(Stack\/Backup\/Resource\)\. CloudFormation cannot deploy resources that wait for each other\./);
});

test('a stack deploys backups of one source one after another, and those of others beside them', () => {
  const other = new dynamodb.Table(stack, 'OtherTable', { partitionKey });
  backUp({}, 'A');
  backUp({ source: BackupSource.fromArn(table.tableArn) }, 'B');
  backUp({ source: BackupSource.fromDynamoDbTable(other) }, 'C');
  backUp({}, 'D');
  const backups = Template.fromStack(stack).findResources('Custom::OnDemandBackup');
  const waits = Object.fromEntries(Object.entries(backups).map(([id, { DependsOn }]) =>
    [id[0], [DependsOn].flat().filter((each) => each in backups).map((each) => each[0])]));
  expect(waits).toEqual({ A: [], B: ['A'], C: [], D: ['B'] });
});

test('a stack may have conditions', () => {
  const condition = new CfnCondition(stack, 'Condition', { expression: Fn.conditionEquals(Aws.REGION, 'eu-west-1') });
  (table.node.defaultChild as CfnResource).cfnOptions.condition = condition;
  table.applyRemovalPolicy(RemovalPolicy.DESTROY);
  backUp();
  expect(synth).not.toThrow();
});
