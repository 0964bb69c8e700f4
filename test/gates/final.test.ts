import { CfnDeletionPolicy, CfnResource, Duration, RemovalPolicies, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { idOf, newStack, templateOf, theOne } from './app';
import { comesAfter, graphOf } from './template-graph';
import { BackupCompletion, BackupProblemAction, BackupSource, OnDemandBackup } from '../../src';

const TYPE = 'Custom::OnDemandBackupFinal';

function table(stack: Stack, id = 'Table', removalPolicy = RemovalPolicy.DESTROY) {
  return new dynamodb.Table(stack, id, { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, removalPolicy });
}

function finalOf(stack: Stack) {
  return theOne(templateOf(stack), TYPE)[1].Properties.OnDemandBackup;
}

test('a stack without final backups has no resource for them', () => {
  const stack = newStack();
  OnDemandBackup.guard(table(stack));
  expect(Object.values<any>(templateOf(stack).Resources).map(({ Type }) => Type)).not.toContain(TYPE);
});

test('one resource for all sources, each with its own request', () => {
  const stack = newStack();
  const [a, b] = [table(stack, 'A'), table(stack, 'B')];
  const vault = backup.BackupVault.fromBackupVaultName(stack, 'Vault', 'mine');
  const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/mine');
  const guard = OnDemandBackup.guard(a, { finalBackup: true, vault, role, deleteAfter: Duration.days(35), recoveryPointTags: { why: 'last' } });
  OnDemandBackup.guard(b, { finalBackup: true, beforeChange: false });
  const other = table(stack, 'C');
  const [id, { Properties, DependsOn }] = theOne(templateOf(stack), TYPE);
  expect(id).toBe('OnDemandBackupFinal3AF12274');
  expect(Properties.ServiceTimeout).toBe(3600);
  expect(Properties.OnDemandBackup).toEqual({
    Version: '1',
    StateMachineArn: expect.anything(),
    Timeout: 3600,
    Entries: [
      {
        LogicalId: idOf(a),
        SourceResourceType: 'DynamoDB',
        Guard: { Ref: idOf(guard.node.findChild('Resource')) },
        ResourceArn: { 'Fn::GetAtt': [idOf(a), 'Arn'] },
        BackupVaultName: 'mine',
        IamRoleArn: 'arn:aws:iam::123456789012:role/mine',
        StartWindowMinutes: 60,
        Lifecycle: { DeleteAfterDays: 35 },
        RecoveryPointTags: { why: 'last' },
      },
      {
        LogicalId: idOf(b),
        SourceResourceType: 'DynamoDB',
        ResourceArn: { 'Fn::GetAtt': [idOf(b), 'Arn'] },
        BackupVaultName: expect.anything(),
        IamRoleArn: expect.anything(),
        StartWindowMinutes: 60,
      },
    ],
    Present: [a, b, other].map(idOf),
  });
  // What it refers to anyway need not be said twice.
  expect(DependsOn).not.toContain(idOf(a));
  expect(DependsOn).toContain(idOf(other));
});

test('a guard of the deletion only has no backup of its own, but its permissions', () => {
  const stack = newStack();
  const guard = OnDemandBackup.guard(table(stack), { finalBackup: true, beforeChange: false });
  const template = templateOf(stack);
  expect(guard.node.children).toEqual([]);
  expect(guard.backupJobId).toBe('NONE');
  const [permissions] = Object.keys(template.Resources).filter((id) => id.startsWith('OnDemandBackupProviderPermissions'));
  expect(comesAfter(graphOf(template), theOne(template, TYPE)[0], permissions)).toBe(true);
});

test('what a final backup needs outlives it: function, permissions, state machine, vault, role and its policies', () => {
  const stack = newStack();
  const source = table(stack);
  const vault = new backup.BackupVault(stack, 'Vault', { backupVaultName: 'mine' });
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('backup.amazonaws.com') });
  role.addToPolicy(new iam.PolicyStatement({ actions: ['dynamodb:StartAwsBackupJob'], resources: [source.tableArn] }));
  OnDemandBackup.guard(source, { finalBackup: true, vault, role });
  const template = templateOf(stack);
  const graph = graphOf(template);
  const [final] = theOne(template, TYPE);
  const others = Object.keys(template.Resources).filter((id) => id !== final && id !== 'CDKMetadata');
  expect(others.filter((id) => !comesAfter(graph, final, id))).toEqual([]);
});

test('what empties the source goes after the final backup', () => {
  const stack = newStack();
  OnDemandBackup.guard(new s3.Bucket(stack, 'Bucket', { versioned: true, autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY }), { finalBackup: true });
  const template = templateOf(stack);
  expect(comesAfter(graphOf(template), theOne(template, TYPE)[0], theOne(template, 'Custom::S3AutoDeleteObjects')[0])).toBe(true);
});

describe('sources that are not deleted', () => {
  test('have no entry, and a warning', () => {
    const stack = newStack();
    OnDemandBackup.guard(table(stack, 'Kept', RemovalPolicy.RETAIN), { finalBackup: true });
    expect(finalOf(stack).Entries).toEqual([]);
    Annotations.fromStack(stack).hasWarning('/Stack/Kept/BackupGuard', Match.stringLikeRegexp('CloudFormation does not delete a resource that is retained'));
  });

  test('as they are finally rendered', () => {
    const stack = newStack();
    OnDemandBackup.guard(table(stack), { finalBackup: true });
    RemovalPolicies.of(stack).retain();
    expect(finalOf(stack).Entries).toEqual([]);
  });

  test('unless one of removal and replacement deletes them', () => {
    const stack = newStack();
    const source = table(stack);
    OnDemandBackup.guard(source, { finalBackup: true });
    (source.node.defaultChild as CfnResource).cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
    expect(finalOf(stack).Entries).toHaveLength(1);
  });

  test('a source with deletion protection gets a warning', () => {
    const stack = newStack();
    OnDemandBackup.guard(new dynamodb.Table(stack, 'Table', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, removalPolicy: RemovalPolicy.DESTROY, deletionProtection: true,
    }), { finalBackup: true });
    expect(finalOf(stack).Entries).toHaveLength(1);
    Annotations.fromStack(stack).hasWarning('/Stack/Table/BackupGuard', Match.stringLikeRegexp('does not ask for another backup'));
  });
});

test('a global table whose replicas depend on a condition', () => {
  const stack = newStack();
  const source = new dynamodb.CfnGlobalTable(stack, 'Table', { attributeDefinitions: [], keySchema: [], replicas: [] });
  source.addPropertyOverride('Replicas', { 'Fn::If': ['Everywhere', [{ Region: 'eu-west-1' }, { Region: 'us-east-1' }], [{ Region: 'eu-west-1' }]] });
  OnDemandBackup.guard(source, { finalBackup: true });
  expect(finalOf(stack).Entries).toHaveLength(1);
});

test.each<[string, (stack: Stack) => void]>([
  ['RemovalPolicies', (stack) => RemovalPolicies.of(stack).retain({ excludeResourceTypes: ['AWS::DynamoDB::Table'] })],
  ['an override', (stack) => stack.node.findChild('OnDemandBackupFinal').node.children.forEach((part) => (part as CfnResource).addOverride('DeletionPolicy', 'Retain'))],
])('what makes the final backups must not be retained while there is something to back up: by %s', (_, retain) => {
  const stack = newStack();
  OnDemandBackup.guard(table(stack), { finalBackup: true, completion: BackupCompletion.waitFor({ timeout: Duration.hours(2) }) });
  retain(stack);
  expect(() => templateOf(stack)).toThrow(
    /finalBackup: got Stack\/OnDemandBackupFinal\/Resource with DeletionPolicy Retain[^]*OnDemandBackupFinal\/Part2 with DeletionPolicy Retain/);
});

test('more than an hour: one more part for each hour, with what may take so long', () => {
  const build = (hours: number) => {
    const stack = newStack();
    OnDemandBackup.guard(table(stack, 'Short'), { finalBackup: true });
    OnDemandBackup.guard(table(stack, 'Long'), { finalBackup: true, completion: BackupCompletion.waitFor({ timeout: Duration.minutes(hours * 60) }) });
    const template = templateOf(stack);
    const parts = Object.entries<any>(template.Resources).filter(([, { Type }]) => Type === TYPE);
    return { graph: graphOf(template), ids: parts.map(([id]) => id), parts: parts.map(([, { Properties }]) => Properties.OnDemandBackup) };
  };
  const { graph, ids, parts } = build(2.5);
  expect(parts.map(({ Part, Parts, Timeout, Entries }) => [Part, Parts, Timeout, Entries.length])).toEqual([[1, 3, 3600, 2], [2, 3, 3600, 1], [3, 3, 1800, 1]]);
  expect(comesAfter(graph, ids[1], ids[0]) && comesAfter(graph, ids[2], ids[1])).toBe(true);
  // A longer timeout only appends.
  expect(build(3.5).ids.slice(0, 3)).toEqual(ids);
});

test('an ordinary backup can have one, strict whatever its own options are', () => {
  const stack = newStack();
  new OnDemandBackup(stack, 'Backup', {
    source: BackupSource.fromDynamoDbTable(table(stack)),
    finalBackup: true,
    completion: BackupCompletion.fireAndForget(),
    onFailure: BackupProblemAction.WARN,
    idempotencyToken: 'mine',
  });
  const { Entries, ...rest } = finalOf(stack);
  expect(Object.keys(rest).sort()).toEqual(['Present', 'StateMachineArn', 'Timeout', 'Version']);
  expect(Entries[0]).not.toHaveProperty('IdempotencyToken');
});
