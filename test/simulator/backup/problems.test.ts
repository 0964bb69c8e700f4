import { CLUSTER, DATABASE, Fixture, fixture, ROLE, statesOf, TABLE, VOLUME } from './fixture';
import { Undocumented } from './index';

describe('problems that the call notices, or the job', () => {
  let aws: Fixture;
  const open = async (undocumented: Partial<Undocumented> = {}) => {
    await aws?.close();
    aws = await fixture({ undocumented });
  };
  beforeEach(async () => open());
  afterEach(async () => aws.close());

  describe('what is missing is noticed by the call or by the job', () => {
    const inJob = { in: 'job', afterSeconds: 45 } as const;
    const failedAfter45Seconds = async (input: object, message: string | RegExp) => {
      const { BackupJobId } = await aws.start(input);
      await aws.clock.advance(44);
      expect((await aws.describeJob(BackupJobId)).State).toBe('CREATED');
      await aws.clock.advance(1);
      expect(await aws.describeJob(BackupJobId)).toMatchObject({ State: 'FAILED', StatusMessage: expect.stringMatching(message) });
    };

    test('a vault', async () => {
      await expect(aws.start({ BackupVaultName: 'none' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
      await open({ missingVaultError: 'AccessDeniedException' });
      await expect(aws.start({ BackupVaultName: 'none' })).rejects.toThrow('Insufficient privileges to perform this action.');
      await open({ missingVault: inJob });
      await failedAfter45Seconds({ BackupVaultName: 'none' }, /^Backup job failed because backup vault arn:.*:backup-vault:none does not exist\.$/);
    });

    test('a vault that is new', async () => {
      aws.service.putVault({ name: 'new', visibleFrom: aws.clock.now() + 30_000 });
      await expect(aws.start({ BackupVaultName: 'new' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
      await aws.clock.advance(30);
      expect((await aws.startAndWait({ BackupVaultName: 'new' })).State).toBe('COMPLETED');
    });

    test('a role that cannot be assumed yet', async () => {
      aws.service.putRole({ arn: ROLE, assumableFrom: aws.clock.now() + 20_000 });
      await expect(aws.start()).rejects.toMatchObject({ name: 'InvalidParameterValueException', message: `IAM Role ${ROLE} cannot be assumed by AWS Backup` });
      await aws.clock.advance(20);
      expect((await aws.startAndWait()).State).toBe('COMPLETED');
      await open({ roleNotAssumable: inJob });
      aws.service.putRole({ arn: ROLE, assumableFrom: aws.clock.now() + 20_000 });
      await failedAfter45Seconds({}, /cannot be assumed by AWS Backup/);
    });

    test('a role whose policies are not there yet', async () => {
      await open({ roleNotPermitted: inJob });
      aws.service.putRole({ arn: ROLE, permittedFrom: Infinity });
      await failedAfter45Seconds({}, /^Access denied.*does not have permission to describe resource arn:aws:ec2/);
      await open({ roleNotPermitted: { in: 'call' } });
      aws.service.putRole({ arn: ROLE, permittedFrom: Infinity });
      await expect(aws.start()).rejects.toThrow('is not authorized to call');
    });

    test('a role that goes while the job is queued', async () => {
      aws.service.plans.script({ queuedFor: 30 });
      const { BackupJobId } = await aws.start();
      aws.service.removeRole(ROLE);
      await aws.clock.advance(60);
      expect(await aws.describeJob(BackupJobId)).toMatchObject({ State: 'FAILED', MessageCategory: 'AccessDenied' });
      expect(statesOf(aws.records, BackupJobId!)).toEqual(['CREATED', 'FAILED']);
    });

    test('a source', async () => {
      aws.sources.set(TABLE, 'gone').set(VOLUME, 'gone').set(DATABASE, 'creating');
      expect(await aws.startAndWait({ ResourceArn: TABLE })).toMatchObject({ State: 'FAILED', StatusMessage: 'Table not found.' });
      expect(await aws.startAndWait()).toMatchObject({ State: 'FAILED', StatusMessage: 'The specified volume was not found.' });
      expect(await aws.startAndWait({ ResourceArn: DATABASE })).toMatchObject({ State: 'FAILED', StatusMessage: expect.stringMatching(/not in available state/) });
      await open({ sourceMissing: { in: 'call' }, missingSourceText: (arn) => `${arn} does not exist` });
      aws.sources.set(TABLE, 'gone');
      await expect(aws.start({ ResourceArn: TABLE })).rejects.toMatchObject({ name: 'ResourceNotFoundException', message: `${TABLE} does not exist` });
    });

    test.each([['fails', 'FAILED'], ['completes', 'COMPLETED']] as const)('a source that goes while the job runs: it %s', async (sourceGoneWhileRunning, state) => {
      await open({ sourceGoneWhileRunning });
      const { BackupJobId } = await aws.start();
      await aws.clock.advance(10);
      aws.sources.set(VOLUME, 'gone');
      await aws.clock.advance(60);
      expect((await aws.describeJob(BackupJobId)).State).toBe(state);
    });

    test('foreign jobs have the same problems', () => {
      expect(() => aws.service.startForeignJob({ BackupVaultName: 'none', ResourceArn: VOLUME, IamRoleArn: ROLE })).toThrow('does not exist');
      expect(aws.service.jobs()).toEqual([]);
    });

    test('an opt-in, a type', async () => {
      await open({ notOptedIn: inJob, unsupportedResource: inJob });
      aws.service.changeRegionSettings({ optIn: { Aurora: false } });
      await failedAfter45Seconds({ ResourceArn: CLUSTER }, /opt-in/);
      await failedAfter45Seconds({ ResourceArn: 'arn:aws:sqs:eu-west-1:111122223333:queue' }, /^Unsupported resource type$/);
    });
  });
});
