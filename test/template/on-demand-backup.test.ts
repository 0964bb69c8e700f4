import { App, aws_backup as backup, aws_iam as iam, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { BackupCompletion, BackupProblemAction, BackupSource, BackupTrigger, OnDemandBackup, OnDemandBackupProps } from '../../src';
import { table } from '../support/shop';

const ARN = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders';

function backUp(props: Partial<OnDemandBackupProps> = {}): { readonly stack: Stack; readonly construct: OnDemandBackup } {
  const stack = new Stack(new App(), 'Shop');
  return { stack, construct: new OnDemandBackup(stack, 'Backup', { source: BackupSource.fromArn(ARN), ...props }) };
}

function outputsOf(stack: Stack): Record<string, unknown> {
  return Template.fromStack(stack).findOutputs('*');
}

test('the id of the job is an output with a stable logical id', () => {
  const { stack } = backUp();
  expect(outputsOf(stack)).toEqual({ BackupBackupJobId3E01A7AA: { Value: { 'Fn::GetAtt': ['BackupDA3807AC', 'BackupJobId'] } } });
});

test('the output can be exported, or left out', () => {
  expect(Object.values(outputsOf(backUp({ jobIdExportName: 'job' }).stack))).toEqual([expect.objectContaining({ Export: { Name: 'job' } })]);
  expect(outputsOf(backUp({ jobIdOutput: false }).stack)).toEqual({});
});

test('what was configured stays readable, with the defaults', () => {
  const { construct } = backUp();
  expect(construct).toMatchObject({ enabled: true, keepForever: false, onFailure: BackupProblemAction.FAIL });
  expect(construct.trigger.kind).toBe('ONCE');
  expect(construct.completion.kind).toBe('CONFIRM_START');
  expect(construct.source.resourceType?.name).toBe('DynamoDB');
  const configured = {
    deleteAfter: Duration.days(35),
    startWindow: Duration.hours(1),
    completionWindow: Duration.hours(3),
    recoveryPointTags: { a: 'b' },
    trigger: BackupTrigger.onChangeOf('1'),
    completion: BackupCompletion.fireAndForget(),
    onFailure: BackupProblemAction.WARN,
  };
  expect(backUp(configured).construct).toMatchObject(configured);
});

test('tags are rendered in one order, because maps of Java and Go come in any', () => {
  const rendered = (recoveryPointTags: { [key: string]: string }) => JSON.stringify(Template.fromStack(backUp({ recoveryPointTags }).stack).toJSON());
  expect(rendered({ team: 'orders', release: '2.0' })).toBe(rendered({ release: '2.0', team: 'orders' }));
});

test('attributes that only a finished job has are refused where nothing waits', () => {
  const { construct } = backUp({ completion: BackupCompletion.fireAndForget() });
  expect(() => construct.state).toThrow(/^Shop\/Backup: 1 problem\n.*State: got completion FIRE_AND_FORGET\. It is known only once the job has ended/);
  const { stack, construct: byDefault } = backUp();
  stack.exportValue(byDefault.recoveryPointArn, { name: 'point' });
  expect(() => Template.fromStack(stack)).toThrow(/RecoveryPointArn: got completion \w+\. It is known only once the job has ended/);
  expect(() => backUp({ completion: BackupCompletion.waitFor() }).construct.state).not.toThrow();
});

test('the type of what is backed up, and the vault, are not changed by anything that is not said', () => {
  const { stack } = backUp({ deleteAfter: Duration.days(35) });
  const [resource] = Object.values(Template.fromStack(stack).findResources('Custom::OnDemandBackup'));
  expect(Object.keys(resource.Properties as object).sort()).toEqual([
    'BackupVaultName', 'IamRoleArn', 'Lifecycle', 'OnDemandBackup', 'ResourceArn', 'ServiceTimeout', 'ServiceToken',
  ]);
  expect((resource.Properties as { OnDemandBackup: unknown }).OnDemandBackup).toEqual({ Version: '1', Trigger: 'ONCE', Completion: 'CONFIRM_START' });
});

test.each([
  [BackupCompletion.confirmStart(), [1, 5], [10, 14], [100, 104]],
  [BackupCompletion.waitFor(), [1, 9], [10, 18], [100, 108]],
])('resources that N backups add, vault and role given (%#)', (completion, ...bars) => {
  const count = (n: number, backedUp: boolean) => {
    const stack = new Stack(new App(), 'Shop');
    const vault = new backup.BackupVault(stack, 'V');
    const role = new iam.Role(stack, 'R', { assumedBy: new iam.ServicePrincipal('backup.amazonaws.com') });
    for (let i = 0; i < n; i++) {
      const source = BackupSource.fromDynamoDbTable(table(stack, `T${i}`));
      if (backedUp) {
        new OnDemandBackup(stack, `B${i}`, { source, vault, role, completion });
      }
    }
    return Object.keys(Template.fromStack(stack).toJSON().Resources as object).length;
  };
  expect(bars.map(([n]) => [n, count(n, true) - count(n, false)])).toEqual(bars);
});

test('a wait of more than an hour adds one small resource for each further hour', () => {
  const { stack } = backUp({ completion: BackupCompletion.waitFor({ timeout: Duration.minutes(150) }) });
  const waits = Template.fromStack(stack).findResources('Custom::OnDemandBackupWait');
  expect(Object.values(waits).map(({ Properties }) => (Properties as { OnDemandBackup: { Timeout: number } }).OnDemandBackup.Timeout)).toEqual([3600, 1800]);
});

test.each([
  [Duration.seconds(59), /timeout: got 59 seconds\. A deployment waits from 1 minute to 12 hours/],
  [Duration.hours(13), /timeout: got 13 hours\. A deployment waits from 1 minute to 12 hours/],
])('a wait of %s is refused', (timeout, message) => {
  expect(() => BackupCompletion.waitFor({ timeout })).toThrow(message);
});
