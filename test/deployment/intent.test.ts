import { Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { BackupCompletion, BackupSource, BackupTrigger, OnDemandBackup, OnDemandBackupProps } from '../../src';
import { LocalAws } from '../simulator';
import { accounts } from '../support/account';
import { deploy, jobStates, startedWith, table } from '../support/shop';

const account = accounts();

/** Deploys a table with a backup of it. */
async function deployBackup(aws: LocalAws, props: Partial<OnDemandBackupProps> = {}, change: (stack: Stack) => void = () => {}) {
  return deploy(aws, (stack) => {
    new OnDemandBackup(stack, 'Backup', { source: BackupSource.fromDynamoDbTable(table(stack)), ...props });
    change(stack);
  });
}

test('the first deployment makes one job, and its id is an output', async () => {
  const aws = await account();
  const created = await deployBackup(aws);
  expect(created.status).toBe('CREATE_COMPLETE');
  expect(jobStates(aws)).toEqual(['COMPLETED']);
  expect(Object.values(created.outputs)).toEqual([aws.backup.jobs()[0].id]);
  expect(aws.violations()).toEqual([]);
});

test.each([
  ['nothing', {}],
  ['the retention', { deleteAfter: Duration.days(90) }],
  ['the tags', { recoveryPointTags: { release: '2' } }],
  ['the start window', { startWindow: Duration.hours(3) }],
  ['the options', { onFailure: 'WARN' as never }],
])('no job when %s changes', async (_what, props) => {
  const aws = await account();
  await deployBackup(aws, { deleteAfter: Duration.days(35) });
  const before = aws.outputs('Shop');
  const updated = await deployBackup(aws, { deleteAfter: Duration.days(35), ...props });
  expect(updated.ok).toBe(true);
  expect(jobStates(aws)).toHaveLength(1);
  expect(aws.outputs('Shop')).toEqual(before);
  expect(aws.violations()).toEqual([]);
});

test('one job when the source changes', async () => {
  const aws = await account();
  const withSource = (id: string) => deploy(aws, (stack) => {
    const tables = { Orders: table(stack, 'Orders'), Invoices: table(stack, 'Invoices') };
    new OnDemandBackup(stack, 'Backup', { source: BackupSource.fromDynamoDbTable(tables[id as 'Orders']) });
  });
  await withSource('Orders');
  await withSource('Invoices');
  expect(startedWith(aws).map(({ ResourceArn }) => ResourceArn)).toEqual([expect.stringContaining('Orders'), expect.stringContaining('Invoices')]);
});

test('one job when the vault changes', async () => {
  const aws = await account();
  const withVault = (id: string) => deploy(aws, (stack) => {
    const vaults = ['First', 'Second'].map((name) => new backup.BackupVault(stack, name, { backupVaultName: name }));
    new OnDemandBackup(stack, 'Backup', {
      source: BackupSource.fromDynamoDbTable(table(stack)), vault: vaults.find(({ node }) => node.id === id),
    });
  });
  await withVault('First');
  await withVault('Second');
  expect(startedWith(aws).map(({ BackupVaultName }) => BackupVaultName)).toEqual(['First', 'Second']);
});

test('one job for each new value of a trigger', async () => {
  const aws = await account();
  for (const version of ['1', '1', '2', '2', '3']) {
    await deployBackup(aws, { trigger: BackupTrigger.onChangeOf(version), keepForever: true });
  }
  expect(jobStates(aws)).toHaveLength(3);
});

test('everyDeployment makes a job each time, and none for an assembly that is deployed again', async () => {
  const aws = await account();
  const props = { trigger: BackupTrigger.everyDeployment(), keepForever: true };
  await deployBackup(aws, props);
  await deployBackup(aws, { ...props, trigger: BackupTrigger.everyDeployment() });
  expect(jobStates(aws)).toHaveLength(2);
  await deployBackup(aws, { ...props, trigger: BackupTrigger.everyDeployment('build 7') });
  await deployBackup(aws, { ...props, trigger: BackupTrigger.everyDeployment('build 7') });
  expect(jobStates(aws)).toHaveLength(3);
});

test('an event that is delivered twice makes one job and one accepted answer', async () => {
  const aws = await account({ lambdaFaults: { deliver: () => ({ duplicates: [2_000, 40_000] }) } });
  const created = await deployBackup(aws);
  expect(created.status).toBe('CREATE_COMPLETE');
  expect(jobStates(aws)).toEqual(['COMPLETED']);
  expect(aws.recorder.of('answer').filter(({ accepted }) => accepted)).toHaveLength(1);
});

test('a deployment that failed is tried again with the same template: one more job', async () => {
  const aws = await account();
  await deployBackup(aws, { trigger: BackupTrigger.onChangeOf('1'), keepForever: true });
  aws.backup.plans.script({ outcome: { state: 'FAILED', statusMessage: 'The volume is broken.' }, runningFor: 5 }, { times: 1 });
  const failed = await deployBackup(aws, { trigger: BackupTrigger.onChangeOf('2'), keepForever: true });
  expect(failed.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  const again = await deployBackup(aws, { trigger: BackupTrigger.onChangeOf('2'), keepForever: true });
  expect(again.status).toBe('UPDATE_COMPLETE');
  expect(jobStates(aws)).toEqual(['COMPLETED', 'FAILED', 'COMPLETED']);
});

test('fireAndForget answers at once, and an output names the job', async () => {
  const aws = await account();
  aws.backup.plans.script({ runningFor: 3600 });
  const created = await deployBackup(aws, { completion: BackupCompletion.fireAndForget() });
  expect(created.status).toBe('CREATE_COMPLETE');
  expect(Object.values(created.outputs)).toEqual([aws.backup.jobs()[0].id]);
  expect(aws.backup.calls().map(({ operation }) => operation)).toEqual(['ListBackupJobs', 'StartBackupJob']);
});

test('confirmStart holds the deployment for the first minute of a long job, not for its end', async () => {
  const aws = await account();
  aws.backup.plans.script({ runningFor: 7200 });
  const created = await deployBackup(aws);
  const [job] = aws.backup.jobs();
  const answered = aws.recorder.of('answer')[0].time;
  expect(created.status).toBe('CREATE_COMPLETE');
  expect(job.state).toBe('RUNNING');
  expect((answered - job.createdAt) / 1000).toBeGreaterThanOrEqual(60);
  expect((answered - job.createdAt) / 1000).toBeLessThan(70);
});

test('a job that is still queued after 90 seconds is left to itself', async () => {
  const aws = await account();
  aws.backup.plans.script({ queuedFor: 3000 });
  const created = await deployBackup(aws);
  expect(created.status).toBe('CREATE_COMPLETE');
  expect(jobStates(aws)).toEqual(['CREATED']);
});

test('enabled: false renders nothing and its attributes answer NONE', async () => {
  const aws = await account();
  let construct!: OnDemandBackup;
  await deploy(aws, (stack) => {
    construct = new OnDemandBackup(stack, 'Backup', { source: BackupSource.fromDynamoDbTable(table(stack)), enabled: false });
  });
  expect(Object.values(aws.resources('Shop')).map(({ type }) => type)).toEqual(['AWS::DynamoDB::Table']);
  expect([construct.backupJobId, construct.creationDate, construct.state, construct.recoveryPointArn]).toEqual(['NONE', 'NONE', 'NONE', 'NONE']);
});

test('a stack that was deleted can be deployed again beside the vault that it left behind', async () => {
  const aws = await account();
  await deployBackup(aws);
  expect((await aws.destroy('Shop')).status).toBe('DELETE_COMPLETE');
  expect(aws.backup.recoveryPoints().map(({ status }) => status)).toEqual(['COMPLETED']);
  expect((await deployBackup(aws)).status).toBe('CREATE_COMPLETE');
  expect(jobStates(aws)).toHaveLength(2);
  expect(aws.violations()).toEqual([]);
});

test('the recovery point expires after the stack is gone, because the role kept its permissions', async () => {
  const aws = await account();
  await deploy(aws, (stack) => {
    const source = new dynamodb.Table(stack, 'Orders', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, removalPolicy: RemovalPolicy.DESTROY,
    });
    new OnDemandBackup(stack, 'Backup', { source: BackupSource.fromDynamoDbTable(source), deleteAfter: Duration.days(35) });
    Tags.of(stack).add('team', 'shop');
  });
  await aws.destroy('Shop');
  await aws.clock.drive(aws.clock.sleep(37 * 24 * 3600 * 1000));
  expect(aws.backup.recoveryPoints()).toEqual([]);
});
