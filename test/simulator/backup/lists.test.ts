import { ListBackupJobsCommand, ListCopyJobsCommand } from '@aws-sdk/client-backup';
import { FILE_SYSTEM, Fixture, fixture, TABLE, VOLUME } from './fixture';
import { BackupServiceOptions, Undocumented } from './index';

const DAY = 86_400;

describe('lists, records and rates', () => {
  let aws: Fixture;
  const open = async (undocumented: Partial<Undocumented> = {}, options: Partial<BackupServiceOptions> = {}) => {
    await aws?.close();
    aws = await fixture({ undocumented, ...options });
  };
  beforeEach(async () => open());
  afterEach(async () => aws.close());

  describe('lists and records', () => {
    const list = async (input = {}) => (aws.client.send(new ListBackupJobsCommand(input)));
    const resources = async (input = {}) => (await list(input)).BackupJobs!.map(({ ResourceArn }) => ResourceArn);

    test('filters', async () => {
      await aws.startAndWait();
      const middle = new Date(aws.clock.now());
      await aws.clock.advance(1);
      aws.service.plans.script({ outcome: { state: 'COMPLETED', statusMessage: 'objects were skipped' } }, { resource: TABLE });
      await aws.startAndWait({ ResourceArn: TABLE });
      await aws.start({ ResourceArn: FILE_SYSTEM });
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
      for (const ResourceArn of arns) await aws.start({ ResourceArn });
      const first = await list({ MaxResults: 2 });
      await aws.start();
      const second = await list({ MaxResults: 2, NextToken: first.NextToken });
      const third = await list({ MaxResults: 2, NextToken: second.NextToken });
      expect([first, second, third].flatMap(({ BackupJobs }) => BackupJobs!.map(({ ResourceArn }) => ResourceArn))).toEqual([...arns].reverse());
      expect(third.NextToken).toBeUndefined();
      expect((await list({ MaxResults: 6 })).NextToken).toBeUndefined();
      await expect(list({ NextToken: 'nonsense' })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
      await expect(list({ MaxResults: 1001 })).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    });

    test.each([[30, 'ResourceNotFoundException'], [Infinity, undefined]])('finished jobs are forgotten after %p days', async (describeForgetsAfterDays, error) => {
      await open({ describeForgetsAfterDays });
      const job = await aws.startAndWait();
      await aws.clock.advance(29 * DAY);
      await aws.describeJob(job.BackupJobId);
      expect(await resources()).toEqual([VOLUME]);
      await aws.clock.advance(DAY);
      if (error) await expect(aws.describeJob(job.BackupJobId)).rejects.toMatchObject({ name: error });
      else expect((await aws.describeJob(job.BackupJobId)).State).toBe('COMPLETED');
      expect(await resources()).toEqual([]);
    });

    test('new jobs may be unknown for a while', async () => {
      await open({ describeLagSeconds: 5, listLagSeconds: 10 });
      const { BackupJobId } = await aws.start();
      await expect(aws.describeJob(BackupJobId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
      await aws.clock.advance(5);
      await aws.describeJob(BackupJobId);
      expect(await resources()).toEqual([]);
      await aws.clock.advance(5);
      expect(await resources()).toEqual([VOLUME]);
    });
  });

  describe('rates', () => {
    beforeEach(async () => {
      await open({}, { rateLimits: true });
    });
    const count = async (calls: (() => Promise<unknown>)[]) => {
      let admitted = 0;
      for (const call of calls) {
        await call().then(() => admitted++, (error) => expect(error).toMatchObject({ name: 'ThrottlingException' }));
      }
      return admitted;
    };
    const starts = Array.from({ length: 8 }, (_, i) => async () => aws.start({ ResourceArn: `${VOLUME}${i}` }));

    test('5 StartBackupJob and 15 DescribeBackupJob a second', async () => {
      expect(await count(starts)).toBe(5);
      await aws.clock.advance(0.4);
      expect(await count(starts)).toBe(2);
      const [{ id }] = aws.service.jobs();
      expect(await count(Array.from({ length: 20 }, () => async () => aws.describeJob(id)))).toBe(15);
      await aws.clock.advance(100);
      expect(await count(starts)).toBe(5);
    });

    test('50 calls a second in all', async () => {
      const { BackupJobId } = await aws.start();
      const lists = Array.from({ length: 20 }, () => async () => aws.client.send(new ListBackupJobsCommand({})));
      const copies = Array.from({ length: 20 }, () => async () => aws.client.send(new ListCopyJobsCommand({})));
      const describes = Array.from({ length: 15 }, () => async () => aws.describeJob(BackupJobId));
      expect(await count([...lists, ...copies, ...describes])).toBe(49);
    });
  });
});
