import { DescribeBackupJobCommand, DescribeCopyJobCommand, ListBackupJobsCommand, ListCopyJobsCommand, StartBackupJobCommand, StopBackupJobCommand } from '@aws-sdk/client-backup';
import {
  AIR_GAPPED_VAULT_ARN, CLUSTER, DATABASE, FILE_SYSTEM, Fixture, fixture, ROLE, startInput, statesOf, TABLE, VAULT, VOLUME,
} from './fixture';
import { BackupServiceOptions, Undocumented } from './index';

const MINUTE = 60;
const DAY = 86_400;

describe('the life of backup jobs', () => {
  let aws: Fixture;
  const open = async (undocumented: Partial<Undocumented> = {}, options: Partial<BackupServiceOptions> = {}) => {
    aws = await fixture({ undocumented, ...options });
  };
  const start = async (input = {}) => aws.client.send(new StartBackupJobCommand(startInput(input)));
  const describeJob = async (BackupJobId?: string) => aws.client.send(new DescribeBackupJobCommand({ BackupJobId }));
  const startAndWait = async (input = {}, seconds = 5 * MINUTE) => {
    const { BackupJobId } = await start(input);
    await aws.clock.advance(seconds);
    return describeJob(BackupJobId);
  };
  beforeEach(async () => open());
  afterEach(async () => aws.close());

  describe('scripted timelines', () => {
    test.each(['COMPLETED', 'FAILED', 'ABORTED', 'EXPIRED', 'PARTIAL'])('%s', async (state) => {
      aws.service.plans.script({ pendingFor: 10, outcome: { state, statusMessage: 'because' } });
      const job = await startAndWait();
      expect(job).toMatchObject({ State: state, StatusMessage: 'because', MessageCategory: 'MISCELLANEOUS', CompletionDate: expect.any(Date) });
      expect(statesOf(aws.records, job.BackupJobId!)).toEqual(['CREATED', 'PENDING', 'RUNNING', state]);
      const usable = state === 'COMPLETED' || state === 'PARTIAL';
      expect(aws.service.recoveryPoints().map(({ status }) => status)).toEqual(usable ? [state] : []);
      expect(job.RecoveryPointArn === undefined).toBe(!usable);
    });

    test('states that no client knows, at work and for ever', async () => {
      aws.service.plans.script({ strangeState: { state: 'WARMING_UP', seconds: 20 }, outcome: { state: 'SUSPENDED' } });
      const job = await startAndWait();
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
      for (let i = 0; i < 3; i++) messages.push((await startAndWait()).StatusMessage);
      messages.push((await startAndWait({ ResourceArn: TABLE })).StatusMessage);
      expect(messages).toEqual(['first', 'second', 'resource', 'all']);
    });

    test('listeners hear each change at its time, also when the clock has jumped', async () => {
      const heard: string[] = [];
      const begin = aws.clock.now();
      aws.service.onJobState(({ state }, time) => heard.push(`${state} ${(time - begin) / 1000}`));
      await startAndWait();
      expect(heard).toEqual(['CREATED 0', 'RUNNING 2', 'COMPLETED 32']);
    });

    test('a recovery point holds what was in the source when the job began to run', async () => {
      aws.contents.set(VOLUME, 'before');
      aws.service.plans.script({ queuedFor: 60, runningFor: 60 });
      await start();
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
      const fileSystem = `arn:aws:fsx:eu-west-1:111122223333:file-system/fs-1`;
      const fsx = await start({ ...windows, ResourceArn: fileSystem });
      const job = await startAndWait(windows, 119 * MINUTE);
      expect(job.State).toBe('RUNNING');
      await aws.clock.advance(2 * MINUTE);
      expect(await describeJob(job.BackupJobId)).toMatchObject({ State: 'EXPIRED', StatusMessage: 'Backup job expired before completion.' });
      await aws.clock.advance(3 * 60 * MINUTE);
      expect(await describeJob(fsx.BackupJobId)).toMatchObject({ State: 'COMPLETED' });
    });

    test('a composite counts its children, and is PARTIAL when some fail', async () => {
      const stack = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/app/0a1b';
      aws.service.plans.script({
        children: [
          { resourceArn: TABLE, resourceType: 'DynamoDB', outcome: { state: 'COMPLETED' } },
          { resourceArn: VOLUME, resourceType: 'EBS', outcome: { state: 'FAILED', statusMessage: 'no' } },
        ],
      });
      const { BackupJobId, IsParent } = await start({ ResourceArn: stack });
      expect(IsParent).toBe(true);
      await aws.clock.advance(15);
      expect(await describeJob(BackupJobId)).toMatchObject({ State: 'RUNNING', NumberOfChildJobs: 2, ChildJobsInState: { COMPLETED: 1, RUNNING: 1 } });
      await aws.clock.advance(60);
      expect(await describeJob(BackupJobId)).toMatchObject({ State: 'PARTIAL', ChildJobsInState: { COMPLETED: 1, FAILED: 1 } });
      const children = await aws.client.send(new ListBackupJobsCommand({ ByParentJobId: BackupJobId }));
      expect(children.BackupJobs!.map(({ ResourceArn, State }) => [ResourceArn, State])).toEqual([[VOLUME, 'FAILED'], [TABLE, 'COMPLETED']]);
    });

    test('VSS is told by the type of the backup only when it worked', async () => {
      const input = { ResourceArn: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1', BackupOptions: { WindowsVSS: 'enabled' } };
      expect((await startAndWait(input)).BackupType).toBe('WindowsVSS');
      aws.service.plans.script({ outcome: { state: 'COMPLETED', statusMessage: 'Windows VSS Backup Job Error encountered, trying for regular backup' } });
      expect(await startAndWait(input)).toMatchObject({ State: 'COMPLETED', MessageCategory: 'MISCELLANEOUS' });
      expect((await startAndWait(input)).BackupType).toBeUndefined();
    });
  });

  describe('one running job per resource', () => {
    test('the second waits for the first, and others do not', async () => {
      aws.service.plans.script({ runningFor: 10 * MINUTE });
      const first = await start();
      const second = await start();
      const other = await start({ ResourceArn: TABLE });
      await aws.clock.advance(9 * MINUTE);
      const states = async () => Promise.all([first, second, other].map(async ({ BackupJobId }) => (await describeJob(BackupJobId)).State));
      expect(await states()).toEqual(['RUNNING', 'CREATED', 'RUNNING']);
      await aws.clock.advance(2 * MINUTE);
      expect(await states()).toEqual(['COMPLETED', 'RUNNING', 'COMPLETED']);
    });

    test('it expires with its start window, in the documented words', async () => {
      aws.service.plans.script({ runningFor: 3 * 60 * MINUTE }, { times: 1 });
      const plan = { BackupPlanId: 'plan', BackupRuleId: 'rule' };
      const foreign = aws.service.startForeignJob({ BackupVaultName: VAULT, ResourceArn: VOLUME, IamRoleArn: ROLE }, plan);
      await aws.clock.advance(MINUTE);
      const ours = await startAndWait({ StartWindowMinutes: 60 }, 59 * MINUTE);
      expect(ours.State).toBe('CREATED');
      await aws.clock.advance(2 * MINUTE);
      expect(await describeJob(ours.BackupJobId)).toMatchObject({
        State: 'EXPIRED', StatusMessage: 'Backup job failed because there was a running job for the same resource.',
      });
      expect(await describeJob(foreign.id)).toMatchObject({ State: 'RUNNING', CreatedBy: plan });
      expect(ours.CreatedBy).toBeUndefined();
    });

    test('a job that a test keeps queued expires as well', async () => {
      aws.service.plans.script({ queuedFor: Infinity });
      expect(await startAndWait({ StartWindowMinutes: 60 }, 61 * MINUTE)).toMatchObject({
        State: 'EXPIRED', StatusMessage: 'Backup job expired before completion.',
      });
    });
  });

  describe('stopping', () => {
    const stop = async (BackupJobId?: string) => aws.client.send(new StopBackupJobCommand({ BackupJobId }));

    test.each([['queued', 0], ['running', 10]])('a %s job is aborted', async (_, after) => {
      const { BackupJobId } = await start();
      await aws.clock.advance(after);
      await stop(BackupJobId);
      await stop(BackupJobId);
      expect((await describeJob(BackupJobId)).State).toBe('ABORTING');
      await aws.clock.advance(10);
      expect(await describeJob(BackupJobId)).toMatchObject({ State: 'ABORTED', StatusMessage: 'Backup job was stopped by user.' });
      await aws.clock.advance(MINUTE);
      expect(aws.service.recoveryPoints()).toEqual([]);
      expect((await startAndWait()).State).toBe('COMPLETED');
    });

    test.each([
      DATABASE, CLUSTER, 'arn:aws:fsx:eu-west-1:111122223333:file-system/fs-1', 'arn:aws:ssm-sap:eu-west-1:111122223333:HANA/app/DB/db',
    ])('%s cannot be stopped', async (ResourceArn) => {
      const { BackupJobId } = await start({ ResourceArn });
      await expect(stop(BackupJobId)).rejects.toMatchObject({ name: 'InvalidRequestException' });
    });

    test.each(['DocumentDB', 'Neptune'])('%s, which only tests can tell from Aurora, cannot be stopped', async (type) => {
      aws.service.nameResourceType(CLUSTER, type);
      const { BackupJobId } = await start({ ResourceArn: CLUSTER });
      expect((await describeJob(BackupJobId)).ResourceType).toBe(type);
      await expect(stop(BackupJobId)).rejects.toMatchObject({ name: 'InvalidRequestException' });
    });

    test('a finished job: an error, or nothing', async () => {
      const job = await startAndWait();
      await expect(stop(job.BackupJobId)).rejects.toMatchObject({ name: 'InvalidRequestException' });
      await aws.close();
      await open({ stopOfFinishedJob: 'success' });
      const other = await startAndWait();
      await stop(other.BackupJobId);
      expect((await describeJob(other.BackupJobId)).State).toBe('COMPLETED');
    });
  });

  describe('tokens', () => {
    const ids = async (...inputs: object[]) => {
      const found = [];
      for (const input of inputs) found.push((await start({ IdempotencyToken: 'token', ...input })).BackupJobId);
      return found;
    };

    test.each([[Infinity, [1, 1, 1]], [60, [1, 1, 2]], [0, [1, 2, 3]]])('remembered for %p minutes', async (tokenLifetimeMinutes, expected) => {
      await aws.close();
      await open({ tokenLifetimeMinutes });
      const counts = [];
      for (const wait of [0, 59 * MINUTE, 2 * MINUTE]) {
        await aws.clock.advance(wait);
        await start({ IdempotencyToken: 'token' });
        counts.push(aws.service.jobs().length);
      }
      expect(counts).toEqual(expected);
    });

    test('the reply names the job, or nothing', async () => {
      const [first, second] = await ids({}, {});
      expect(second).toBe(first);
      await aws.close();
      await open({ repeatedTokenReply: 'without-job-id' });
      expect(await ids({}, {})).toEqual([expect.any(String), undefined]);
      expect(aws.service.jobs()).toHaveLength(1);
    });

    test('other parameters: the old job, or an error', async () => {
      const [first, second] = await ids({}, { ResourceArn: TABLE });
      expect(second).toBe(first);
      await aws.close();
      await open({ repeatedTokenWithOtherParameters: 'InvalidParameterValueException' });
      await ids({}, {});
      await expect(ids({ ResourceArn: TABLE })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    });

    test('a call that failed has used no token', async () => {
      await expect(ids({ BackupVaultName: 'later' })).rejects.toThrow();
      aws.service.putVault({ name: 'later' });
      await ids({ BackupVaultName: 'later' });
      expect(aws.service.jobs()).toHaveLength(1);
    });
  });

  describe('what is missing is noticed by the call or by the job', () => {
    const inJob = { in: 'job', afterSeconds: 45 } as const;
    const failedAfter45Seconds = async (input: object, message: string | RegExp) => {
      const { BackupJobId } = await start(input);
      await aws.clock.advance(44);
      expect((await describeJob(BackupJobId)).State).toBe('CREATED');
      await aws.clock.advance(1);
      expect(await describeJob(BackupJobId)).toMatchObject({ State: 'FAILED', StatusMessage: expect.stringMatching(message) });
    };

    test('a vault', async () => {
      await expect(start({ BackupVaultName: 'none' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
      await aws.close();
      await open({ missingVaultError: 'AccessDeniedException' });
      await expect(start({ BackupVaultName: 'none' })).rejects.toThrow('Insufficient privileges to perform this action.');
      await aws.close();
      await open({ missingVault: inJob });
      await failedAfter45Seconds({ BackupVaultName: 'none' }, /^Backup job failed because backup vault arn:.*:backup-vault:none does not exist\.$/);
    });

    test('a vault that is new', async () => {
      aws.service.putVault({ name: 'new', visibleFrom: aws.clock.now() + 30_000 });
      await expect(start({ BackupVaultName: 'new' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
      await aws.clock.advance(30);
      expect((await startAndWait({ BackupVaultName: 'new' })).State).toBe('COMPLETED');
    });

    test('a role that cannot be assumed yet', async () => {
      aws.service.putRole({ arn: ROLE, assumableFrom: aws.clock.now() + 20_000 });
      await expect(start()).rejects.toMatchObject({ name: 'InvalidParameterValueException', message: `IAM Role ${ROLE} cannot be assumed by AWS Backup` });
      await aws.clock.advance(20);
      expect((await startAndWait()).State).toBe('COMPLETED');
      await aws.close();
      await open({ roleNotAssumable: inJob });
      aws.service.putRole({ arn: ROLE, assumableFrom: aws.clock.now() + 20_000 });
      await failedAfter45Seconds({}, /cannot be assumed by AWS Backup/);
    });

    test('a role whose policies are not there yet', async () => {
      await aws.close();
      await open({ roleNotPermitted: inJob });
      aws.service.putRole({ arn: ROLE, permittedFrom: Infinity });
      await failedAfter45Seconds({}, /^Access denied.*does not have permission to describe resource arn:aws:ec2/);
      await aws.close();
      await open({ roleNotPermitted: { in: 'call' } });
      aws.service.putRole({ arn: ROLE, permittedFrom: Infinity });
      await expect(start()).rejects.toThrow('is not authorized to call');
    });

    test('a role that goes while the job is queued', async () => {
      aws.service.plans.script({ queuedFor: 30 });
      const { BackupJobId } = await start();
      aws.service.removeRole(ROLE);
      await aws.clock.advance(60);
      expect(await describeJob(BackupJobId)).toMatchObject({ State: 'FAILED', MessageCategory: 'AccessDenied' });
    });

    test('a source', async () => {
      aws.sources.set(TABLE, 'gone').set(VOLUME, 'gone').set(DATABASE, 'creating');
      expect(await startAndWait({ ResourceArn: TABLE })).toMatchObject({ State: 'FAILED', StatusMessage: 'Table not found.' });
      expect(await startAndWait()).toMatchObject({ State: 'FAILED', StatusMessage: 'The specified volume was not found.' });
      expect(await startAndWait({ ResourceArn: DATABASE })).toMatchObject({ State: 'FAILED', StatusMessage: expect.stringMatching(/not in available state/) });
      await aws.close();
      await open({ sourceMissing: { in: 'call' }, missingSourceText: (arn) => `${arn} does not exist` });
      aws.sources.set(TABLE, 'gone');
      await expect(start({ ResourceArn: TABLE })).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: `${TABLE} does not exist` });
    });

    test.each([['fails', 'FAILED'], ['completes', 'COMPLETED']] as const)('a source that goes while the job runs: it %s', async (sourceGoneWhileRunning, state) => {
      await aws.close();
      await open({ sourceGoneWhileRunning });
      const { BackupJobId } = await start();
      await aws.clock.advance(10);
      aws.sources.set(VOLUME, 'gone');
      await aws.clock.advance(60);
      expect((await describeJob(BackupJobId)).State).toBe(state);
    });

    test('an opt-in, a type', async () => {
      await aws.close();
      await open({ notOptedIn: inJob, unsupportedResource: inJob });
      aws.service.changeRegionSettings({ optIn: { Aurora: false } });
      await failedAfter45Seconds({ ResourceArn: CLUSTER }, /opt-in/);
      await failedAfter45Seconds({ ResourceArn: 'arn:aws:sqs:eu-west-1:111122223333:queue' }, /^Unsupported resource type$/);
    });
  });

  describe('retention', () => {
    const outside = { State: 'FAILED', StatusMessage: 'Backup job failed because the lifecycle is outside the valid range for backup vault.' };
    test.each([[7, 30, 6], [7, 30, 31], [7, 30, undefined], [undefined, 30, undefined]])('lock %p to %p, %p days: fails', async (min, max, days) => {
      aws.service.putVault({ name: VAULT, minRetentionDays: min, maxRetentionDays: max });
      expect(await startAndWait({ Lifecycle: days && { DeleteAfterDays: days } })).toMatchObject(outside);
    });
    test.each([[7, 30, 7], [7, 30, 30], [7, undefined, undefined]])('lock %p to %p, %p days: completes', async (min, max, days) => {
      aws.service.putVault({ name: VAULT, minRetentionDays: min, maxRetentionDays: max });
      expect(await startAndWait({ Lifecycle: days && { DeleteAfterDays: days } })).toMatchObject({ State: 'COMPLETED' });
    });

    test('more than 50 tags fail the job', async () => {
      const tags = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`t${i}`, 'x']));
      expect(await startAndWait({ RecoveryPointTags: tags })).toMatchObject({ State: 'FAILED', StatusMessage: 'More than 50 tags specified' });
    });

    test('a point is deleted within 8 hours after its expiry, and stays EXPIRED without its role', async () => {
      await start({ Lifecycle: { DeleteAfterDays: 35 } });
      await aws.clock.advance(35 * DAY - 10);
      expect(aws.service.recoveryPoints()).toHaveLength(1);
      await aws.clock.advance(8 * 3600 + 20);
      expect(aws.service.recoveryPoints()).toEqual([]);
      await start({ Lifecycle: { DeleteAfterDays: 35 } });
      await start({ Lifecycle: { DeleteAfterDays: 50 } });
      await aws.clock.advance(34 * DAY);
      aws.service.removeRole(ROLE);
      await aws.clock.advance(2 * DAY);
      expect(aws.service.recoveryPoints().map(({ status }) => status)).toEqual(['EXPIRED', 'COMPLETED']);
      aws.service.putRole({ arn: ROLE });
      await aws.clock.advance(20 * DAY);
      expect(aws.service.recoveryPoints().map(({ status }) => status)).toEqual(['EXPIRED']);
      expect(() => aws.service.removeVault(VAULT)).toThrow('Backup vault cannot be deleted (contains 1 recovery points)');
    });

    test('what expired while nobody looked is judged on the role of that time', async () => {
      await startAndWait({ Lifecycle: { DeleteAfterDays: 1 } });
      await aws.clock.advance(2 * DAY);
      aws.service.removeRole(ROLE);
      expect(aws.service.recoveryPoints()).toEqual([]);
    });

    test('no timer waits for an expiry', async () => {
      await startAndWait({ Lifecycle: { DeleteAfterDays: 35 } });
      expect(aws.clock.pending()).toEqual([]);
    });
  });

  describe('an air-gapped vault', () => {
    const airGapped = { LogicallyAirGappedBackupVaultArn: AIR_GAPPED_VAULT_ARN, Lifecycle: { DeleteAfterDays: 35 } };
    const addVault = () => aws.service.putVault({ name: 'air-gapped', type: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT', minRetentionDays: 7, maxRetentionDays: 100 });
    beforeEach(() => { addVault(); });

    test('fully managed types go straight in', async () => {
      const job = await startAndWait({ ...airGapped, ResourceArn: FILE_SYSTEM });
      expect(job).toMatchObject({
        State: 'COMPLETED', MessageCategory: 'SUCCESS', VaultType: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT', BackupVaultArn: AIR_GAPPED_VAULT_ARN,
      });
      expect(aws.service.recoveryPoints()).toMatchObject([{ vaultName: 'air-gapped', arn: job.RecoveryPointArn }]);
      expect(aws.service.copyJobs()).toEqual([]);
    });

    test('others get there by a copy that takes its own time', async () => {
      aws.service.plans.script({ copy: { queuedFor: 60, runningFor: 600, outcome: { state: 'COMPLETED' } } });
      aws.contents.set(VOLUME, 'data');
      const job = await startAndWait(airGapped, 33);
      expect(job).toMatchObject({ State: 'COMPLETED', VaultType: 'BACKUP_VAULT', BackupVaultName: VAULT });
      expect(aws.service.recoveryPoints()).toMatchObject([{ vaultName: VAULT, lifecycle: { DeleteAfterEvent: 'DELETE_AFTER_COPY' } }]);
      const list = async () => (await aws.client.send(new ListCopyJobsCommand({ BySourceRecoveryPointArn: job.RecoveryPointArn }))).CopyJobs!;
      const [copy] = await list();
      expect(copy).toMatchObject({
        State: 'CREATED', DestinationBackupVaultArn: AIR_GAPPED_VAULT_ARN, CreatedByBackupJobId: job.BackupJobId, ResourceArn: VOLUME,
      });
      await aws.clock.advance(90);
      expect((await list())[0].State).toBe('RUNNING');
      await aws.clock.advance(600);
      const done = (await aws.client.send(new DescribeCopyJobCommand({ CopyJobId: copy.CopyJobId }))).CopyJob!;
      expect(done).toMatchObject({ State: 'COMPLETED', MessageCategory: 'SUCCESS', DestinationRecoveryPointArn: expect.stringMatching(/^arn:aws:backup:/) });
      expect(aws.service.recoveryPoints()).toMatchObject([{ vaultName: 'air-gapped', content: 'data', arn: done.DestinationRecoveryPointArn }]);
    });

    test.each([['kept', 1], ['deleted', 0]] as const)('a copy can fail; the temporary point is %s', async (temporaryPointAfterFailedCopy, left) => {
      await aws.close();
      await open({ temporaryPointAfterFailedCopy });
      addVault();
      aws.service.plans.script({ copy: { queuedFor: 1, runningFor: 1, outcome: { state: 'FAILED', statusMessage: 'no key' } } });
      expect((await startAndWait(airGapped)).State).toBe('COMPLETED');
      expect(aws.service.copyJobs()).toMatchObject([{ state: 'FAILED', statusMessage: 'no key' }]);
      expect(aws.service.recoveryPoints()).toHaveLength(left);
    });

    test('types that cannot go there complete with an issue', async () => {
      expect(await startAndWait({ ...airGapped, ResourceArn: DATABASE })).toMatchObject({
        State: 'COMPLETED',
        VaultType: 'BACKUP_VAULT',
        MessageCategory: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT_NOT_SUPPORTED',
        StatusMessage: 'Backup job completed successfully to the target backup vault. This resource type is not supported by logically air-gapped backup vault.',
      });
    });

    test('its lock is always on, and fails the job or the copy', async () => {
      const tooShort = { ...airGapped, Lifecycle: { DeleteAfterDays: 6 } };
      expect((await startAndWait(tooShort)).State).toBe('FAILED');
      await aws.close();
      await open({ airGappedRetention: 'copy-job' });
      addVault();
      expect((await startAndWait(tooShort)).State).toBe('COMPLETED');
      expect(aws.service.copyJobs()).toMatchObject([{ state: 'FAILED' }]);
      expect(() => aws.service.putVault({ name: 'x', type: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT', minRetentionDays: 6, maxRetentionDays: 9 })).toThrow('at least 7');
    });
  });

  describe('lists and records', () => {
    const list = async (input = {}) => (await aws.client.send(new ListBackupJobsCommand(input)));
    const resources = async (input = {}) => (await list(input)).BackupJobs!.map(({ ResourceArn }) => ResourceArn);

    test('filters', async () => {
      await startAndWait();
      const middle = new Date(aws.clock.now());
      await aws.clock.advance(1);
      aws.service.plans.script({ outcome: { state: 'COMPLETED', statusMessage: 'objects were skipped' } }, { resource: TABLE });
      await startAndWait({ ResourceArn: TABLE });
      await start({ ResourceArn: FILE_SYSTEM });
      expect(await resources()).toEqual([FILE_SYSTEM, TABLE, VOLUME]);
      expect(await resources({ ByResourceArn: TABLE })).toEqual([TABLE]);
      expect(await resources({ ByState: 'CREATED' })).toEqual([FILE_SYSTEM]);
      expect(await resources({ ByState: 'COMPLETED', ByMessageCategory: 'SUCCESS' })).toEqual([VOLUME]);
      expect(await resources({ ByCreatedAfter: middle })).toEqual([FILE_SYSTEM, TABLE]);
      expect(await resources({ ByCreatedBefore: middle })).toEqual([VOLUME]);
      expect(await resources({ ByCompleteAfter: middle })).toEqual([TABLE]);
      expect(await resources({ ByResourceType: 'EFS' })).toEqual([FILE_SYSTEM]);
      expect(await resources({ ByBackupVaultName: 'other' })).toEqual([]);
      expect(await resources({ ByAccountId: '999999999999' })).toEqual([]);
    });

    test('pages, undisturbed by new jobs', async () => {
      const arns = Array.from({ length: 5 }, (_, i) => `${VOLUME}${i}`);
      for (const ResourceArn of arns) await start({ ResourceArn });
      const first = await list({ MaxResults: 2 });
      await start();
      const second = await list({ MaxResults: 2, NextToken: first.NextToken });
      const third = await list({ MaxResults: 2, NextToken: second.NextToken });
      expect([first, second, third].flatMap(({ BackupJobs }) => BackupJobs!.map(({ ResourceArn }) => ResourceArn))).toEqual([...arns].reverse());
      expect(third.NextToken).toBeUndefined();
      await expect(list({ NextToken: 'nonsense' })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
      await expect(list({ MaxResults: 1001 })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    });

    test.each([[30, 'ResourceNotFoundException'], [Infinity, undefined]])('finished jobs are forgotten after %p days', async (describeForgetsAfterDays, error) => {
      await aws.close();
      await open({ describeForgetsAfterDays });
      const job = await startAndWait();
      await aws.clock.advance(29 * DAY);
      await describeJob(job.BackupJobId);
      expect(await resources()).toEqual([VOLUME]);
      await aws.clock.advance(DAY);
      if (error) await expect(describeJob(job.BackupJobId)).rejects.toMatchObject({ name: error });
      else expect((await describeJob(job.BackupJobId)).State).toBe('COMPLETED');
      expect(await resources()).toEqual([]);
    });

    test('new jobs may be unknown for a while', async () => {
      await aws.close();
      await open({ describeLagSeconds: 5, listLagSeconds: 10 });
      const { BackupJobId } = await start();
      await expect(describeJob(BackupJobId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
      await aws.clock.advance(5);
      await describeJob(BackupJobId);
      expect(await resources()).toEqual([]);
      await aws.clock.advance(5);
      expect(await resources()).toEqual([VOLUME]);
    });
  });

  describe('rates', () => {
    beforeEach(async () => {
      await aws.close();
      await open({}, { rateLimits: true });
    });
    const count = async (calls: (() => Promise<unknown>)[]) => {
      let admitted = 0;
      for (const call of calls) {
        await call().then(() => admitted++, (error) => expect(error).toMatchObject({ name: 'ThrottlingException' }));
      }
      return admitted;
    };
    const starts = Array.from({ length: 8 }, (_, i) => async () => start({ ResourceArn: `${VOLUME}${i}` }));

    test('5 StartBackupJob and 15 DescribeBackupJob a second', async () => {
      expect(await count(starts)).toBe(5);
      await aws.clock.advance(0.4);
      expect(await count(starts)).toBe(2);
      const [{ id }] = aws.service.jobs();
      expect(await count(Array.from({ length: 20 }, () => async () => describeJob(id)))).toBe(15);
      await aws.clock.advance(100);
      expect(await count(starts)).toBe(5);
    });

    test('50 calls a second in all', async () => {
      const { BackupJobId } = await start();
      const lists = Array.from({ length: 20 }, () => async () => aws.client.send(new ListBackupJobsCommand({})));
      const copies = Array.from({ length: 20 }, () => async () => aws.client.send(new ListCopyJobsCommand({})));
      const describes = Array.from({ length: 15 }, () => async () => describeJob(BackupJobId));
      expect(await count([...lists, ...copies, ...describes])).toBe(49);
    });
  });
});
