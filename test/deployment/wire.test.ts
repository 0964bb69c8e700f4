import { aws_backup as backup, Duration } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { BackupIndex, BackupSource, OnDemandBackup, OnDemandBackupProps } from '../../src';
import { accounts } from '../support/account';
import { deploy, imported, startedWith } from '../support/shop';

const account = accounts();

const BUCKET = 'arn:aws:s3:::company-documents';
const AIR_GAPPED = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:air-gapped';

/** Deploys a backup of a bucket into a vault and with a role that exist already; returns what AWS Backup was asked for. */
async function requestFor(props: Omit<OnDemandBackupProps, 'source'>, airGapped = false): Promise<Record<string, unknown>> {
  const aws = await account();
  aws.backup.putVault({ name: 'company-vault' });
  aws.backup.putVault({ name: 'air-gapped', airGapped: true, minRetentionDays: 7, maxRetentionDays: 36500 } as never);
  aws.backup.putRole({ arn: 'arn:aws:iam::111122223333:role/company-backup' });
  const created = await deploy(aws, (stack) => {
    new OnDemandBackup(stack, 'Backup', {
      ...imported(stack),
      ...props,
      source: BackupSource.fromArn(BUCKET),
      logicallyAirGappedVault: airGapped ? backup.CfnLogicallyAirGappedBackupVault.fromBackupVaultName(stack, 'AirGapped', 'air-gapped') : undefined,
    });
  });
  const calls = startedWith(aws);
  if (calls.length !== 1) {
    throw new Error(`${calls.length} calls; ${created.reason}\n${aws.recorder.print()}`);
  }
  return calls[0];
}

const DERIVED_TOKEN = expect.stringMatching(/^[0-9a-f]{40}$/);
const ALWAYS = {
  BackupVaultName: 'company-vault',
  ResourceArn: BUCKET,
  IamRoleArn: 'arn:aws:iam::111122223333:role/company-backup',
};

test('all eleven parameters arrive under their names, numbers as numbers, booleans as booleans', async () => {
  const request = await requestFor({
    startWindow: Duration.hours(2),
    completionWindow: Duration.days(2),
    moveToColdStorageAfter: Duration.days(30),
    deleteAfter: Duration.days(365),
    optInToArchive: false,
    recoveryPointTags: { 'release': '1.4.0', 'cost center': '4711' },
    backupOptions: { backupAcls: false, backupObjectTags: true },
    index: BackupIndex.DISABLED,
    idempotencyToken: 'release-1.4.0',
  }, true);
  expect(request).toEqual({
    ...ALWAYS,
    LogicallyAirGappedBackupVaultArn: AIR_GAPPED,
    StartWindowMinutes: 120,
    CompleteWindowMinutes: 2880,
    Lifecycle: { MoveToColdStorageAfterDays: 30, DeleteAfterDays: 365, OptInToArchiveForSupportedResources: false },
    RecoveryPointTags: { 'release': '1.4.0', 'cost center': '4711' },
    BackupOptions: { BackupACLs: 'disabled', BackupObjectTags: 'enabled' },
    Index: 'DISABLED',
    IdempotencyToken: 'release-1.4.0',
  });
});

test('nothing that was not said is sent', async () => {
  expect(await requestFor({})).toEqual({ ...ALWAYS, IdempotencyToken: DERIVED_TOKEN });
});

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const tagText = fc.stringMatching(/^[A-Za-z0-9 _.:/=+@-]{1,40}$/).filter((text) => !/^aws:/i.test(text));

test('whatever the props say is what AWS Backup is asked for', async () => {
  await fc.assert(fc.asyncProperty(fc.record({
    startMinutes: optional(fc.integer({ min: 60, max: 10_000 })),
    completeMinutes: optional(fc.integer({ min: 20_000, max: 52_560_000 })),
    coldDays: optional(fc.integer({ min: 1, max: 1000 })),
    keepDays: optional(fc.integer({ min: 1100, max: 36_500 })),
    optIn: optional(fc.boolean()),
    tags: optional(fc.dictionary(tagText, tagText, { minKeys: 1, maxKeys: 10 })),
    acls: optional(fc.boolean()),
    objectTags: optional(fc.boolean()),
    index: optional(fc.constantFrom(BackupIndex.ENABLED, BackupIndex.DISABLED)),
  }), async (values) => {
    const { startMinutes, completeMinutes, coldDays, keepDays, optIn, tags, acls, objectTags, index } = values;
    const request = await requestFor({
      startWindow: startMinutes === undefined ? undefined : Duration.minutes(startMinutes),
      completionWindow: completeMinutes === undefined ? undefined : Duration.minutes(completeMinutes),
      moveToColdStorageAfter: coldDays === undefined ? undefined : Duration.days(coldDays),
      deleteAfter: keepDays === undefined ? undefined : Duration.days(keepDays),
      optInToArchive: optIn,
      recoveryPointTags: tags,
      backupOptions: { backupAcls: acls, backupObjectTags: objectTags },
      index,
    });
    const said = (structure: Record<string, unknown>) => {
      const entries = Object.entries(structure).filter(([, value]) => value !== undefined);
      return entries.length > 0 ? Object.fromEntries(entries) : undefined;
    };
    const word = (value?: boolean) => value === undefined ? undefined : value ? 'enabled' : 'disabled';
    expect(request).toEqual(said({
      ...ALWAYS,
      IdempotencyToken: DERIVED_TOKEN,
      StartWindowMinutes: startMinutes,
      CompleteWindowMinutes: completeMinutes,
      Lifecycle: said({ MoveToColdStorageAfterDays: coldDays, DeleteAfterDays: keepDays, OptInToArchiveForSupportedResources: optIn }),
      RecoveryPointTags: tags && { ...tags },
      BackupOptions: said({ BackupACLs: word(acls), BackupObjectTags: word(objectTags) }),
      Index: index,
    }));
  }), { numRuns: 60, seed: 20261125 });
}, 120_000);
