import * as fs from 'fs';
import * as path from 'path';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CONFIRMS, failures, HOUR, jobStates, MINUTE, SECOND, shops, WAITS } from './shop';
import { BackupCompletion, BackupSource, OnDemandBackup } from '../../src';
import { ACCOUNT } from '../histories/synthesized';
import { VAULTS } from '../histories/variants';
import { synthesize } from '../support/shop';

const shop = shops();

/** An assembly with many backups of what is elsewhere. */
function manyBackups(n: number, completion: BackupCompletion): string {
  return synthesize((stack: Stack) => {
    const vault = backup.BackupVault.fromBackupVaultName(stack, 'Vault', VAULTS[0]);
    const role = iam.Role.fromRoleArn(stack, 'Role', `arn:aws:iam::${ACCOUNT}:role/plan`);
    for (let i = 0; i < n; i++) {
      new OnDemandBackup(stack, `Backup${i}`, {
        source: BackupSource.fromArn(`arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-${i}`), vault, role, completion, deleteAfter: Duration.days(35), jobIdOutput: false,
      });
    }
  });
}

test('400 waiting backups at the rates of AWS Backup and ten executions: none fails, and starting them takes no more than 120 seconds', async () => {
  const assembly = manyBackups(400, BackupCompletion.waitFor({ timeout: Duration.hours(1) }));
  const { aws } = await shop(WAITS, { concurrency: 10 });
  aws.backup.plans.script({ runningFor: 600 });
  const created = await aws.deploy('Shop', assembly);
  expect(created.reason).toBeUndefined();
  expect(created.status).toBe('CREATE_COMPLETE');
  expect(jobStates(aws)).toEqual(Array<string>(400).fill('COMPLETED'));
  const first = aws.recorder.of('request')[0].time;
  const last = Math.max(...aws.backup.jobs().map(({ createdAt }) => createdAt));
  console.log(`400 backups: started within ${Math.round((last - first) / SECOND)} s, deployed within ${Math.round(created.duration / SECOND)} s`);
  expect(last - first).toBeLessThanOrEqual(120 * SECOND);
}, 600_000);

test('400 backups that confirm their start with ten executions: none fails', async () => {
  const { aws } = await shop(CONFIRMS, { concurrency: 10 });
  aws.backup.plans.script({ queuedFor: 60, runningFor: 600 });
  const created = await aws.deploy('Shop', manyBackups(400, BackupCompletion.confirmStart()));
  expect(created.reason).toBeUndefined();
  expect(created.status).toBe('CREATE_COMPLETE');
  expect(aws.backup.jobs()).toHaveLength(400);
}, 600_000);

describe('final backups of a whole stack at once', () => {
  const guarded = (n: number, tags: number): string => synthesize((stack: Stack) => {
    const recoveryPointTags = Object.fromEntries(Array.from({ length: tags }, (_, i) => [`tag${i}`, 'x'.repeat(200)]));
    for (let i = 0; i < n; i++) {
      const table = new dynamodb.Table(stack, `TableWithALongName${i}`, {
        partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, removalPolicy: RemovalPolicy.DESTROY,
      });
      OnDemandBackup.guard(table, { deleteAfter: Duration.days(35), finalBackup: true, recoveryPointTags });
    }
  });

  test('160 with three long tags each are waited for', async () => {
    const { aws } = await shop();
    await aws.deploy('Shop', guarded(160, 3));
    aws.backup.plans.script({ runningFor: 300 });
    expect((await aws.destroy('Shop')).status).toBe('DELETE_COMPLETE');
    expect(jobStates(aws)).toEqual(Array<string>(160).fill('COMPLETED'));
  }, 120_000);

  test('more than the state machine can hold are refused, and nothing is deleted', async () => {
    const { aws } = await shop();
    await aws.deploy('Shop', guarded(60, 25));
    aws.backup.plans.script({ runningFor: 300 });
    const failed = await aws.destroy('Shop');
    expect(failed.status).toBe('DELETE_FAILED');
    expect(failures(failed)[0]).toMatch(/nothing has been deleted\. There are more final backups at once than can be waited for/);
  }, 120_000);
});

test.each([[4, 8], [7, 1]])('where executions come after %i minutes, a job that dies %i seconds after its start still fails the deployment', async (minutes, queuedFor) => {
  const it = await shop(CONFIRMS, { lambdaFaults: { deliver: () => ({ delay: minutes * MINUTE }) } });
  it.aws.backup.plans.script({ queuedFor, runningFor: 0, outcome: { state: 'FAILED', statusMessage: 'The key is disabled.' } });
  expect((await it.deploy()).status).toBe('ROLLBACK_COMPLETE');
});

test.each([60, 300, 1000, 3000, 3500])('a job of %i seconds is noticed within the larger of 5 s and 3 %', async (seconds) => {
  const it = await shop({ ...WAITS, timeoutMinutes: 180 });
  it.aws.backup.plans.script({ queuedFor: 0, runningFor: seconds });
  await it.deploy();
  const [job] = it.aws.backup.jobs();
  const lag = (it.answers().at(-1)!.time - job.finishedAt!) / SECOND;
  expect(lag).toBeLessThanOrEqual(Math.max(5, 0.03 * seconds) + 1);
});

test('a job of one hour costs no more than 80 looks', async () => {
  const it = await shop({ ...WAITS, timeoutMinutes: 120 });
  it.aws.backup.plans.script({ queuedFor: 0, runningFor: 3600 });
  expect((await it.deploy()).status).toBe('CREATE_COMPLETE');
  const [job] = it.aws.backup.jobs();
  const lag = (it.answers().at(-1)!.time - job.finishedAt!) / SECOND;
  const polls = it.aws.recorder.of('invocation').filter(({ mode, phase }) => mode === 'sync' && phase === 'start').length;
  console.log(`one hour: ${it.calls('DescribeBackupJob').length} looks at the job, ${it.calls('DescribeStacks').length} at the stack, ${polls} invocations, lag ${lag.toFixed(1)} s`);
  expect(it.calls('DescribeBackupJob').length).toBeLessThanOrEqual(80);
  expect(it.calls('DescribeStacks').length).toBeLessThanOrEqual(75);
  expect(lag).toBeLessThanOrEqual(108);
});

test('a job of eleven and a half hours is waited for', async () => {
  const it = await shop({ ...WAITS, timeoutMinutes: 720 });
  it.aws.backup.plans.script({ queuedFor: 10, runningFor: 11.5 * 3600 });
  expect((await it.deploy()).status).toBe('CREATE_COMPLETE');
  expect(jobStates(it.aws)).toEqual(['COMPLETED']);
  expect(it.requests()).toHaveLength(12);
  expect(it.answers().at(-1)!.time - it.aws.backup.jobs()[0].finishedAt!).toBeLessThan(0.03 * 11.5 * HOUR);
});

test.each([1, 10, 59, 60, 61, 90, 180, 720])('waiting %i minutes for a job that never ends: every answer leaves before its deadline with a margin', async (timeoutMinutes) => {
  const it = await shop({ ...WAITS, timeoutMinutes });
  it.aws.backup.plans.script({ runningFor: Infinity });
  expect((await it.deploy()).status).toBe('ROLLBACK_COMPLETE');
  const answers = it.answers();
  it.requests().filter(({ requestType }) => requestType !== 'Delete').forEach(({ requestId, time, event }) => {
    const { ServiceTimeout } = event.ResourceProperties as { ServiceTimeout: string };
    const answer = answers.find((each) => each.requestId === requestId)!;
    expect(time + Number(ServiceTimeout) * SECOND - answer.time).toBeGreaterThan(30 * SECOND);
  });
  expect(answers.filter(({ status }) => status === 'FAILED').at(-1)!.time - it.requests()[0].time).toBeGreaterThan(timeoutMinutes * 0.97 * MINUTE);
}, 60_000);

const BUNDLE = path.join(__dirname, '..', '..', 'assets', 'lambda', 'index', 'index.js');

test('the whole bundle is no larger than 450 kB', () => {
  expect(fs.statSync(BUNDLE).size).toBeLessThanOrEqual(450_000);
});

test("the bundle does not start Node's loader of ES modules", () => {
  expect(fs.readFileSync(BUNDLE, 'utf8')).not.toMatch(/\bimport\(/);
});
