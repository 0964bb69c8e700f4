import { App, aws_backup as backup, aws_iam as iam, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { BackupCompletion, BackupSource, BackupTimeoutAction, OnDemandBackup, OnDemandBackupProps } from '../../src';
import { imported, table } from '../support/shop';

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

function templateOf(build: (stack: Stack) => void): Template {
  const stack = new Stack(new App(), 'Shop');
  build(stack);
  return Template.fromStack(stack);
}

function backUp(stack: Stack, id: string, props: Partial<OnDemandBackupProps> = {}): OnDemandBackup {
  return new OnDemandBackup(stack, id, { source: BackupSource.fromDynamoDbTable(table(stack, `Table${id}`)), ...props });
}

/** What the roles that Lambda assumes may do: the statements in the roles, and those of the policies that are attached to them. */
function functionStatements(template: Template): Statement[] {
  const roles = Object.entries(template.findResources('AWS::IAM::Role'))
    .filter(([, role]) => JSON.stringify(role).includes('lambda.amazonaws.com'));
  const inline = roles.flatMap(([, role]) => (role.Properties.Policies as { PolicyDocument: { Statement: Statement[] } }[] | undefined) ?? []);
  const attached = Object.values(template.findResources('AWS::IAM::Policy'))
    .filter(({ Properties: { Roles: names } }) => roles.some(([id]) => JSON.stringify(names).includes(`"${id}"`)))
    .map(({ Properties }) => Properties as { PolicyDocument: { Statement: Statement[] } });
  return [...inline, ...attached].flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

const actionsOf = ({ Action }: Statement) => [Action].flat();

test('only what IAM cannot narrow is allowed on every resource', () => {
  const statements = functionStatements(templateOf((stack) => {
    backUp(stack, 'Bare');
    backUp(stack, 'Waiting', { completion: BackupCompletion.waitFor() });
  }));
  const onEverything = statements.filter(({ Resource }) => Resource === '*').flatMap(actionsOf).sort();
  expect(onEverything).toEqual(['backup:DescribeBackupJob', 'backup:ListBackupJobs', 'backup:ListCopyJobs', 'backup:StopBackupJob']);
  expect(statements.flatMap(actionsOf).filter((action) => action.includes('*'))).toEqual([]);
});

test.each([
  [BackupCompletion.confirmStart(), false],
  [BackupCompletion.waitFor({ timeout: Duration.hours(2) }), true],
  [BackupCompletion.waitFor({ timeout: Duration.hours(2), onTimeout: BackupTimeoutAction.STOP_JOB_AND_FAIL }), true],
])('jobs can be stopped only where something waits, because a queued one is stopped when time is up (%#)', (completion, expected) => {
  const template = templateOf((stack) => void backUp(stack, 'Backup', { completion }));
  expect(functionStatements(template).flatMap(actionsOf).includes('backup:StopBackupJob')).toBe(expected);
  const policies = template.findResources('AWS::IAM::Policy');
  const stops = Object.keys(policies).filter((id) => JSON.stringify(policies[id]).includes('StopBackupJob'));
  expect(stops).toHaveLength(expected ? 1 : 0);
  for (const type of ['Custom::OnDemandBackup', 'Custom::OnDemandBackupWait']) {
    Object.values(template.findResources(type)).forEach((resource) => expect(resource.DependsOn).toEqual(expect.arrayContaining(stops)));
  }
});

test('a role is passed to AWS Backup only, and only a role that is in use', () => {
  const statements = functionStatements(templateOf((stack) => {
    backUp(stack, 'One');
    backUp(stack, 'Two', imported(stack));
  }));
  const passed = statements.filter((statement) => actionsOf(statement).includes('iam:PassRole'));
  expect(passed).toHaveLength(2);
  for (const { Action, Condition } of passed) {
    expect(Action).toBe('iam:PassRole');
    expect(Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } });
  }
  expect(passed.map(({ Resource }) => Resource)).toEqual(expect.arrayContaining([
    'arn:aws:iam::111122223333:role/company-backup',
    { 'Fn::GetAtt': [expect.stringMatching(/^OnDemandBackupRole/), 'Arn'] },
  ]));
});

test('two backups with different vaults and roles share no policy, and two with the same share one', () => {
  const template = templateOf((stack) => {
    const vault = new backup.BackupVault(stack, 'OtherVault');
    const role = new iam.Role(stack, 'OtherRole', { assumedBy: new iam.ServicePrincipal('backup.amazonaws.com') });
    backUp(stack, 'A');
    backUp(stack, 'B');
    backUp(stack, 'C', { vault, role });
  });
  const policies = Object.keys(template.findResources('AWS::IAM::Policy'));
  expect(policies).toHaveLength(2);
  const needs = (id: string) => Object.entries(template.findResources('Custom::OnDemandBackup')).find(([key]) => key.startsWith(id))![1].DependsOn as string[];
  expect(needs('A')).toEqual(needs('B'));
  expect(needs('A').filter((id) => needs('C').includes(id) && policies.includes(id))).toEqual([]);
});

test('vaults of two stacks with the same logical id do not share a policy', () => {
  const app = new App();
  const vaults = ['One', 'Two'].map((id) => new backup.BackupVault(new Stack(app, id), 'Vault'));
  const stack = new Stack(app, 'Shop');
  vaults.forEach((vault, i) => backUp(stack, `Backup${i}`, { vault }));
  app.synth();
  expect(Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Policy'))).toHaveLength(2);
});

test('an imported vault and role are not changed, whatever else the stack holds', () => {
  const template = templateOf((stack) => void backUp(stack, 'Backup', imported(stack)));
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  expect(JSON.stringify(policies.map(({ Properties: { Roles: names } }) => names as unknown))).not.toContain('company-backup');
  expect(Object.keys(template.findResources('AWS::Backup::BackupVault'))).toEqual([]);
  expect(JSON.stringify(template.findResources('AWS::IAM::Role'))).not.toContain('backup.amazonaws.com"');
});

test('the default vault and role outlive the stack, and the role has its permissions in itself', () => {
  const template = templateOf((stack) => void backUp(stack, 'Backup'));
  const [vault] = Object.values(template.findResources('AWS::Backup::BackupVault'));
  expect(vault).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  const [role] = Object.values(template.findResources('AWS::IAM::Role')).filter((r) => JSON.stringify(r).includes('backup.amazonaws.com'));
  expect(role).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  expect(JSON.stringify(role.Properties.ManagedPolicyArns)).toMatch(
    /service-role\/AWSBackupServiceRolePolicyForBackup.*AWSBackupServiceRolePolicyForS3Backup.*AWSBackupServiceRolePolicyForIndexing/);
});

test('the log outlives the stack only where it tells of final backups', () => {
  const policiesOf = (finalBackup: boolean) => {
    const template = templateOf((stack) => void OnDemandBackup.guard(table(stack), { finalBackup, deleteAfter: Duration.days(35) }));
    return Object.entries(template.findResources('AWS::Logs::LogGroup')).filter(([id]) => !id.includes('Waiter')).map(([, { DeletionPolicy }]) => DeletionPolicy as string);
  };
  expect(policiesOf(false)).toEqual(['Delete']);
  expect(policiesOf(true)).toEqual(['Retain']);
});
