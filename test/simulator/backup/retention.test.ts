import { DescribeCopyJobCommand, ListCopyJobsCommand } from '@aws-sdk/client-backup';
import { AIR_GAPPED_VAULT_ARN, DATABASE, FILE_SYSTEM, Fixture, fixture, ROLE, VAULT, VOLUME } from './fixture';
import { Undocumented } from './index';

const DAY = 86_400;

describe('retention and air-gapped vaults', () => {
  let aws: Fixture;
  const open = async (undocumented: Partial<Undocumented> = {}) => {
    await aws?.close();
    aws = await fixture({ undocumented });
  };
  beforeEach(async () => open());
  afterEach(async () => aws.close());

  describe('retention', () => {
    const outside = { State: 'FAILED', StatusMessage: 'Backup job failed because the lifecycle is outside the valid range for backup vault.' };
    test.each([[7, 30, 6], [7, 30, 31], [7, 30, undefined], [undefined, 30, undefined]])('lock %p to %p, %p days: fails', async (min, max, days) => {
      aws.service.putVault({ name: VAULT, minRetentionDays: min, maxRetentionDays: max });
      expect(await aws.startAndWait({ Lifecycle: days === undefined ? undefined : { DeleteAfterDays: days } })).toMatchObject(outside);
    });
    test.each([[7, 30, 7], [7, 30, 30], [7, undefined, undefined]])('lock %p to %p, %p days: completes', async (min, max, days) => {
      aws.service.putVault({ name: VAULT, minRetentionDays: min, maxRetentionDays: max });
      expect(await aws.startAndWait({ Lifecycle: days === undefined ? undefined : { DeleteAfterDays: days } })).toMatchObject({ State: 'COMPLETED' });
    });

    test('more than 50 tags fail the job', async () => {
      const tags = Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`t${i}`, 'x']));
      expect(await aws.startAndWait({ RecoveryPointTags: tags })).toMatchObject({ State: 'FAILED', StatusMessage: 'More than 50 tags specified' });
    });

    test('a point is deleted within 8 hours after its expiry, and stays EXPIRED without its role', async () => {
      await aws.start({ Lifecycle: { DeleteAfterDays: 35 } });
      await aws.clock.advance(35 * DAY - 10);
      expect(aws.service.recoveryPoints()).toHaveLength(1);
      await aws.clock.advance(8 * 3600 + 20);
      expect(aws.service.recoveryPoints()).toEqual([]);
      await aws.start({ Lifecycle: { DeleteAfterDays: 35 } });
      await aws.start({ Lifecycle: { DeleteAfterDays: 50 } });
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
      await aws.startAndWait({ Lifecycle: { DeleteAfterDays: 1 } });
      await aws.clock.advance(2 * DAY);
      aws.service.removeRole(ROLE);
      expect(aws.service.recoveryPoints()).toEqual([]);
    });

    test('no timer waits for an expiry', async () => {
      await aws.startAndWait({ Lifecycle: { DeleteAfterDays: 35 } });
      expect(aws.clock.pending()).toEqual([]);
    });
  });

  describe('an air-gapped vault', () => {
    const airGapped = { LogicallyAirGappedBackupVaultArn: AIR_GAPPED_VAULT_ARN, Lifecycle: { DeleteAfterDays: 35 } };
    const addVault = () => aws.service.putVault({ name: 'air-gapped', type: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT', minRetentionDays: 7, maxRetentionDays: 100 });
    beforeEach(() => { addVault(); });

    test('fully managed types go straight in', async () => {
      const job = await aws.startAndWait({ ...airGapped, ResourceArn: FILE_SYSTEM });
      expect(job).toMatchObject({
        State: 'COMPLETED', MessageCategory: 'SUCCESS', VaultType: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT', BackupVaultArn: AIR_GAPPED_VAULT_ARN,
      });
      expect(aws.service.recoveryPoints()).toMatchObject([{ vaultName: 'air-gapped', arn: job.RecoveryPointArn }]);
      expect(aws.service.copyJobs()).toEqual([]);
    });

    test('others get there by a copy that takes its own time', async () => {
      aws.service.plans.script({ copy: { queuedFor: 60, runningFor: 600, outcome: { state: 'COMPLETED' } } });
      aws.contents.set(VOLUME, 'data');
      const job = await aws.startAndWait(airGapped, 33);
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
      await open({ temporaryPointAfterFailedCopy });
      addVault();
      aws.service.plans.script({ copy: { queuedFor: 1, runningFor: 1, outcome: { state: 'FAILED', statusMessage: 'no key' } } });
      expect((await aws.startAndWait(airGapped)).State).toBe('COMPLETED');
      expect(aws.service.copyJobs()).toMatchObject([{ state: 'FAILED', statusMessage: 'no key' }]);
      expect(aws.service.recoveryPoints()).toHaveLength(left);
    });

    test('types that cannot go there complete with an issue', async () => {
      expect(await aws.startAndWait({ ...airGapped, ResourceArn: DATABASE })).toMatchObject({
        State: 'COMPLETED',
        VaultType: 'BACKUP_VAULT',
        MessageCategory: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT_NOT_SUPPORTED',
        StatusMessage: 'Backup job completed successfully to the target backup vault. This resource type is not supported by logically air-gapped backup vault.',
      });
    });

    test('its lock is always on, and fails the job or the copy', async () => {
      const tooShort = { ...airGapped, Lifecycle: { DeleteAfterDays: 6 } };
      expect((await aws.startAndWait(tooShort)).State).toBe('FAILED');
      await open({ airGappedRetention: 'copy-job' });
      addVault();
      expect((await aws.startAndWait(tooShort)).State).toBe('COMPLETED');
      expect(aws.service.copyJobs()).toMatchObject([{ state: 'FAILED' }]);
      expect(() => aws.service.putVault({ name: 'x', type: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT', minRetentionDays: 6, maxRetentionDays: 9 })).toThrow('at least 7');
    });
  });
});
