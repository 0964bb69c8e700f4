import {
  DeleteRecoveryPointCommand, DescribeBackupJobCommand, DescribeBackupVaultCommand, DescribeRecoveryPointCommand, DescribeRegionSettingsCommand,
  InvalidParameterValueException, InvalidRequestException, ListBackupJobsCommand, ListRecoveryPointsByBackupVaultCommand,
  MissingParameterValueException, ResourceNotFoundException, ServiceUnavailableException, StartBackupJobCommand, StopBackupJobCommand,
} from '@aws-sdk/client-backup';
import { FILE_SYSTEM, Fixture, fixture, ROLE, startInput, TABLE, VAULT, VOLUME } from './fixture';
import { FAULTS } from './index';

describe('the wire of AWS Backup, spoken by its own client', () => {
  let aws: Fixture;
  beforeEach(async () => { aws = await fixture(); });
  afterEach(async () => aws.close());

  test('a job from its start to its end', async () => {
    const begun = aws.clock.now();
    const started = await aws.client.send(new StartBackupJobCommand(startInput({
      StartWindowMinutes: 60,
      CompleteWindowMinutes: 180,
      Lifecycle: { DeleteAfterDays: 35 },
      RecoveryPointTags: { release: '7' },
    })));
    expect(started).toMatchObject({ IsParent: false, CreationDate: new Date(begun), BackupJobId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(started.RecoveryPointArn).toBeUndefined();
    const describe_ = async () => aws.client.send(new DescribeBackupJobCommand({ BackupJobId: started.BackupJobId }));
    expect((await describe_()).RecoveryPointArn).toBeUndefined();
    expect(await describe_()).toMatchObject({ State: 'CREATED', PercentDone: '0.0', StartBy: new Date(begun + 3_600_000) });
    await aws.clock.advance(17);
    const running = await describe_();
    expect(running).toMatchObject({
      State: 'RUNNING',
      PercentDone: '50.0',
      BytesTransferred: 524_288,
      ExpectedCompletionDate: new Date(begun + 32_000),
      RecoveryPointArn: expect.stringMatching(/^arn:aws:ec2:eu-west-1::snapshot\/snap-[0-9a-f]{17}$/),
    });
    expect(running.CompletionDate).toBeUndefined();
    await aws.clock.advance(60);
    const { $metadata, ...done } = await describe_();
    expect(done).toEqual({
      AccountId: '111122223333',
      BackupJobId: started.BackupJobId,
      BackupVaultName: VAULT,
      BackupVaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:vault',
      VaultType: 'BACKUP_VAULT',
      RecoveryPointArn: running.RecoveryPointArn,
      RecoveryPointLifecycle: { DeleteAfterDays: 35 },
      ResourceArn: VOLUME,
      ResourceType: 'EBS',
      ResourceName: 'vol-1',
      CreationDate: new Date(begun),
      InitiationDate: new Date(begun),
      CompletionDate: new Date(begun + 32_000),
      StartBy: new Date(begun + 3_600_000),
      State: 'COMPLETED',
      MessageCategory: 'SUCCESS',
      PercentDone: '100.0',
      BackupSizeInBytes: 1_048_576,
      BytesTransferred: 1_048_576,
      IamRoleArn: ROLE,
      IsParent: false,
    });
  });

  test('only EFS and DynamoDB with advanced features name the recovery point at once', async () => {
    const start = async (ResourceArn: string) => (await aws.client.send(new StartBackupJobCommand(startInput({ ResourceArn })))).RecoveryPointArn;
    expect(await start(FILE_SYSTEM)).toMatch(/^arn:aws:backup:eu-west-1:111122223333:recovery-point:/);
    expect(await start(TABLE)).toMatch(/^arn:aws:backup:eu-west-1:111122223333:recovery-point:/);
    aws.service.changeRegionSettings({ management: { DynamoDB: false } });
    expect(await start(`${TABLE}2`)).toBeUndefined();
    await aws.clock.advance(60);
    expect(aws.service.jobs().at(-1)!.recoveryPointArn).toMatch(/^arn:aws:dynamodb:eu-west-1:111122223333:table\/orders2\/backup\//);
  });

  test('vaults, recovery points and settings', async () => {
    aws.service.putVault({ name: VAULT, minRetentionDays: 1, maxRetentionDays: 100, changeableForDays: 3 });
    await aws.client.send(new StartBackupJobCommand(startInput({ Lifecycle: { DeleteAfterDays: 35 } })));
    await aws.clock.advance(60);
    expect(await aws.client.send(new DescribeBackupVaultCommand({ BackupVaultName: VAULT }))).toMatchObject({
      NumberOfRecoveryPoints: 1,
      Locked: true,
      MinRetentionDays: 1,
      MaxRetentionDays: 100,
      VaultType: 'BACKUP_VAULT',
      VaultState: 'AVAILABLE',
      LockDate: expect.any(Date),
    });
    const list = await aws.client.send(new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName: VAULT, ByResourceArn: VOLUME }));
    const [point] = list.RecoveryPoints!;
    expect(point).toMatchObject({ Status: 'COMPLETED', Lifecycle: { DeleteAfterDays: 35 }, IamRoleArn: ROLE });
    const described = await aws.client.send(new DescribeRecoveryPointCommand({ BackupVaultName: VAULT, RecoveryPointArn: point.RecoveryPointArn }));
    expect(described.CalculatedLifecycle!.DeleteAt!.getTime()).toBe(described.CreationDate!.getTime() + 35 * 86_400_000);
    const settings = await aws.client.send(new DescribeRegionSettingsCommand({}));
    expect(settings).toMatchObject({ ResourceTypeOptInPreference: { Aurora: true }, ResourceTypeManagementPreference: { DynamoDB: true } });
  });

  test('a deletion of a recovery point is recorded loudly, and refused by a lock', async () => {
    await aws.client.send(new StartBackupJobCommand(startInput({ Lifecycle: { DeleteAfterDays: 35 } })));
    await aws.clock.advance(60);
    const [{ arn: RecoveryPointArn }] = aws.service.recoveryPoints();
    const removal = new DeleteRecoveryPointCommand({ BackupVaultName: VAULT, RecoveryPointArn });
    aws.service.putVault({ name: VAULT, minRetentionDays: 1 });
    await expect(aws.client.send(removal)).rejects.toThrow('RecoveryPoint cannot be deleted or updated (Backup vault configured with Lock)');
    aws.service.putVault({ name: VAULT });
    await aws.client.send(removal);
    expect(aws.service.recoveryPoints()).toMatchObject([{ status: 'DELETING' }]);
    await aws.clock.advance(61);
    expect(aws.service.recoveryPoints()).toEqual([]);
    expect(aws.records.filter(({ kind }) => kind === 'RECOVERY-POINT-DELETION')).toHaveLength(2);
  });

  test('errors arrive as their classes', async () => {
    const start = async (input = {}) => aws.client.send(new StartBackupJobCommand(startInput(input)));
    await expect(start({ StartWindowMinutes: 59 })).rejects.toThrow(InvalidParameterValueException);
    await expect(start({ StartWindowMinutes: 60, CompleteWindowMinutes: 119 })).rejects.toThrow('60 minutes greater');
    await expect(start({ BackupVaultName: '' })).rejects.toThrow(MissingParameterValueException);
    await expect(start({ BackupVaultName: 'other' })).rejects.toThrow(ResourceNotFoundException);
    await expect(start({ ResourceArn: 'nonsense' })).rejects.toThrow('Invalid ARN nonsense');
    await expect(start({ ResourceArn: VOLUME.replace('111122223333', '999999999999') })).rejects.toThrow(InvalidParameterValueException);
    await expect(start({ BackupOptions: { WindowsVSS: 'enabled' } })).rejects.toThrow(InvalidParameterValueException);
    await expect(start({ Lifecycle: { MoveToColdStorageAfterDays: 10, DeleteAfterDays: 99 } })).rejects.toThrow('less than 90 days apart');
    await expect(start({ Lifecycle: { DeleteAfterDays: 36_501 } })).rejects.toThrow('less than 1 or more than 36500');
    await expect(start({ Index: 'ENABLED', ResourceArn: FILE_SYSTEM })).rejects.toThrow('Feature is not supported');
    await expect(aws.client.send(new DescribeBackupJobCommand({ BackupJobId: 'none' }))).rejects.toThrow(ResourceNotFoundException);
    await expect(aws.client.send(new StopBackupJobCommand({ BackupJobId: 'none' }))).rejects.toThrow(ResourceNotFoundException);
    aws.service.changeRegionSettings({ optIn: { Aurora: false } });
    await expect(start({ ResourceArn: VOLUME.replace('ec2', 'rds').replace('volume/vol-1', 'cluster:c') })).rejects.toThrow(InvalidRequestException);
    expect(aws.service.jobs()).toEqual([]);
  });

  test('faults arrive as what they are', async () => {
    const { client, service } = aws;
    const list = async () => client.send(new ListBackupJobsCommand({}));
    service.faults.inject(FAULTS.accessDenied('no'), { operation: 'ListBackupJobs', times: 1 });
    await expect(list()).rejects.toMatchObject({ name: 'AccessDeniedException', $metadata: { httpStatusCode: 403 }, message: 'no' });
    service.faults.inject(FAULTS.throttled(), { times: 1 });
    await expect(list()).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } });
    service.faults.inject(FAULTS.unavailable(), { times: 1 });
    await expect(list()).rejects.toThrow(ServiceUnavailableException);
    service.faults.inject(FAULTS.badGateway(), { times: 1 });
    await expect(list()).rejects.toMatchObject({ $metadata: { httpStatusCode: 502 } });
    service.faults.inject(FAULTS.unknownError(), { times: 1 });
    await expect(list()).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
    service.faults.inject(FAULTS.reset(), { times: 1 });
    await expect(list()).rejects.toThrow('ECONNRESET');
    service.faults.inject(FAULTS.hang(), { times: 1 });
    await expect(client.send(new ListBackupJobsCommand({}), { abortSignal: AbortSignal.timeout(50) })).rejects.toThrow(/abort/i);
    const calm = service.faults.inject(FAULTS.throttled(), { when: ({ operation, caller }) => operation === 'ListBackupJobs' && caller === 'AKIACALLER' });
    await expect(list()).rejects.toThrow();
    await client.send(new DescribeRegionSettingsCommand({}));
    calm();
    await list();
    service.faults.inject(FAULTS.throttled(), { operation: 'ListCopyJobs' });
    service.faults.inject(FAULTS.throttled(), { when: ({ caller }) => caller === 'AKIASOMEBODY' });
    await list();
  });

  test('the nasty one: the job is started, the answer is lost', async () => {
    aws.service.faults.inject(FAULTS.resetAfterwards(), { operation: 'StartBackupJob', times: 1 });
    const input = startInput({ IdempotencyToken: 'token' });
    await expect(aws.client.send(new StartBackupJobCommand(input))).rejects.toThrow('ECONNRESET');
    expect(aws.service.jobs()).toHaveLength(1);
    const again = await aws.client.send(new StartBackupJobCommand(input));
    expect(again.BackupJobId).toBe(aws.service.jobs()[0].id);
    expect(aws.service.calls().map(({ outcome }) => outcome)).toMatchObject([{ kind: 'fault', what: 'reset-afterwards', done: true }, { kind: 'success' }]);
  });

  test('every call is recorded with its caller, its input and its outcome', async () => {
    await aws.client.send(new StartBackupJobCommand(startInput({ IdempotencyToken: 't', RecoveryPointTags: { a: 'b' } })));
    expect(aws.service.calls()).toEqual([{
      time: aws.clock.now(),
      caller: 'AKIACALLER',
      operation: 'StartBackupJob',
      input: { ...startInput(), IdempotencyToken: 't', RecoveryPointTags: { a: 'b' } },
      outcome: { kind: 'success', output: expect.objectContaining({ BackupJobId: aws.service.jobs()[0].id }) },
    }]);
  });

  test('permissions are asked for as IAM knows them', async () => {
    await aws.client.send(new StartBackupJobCommand(startInput()));
    expect(aws.asked).toEqual([
      { caller: 'AKIACALLER', permission: { action: 'backup:StartBackupJob', resource: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:vault' } },
      { caller: 'AKIACALLER', permission: { action: 'iam:PassRole', resource: ROLE, context: { 'iam:PassedToService': 'backup.amazonaws.com' } } },
    ]);
    aws.denied.set('backup:StopBackupJob', 'User AKIACALLER is not authorized');
    await expect(aws.client.send(new StopBackupJobCommand({ BackupJobId: aws.service.jobs()[0].id }))).rejects.toMatchObject({
      name: 'AccessDeniedException', message: 'User AKIACALLER is not authorized',
    });
    expect(aws.asked.at(-1)!.permission.resource).toBe('*');
  });

  test.each([
    ['a number as a string', { StartWindowMinutes: '60' }],
    ['a boolean as a string', { Lifecycle: { OptInToArchiveForSupportedResources: 'true' } }],
    ['days as a string', { Lifecycle: { DeleteAfterDays: '35' } }],
    ['a fraction', { StartWindowMinutes: 60.5 }],
    ['a number as a tag', { RecoveryPointTags: { a: 1 } }],
    ['a list as a map', { RecoveryPointTags: [] }],
    ['a number as a name', { BackupVaultName: 7 }],
  ])('%s is not accepted', async (_, change) => {
    const response = await aws.service.handle({
      method: 'PUT', path: '/backup-jobs', query: new URLSearchParams(), headers: {}, accessKeyId: 'a', body: JSON.stringify({ ...startInput(), ...change }),
    });
    expect(response).toMatchObject({ kind: 'answer', status: 400, headers: { 'x-amzn-errortype': expect.stringMatching(/^SerializationException/) } });
  });
});
