import { ListBackupJobsCommand, StopBackupJobCommand } from '@aws-sdk/client-backup';
import { CLUSTER, DATABASE, Fixture, fixture, ROLE, statesOf, TABLE, VAULT, VOLUME } from './fixture';
import { Undocumented } from './index';

const MINUTE = 60;

describe('the life of backup jobs', () => {
  let aws: Fixture;
  const open = async (undocumented: Partial<Undocumented> = {}) => {
    await aws?.close();
    aws = await fixture({ undocumented });
  };
  beforeEach(async () => open());
  afterEach(async () => aws.close());

  describe('scripted timelines', () => {
    test.each(['COMPLETED', 'FAILED', 'ABORTED', 'EXPIRED', 'PARTIAL'])('%s', async (state) => {
      aws.service.plans.script({ pendingFor: 10, outcome: { state, statusMessage: 'because' } });
      const job = await aws.startAndWait();
      expect(job).toMatchObject({ State: state, StatusMessage: 'because', MessageCategory: 'MISCELLANEOUS', CompletionDate: expect.any(Date) });
      expect(statesOf(aws.records, job.BackupJobId!)).toEqual(['CREATED', 'PENDING', 'RUNNING', state]);
      const usable = state === 'COMPLETED' || state === 'PARTIAL';
      expect(aws.service.recoveryPoints().map(({ status }) => status)).toEqual(usable ? [state] : []);
      expect(job.RecoveryPointArn === undefined).toBe(!usable);
    });

    test('states that no client knows, at work and for ever', async () => {
      aws.service.plans.script({ strangeState: { state: 'WARMING_UP', seconds: 20 }, outcome: { state: 'SUSPENDED' } });
      const job = await aws.startAndWait();
      expect(job).toMatchObject({ State: 'SUSPENDED' });
      expect(job.CompletionDate).toBeUndefined();
      expect(statesOf(aws.records, job.BackupJobId!)).toEqual(['CREATED', 'WARMING_UP', 'RUNNING', 'SUSPENDED']);
    });

    test('the narrowest script wins, and those with a number are used up in their order', async () => {
      const end = (statusMessage: string) => ({ outcome: { state: 'FAILED', statusMessage } });
      aws.service.plans.script(end('all'));
      aws.service.plans.script(end('resource'), { resource: VOLUME });
      aws.service.plans.script(end('first'), { resource: VOLUME, times: 1 });
      aws.service.plans.script(end('second'), { resource: VOLUME, times: 1 });
      const messages = [];
      for (let i = 0; i < 3; i++) messages.push((await aws.startAndWait()).StatusMessage);
      messages.push((await aws.startAndWait({ ResourceArn: TABLE })).StatusMessage);
      expect(messages).toEqual(['first', 'second', 'resource', 'all']);
    });

    test('listeners hear each change at its time, also when the clock has jumped', async () => {
      const heard: string[] = [];
      const begin = aws.clock.now();
      aws.service.onJobState(({ state }, time) => heard.push(`${state} ${(time - begin) / 1000}`));
      await aws.startAndWait();
      expect(heard).toEqual(['CREATED 0', 'RUNNING 2', 'COMPLETED 32']);
    });

    test('a recovery point holds what was in the source when the job began to run', async () => {
      aws.contents.set(VOLUME, 'before');
      aws.service.plans.script({ queuedFor: 60, runningFor: 60 });
      await aws.start();
      await aws.clock.advance(59);
      aws.contents.set(VOLUME, 'at the beginning');
      await aws.clock.advance(2);
      aws.contents.set(VOLUME, 'after');
      await aws.clock.advance(90);
      expect(aws.service.recoveryPoints()).toMatchObject([{ content: 'at the beginning', status: 'COMPLETED', vaultName: VAULT, roleArn: ROLE }]);
    });

    test('the complete window counts from the start of the job, queue included, but not for FSx', async () => {
      aws.service.plans.script({ queuedFor: 50 * MINUTE, runningFor: 3 * 60 * MINUTE });
      const windows = { StartWindowMinutes: 60, CompleteWindowMinutes: 120 };
      const fileSystem = 'arn:aws:fsx:eu-west-1:111122223333:file-system/fs-1';
      const fsx = await aws.start({ ...windows, ResourceArn: fileSystem });
      const job = await aws.startAndWait(windows, 119 * MINUTE);
      expect(job.State).toBe('RUNNING');
      await aws.clock.advance(2 * MINUTE);
      expect(await aws.describeJob(job.BackupJobId)).toMatchObject({ State: 'EXPIRED', StatusMessage: 'Backup job expired before completion.' });
      await aws.clock.advance(3 * 60 * MINUTE);
      expect(await aws.describeJob(fsx.BackupJobId)).toMatchObject({ State: 'COMPLETED' });
    });

    test('a composite counts its children, and is PARTIAL when some fail', async () => {
      const stack = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/app/0a1b';
      aws.service.plans.script({
        children: [
          { resourceArn: TABLE, resourceType: 'DynamoDB', outcome: { state: 'COMPLETED' } },
          { resourceArn: VOLUME, resourceType: 'EBS', outcome: { state: 'FAILED', statusMessage: 'no' } },
        ],
      });
      const { BackupJobId, IsParent } = await aws.start({ ResourceArn: stack });
      expect(IsParent).toBe(true);
      await aws.clock.advance(15);
      expect(await aws.describeJob(BackupJobId)).toMatchObject({ State: 'RUNNING', NumberOfChildJobs: 2, ChildJobsInState: { COMPLETED: 1, RUNNING: 1 } });
      await aws.clock.advance(60);
      expect(await aws.describeJob(BackupJobId)).toMatchObject({ State: 'PARTIAL', ChildJobsInState: { COMPLETED: 1, FAILED: 1 } });
      const children = await aws.client.send(new ListBackupJobsCommand({ ByParentJobId: BackupJobId }));
      expect(children.BackupJobs!.map(({ ResourceArn, State }) => [ResourceArn, State])).toEqual([[VOLUME, 'FAILED'], [TABLE, 'COMPLETED']]);
    });

    test('VSS is told by the type of the backup only when it worked', async () => {
      const input = { ResourceArn: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1', BackupOptions: { WindowsVSS: 'enabled' } };
      expect((await aws.startAndWait(input)).BackupType).toBe('WindowsVSS');
      aws.service.plans.script({ outcome: { state: 'COMPLETED', statusMessage: 'Windows VSS Backup Job Error encountered, trying for regular backup' } });
      expect(await aws.startAndWait(input)).toMatchObject({ State: 'COMPLETED', MessageCategory: 'MISCELLANEOUS' });
      expect((await aws.startAndWait(input)).BackupType).toBeUndefined();
    });
  });

  describe('one running job per resource', () => {
    test('the second waits for the first, and others do not', async () => {
      aws.service.plans.script({ runningFor: 10 * MINUTE });
      const first = await aws.start();
      const second = await aws.start();
      const other = await aws.start({ ResourceArn: TABLE });
      await aws.clock.advance(9 * MINUTE);
      const states = async () => Promise.all([first, second, other].map(async ({ BackupJobId }) => (await aws.describeJob(BackupJobId)).State));
      expect(await states()).toEqual(['RUNNING', 'CREATED', 'RUNNING']);
      await aws.clock.advance(2 * MINUTE);
      expect(await states()).toEqual(['COMPLETED', 'RUNNING', 'COMPLETED']);
    });

    test('it expires with its start window, in the documented words', async () => {
      aws.service.plans.script({ runningFor: 3 * 60 * MINUTE }, { times: 1 });
      const plan = { BackupPlanId: 'plan', BackupRuleId: 'rule' };
      const foreign = aws.service.startForeignJob({ BackupVaultName: VAULT, ResourceArn: VOLUME, IamRoleArn: ROLE }, plan);
      await aws.clock.advance(MINUTE);
      const ours = await aws.startAndWait({ StartWindowMinutes: 60 }, 59 * MINUTE);
      expect(ours.State).toBe('CREATED');
      await aws.clock.advance(2 * MINUTE);
      expect(await aws.describeJob(ours.BackupJobId)).toMatchObject({
        State: 'EXPIRED', StatusMessage: 'Backup job failed because there was a running job for the same resource.',
      });
      expect(await aws.describeJob(foreign.id)).toMatchObject({ State: 'RUNNING', CreatedBy: plan });
      expect(ours.CreatedBy).toBeUndefined();
    });

    test('a job that a test keeps queued expires as well', async () => {
      aws.service.plans.script({ queuedFor: Infinity });
      expect(await aws.startAndWait({ StartWindowMinutes: 60 }, 61 * MINUTE)).toMatchObject({
        State: 'EXPIRED', StatusMessage: 'Backup job expired before completion.',
      });
    });
  });

  describe('stopping', () => {
    const stop = async (BackupJobId?: string) => aws.client.send(new StopBackupJobCommand({ BackupJobId }));

    test.each([['queued', 0], ['running', 10]])('a %s job is aborted', async (_, after) => {
      const { BackupJobId } = await aws.start();
      await aws.clock.advance(after);
      await stop(BackupJobId);
      await stop(BackupJobId);
      expect((await aws.describeJob(BackupJobId)).State).toBe('ABORTING');
      await aws.clock.advance(10);
      expect(await aws.describeJob(BackupJobId)).toMatchObject({ State: 'ABORTED', StatusMessage: 'Backup job was stopped by user.' });
      await aws.clock.advance(MINUTE);
      expect(aws.service.recoveryPoints()).toEqual([]);
      expect((await aws.startAndWait()).State).toBe('COMPLETED');
    });

    test('a job that is about to complete is aborted all the same', async () => {
      const { BackupJobId } = await aws.start();
      await aws.clock.advance(30);
      await stop(BackupJobId);
      await aws.clock.advance(10);
      expect(statesOf(aws.records, BackupJobId!)).toEqual(['CREATED', 'RUNNING', 'ABORTING', 'ABORTED']);
    });

    test.each([
      DATABASE, CLUSTER, 'arn:aws:fsx:eu-west-1:111122223333:file-system/fs-1', 'arn:aws:ssm-sap:eu-west-1:111122223333:HANA/app/DB/db',
    ])('%s cannot be stopped', async (ResourceArn) => {
      const { BackupJobId } = await aws.start({ ResourceArn });
      await expect(stop(BackupJobId)).rejects.toMatchObject({ name: 'InvalidRequestException' });
    });

    test.each(['DocumentDB', 'Neptune'])('%s, which only tests can tell from Aurora, cannot be stopped', async (type) => {
      aws.service.nameResourceType(CLUSTER, type);
      const { BackupJobId } = await aws.start({ ResourceArn: CLUSTER });
      expect((await aws.describeJob(BackupJobId)).ResourceType).toBe(type);
      await expect(stop(BackupJobId)).rejects.toMatchObject({ name: 'InvalidRequestException' });
    });

    test('a finished job: an error, or nothing', async () => {
      const job = await aws.startAndWait();
      await expect(stop(job.BackupJobId)).rejects.toMatchObject({ name: 'InvalidRequestException' });
      await open({ stopOfFinishedJob: 'success' });
      const other = await aws.startAndWait();
      await stop(other.BackupJobId);
      expect((await aws.describeJob(other.BackupJobId)).State).toBe('COMPLETED');
    });
  });
});
