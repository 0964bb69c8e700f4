import { App, CfnResource, Duration, Fn, Lazy, NestedStack, Stack, Token } from 'aws-cdk-lib';
import { aws_backup as backup, aws_iam as iam } from 'aws-cdk-lib/interfaces';
import { propsView, TABLE } from './fixtures';
import { BackupCompletion, BackupTimeoutAction } from '../../src/backup-completion';
import { BackupSource } from '../../src/backup-source';
import { BackupTrigger } from '../../src/backup-trigger';
import { BackupIndex, OnDemandBackupProps } from '../../src/on-demand-backup-props';
import { BackupResourceType } from '../../src/resource-type';
import { viewOf } from '../../src/validation/props-view';

const ENV = { account: '111111111111', region: 'eu-west-1' };
const FOREIGN = { account: '222222222222', region: 'us-east-1' };
const UNKNOWN = Fn.importValue('x');

let stack: Stack;
beforeEach(() => { stack = new Stack(new App(), 'Stack', { env: ENV }); });

const view = (props: Partial<OnDemandBackupProps> = {}, scope = stack) => viewOf(scope, { source: BackupSource.fromArn(TABLE), ...props });
const sourceOf = (arn: string, type?: BackupResourceType) => view({ source: BackupSource.fromArn(arn, type) }).source!;
const vaultRef = (backupVaultName: string, backupVaultArn: string, env = ENV) =>
  ({ backupVaultRef: { backupVaultName, backupVaultArn }, env }) as backup.IBackupVaultRef;
const gapRef = (backupVaultName: string, env = ENV) =>
  ({ logicallyAirGappedBackupVaultRef: { backupVaultName }, env }) as backup.ILogicallyAirGappedBackupVaultRef;
const roleRef = (roleArn: string) => ({ roleRef: { roleArn, roleName: 'r' } }) as iam.IRoleRef;

describe('the view of props', () => {
  test('of a source alone says nothing else', () => expect(view()).toEqual(propsView()));

  test('has no source where there is none', () => expect(view({ source: undefined }).source).toBeUndefined());

  test('has every prop', () => {
    expect(view({
      vault: vaultRef('vault', 'arn:aws:backup:eu-west-1:111111111111:backup-vault:vault'),
      role: roleRef('arn:aws:iam::111111111111:role/r'),
      startWindow: Duration.minutes(90),
      completionWindow: Duration.hours(3),
      moveToColdStorageAfter: Duration.days(1),
      deleteAfter: Duration.millis(1500),
      keepForever: true,
      optInToArchive: false,
      recoveryPointTags: { a: 'b', c: UNKNOWN, [UNKNOWN]: 'd' },
      backupOptions: { windowsVss: true, backupAcls: false, backupObjectTags: true },
      index: BackupIndex.DISABLED,
      logicallyAirGappedVault: gapRef('gap', FOREIGN),
      completion: BackupCompletion.waitFor({ onTimeout: BackupTimeoutAction.STOP_JOB_AND_FAIL }),
      trigger: BackupTrigger.onChangeOf('1'),
      idempotencyToken: 'token',
      jobIdOutput: false,
      jobIdExportName: 'name',
    })).toEqual({
      ...propsView(),
      vault: { name: 'vault', place: ENV },
      role: { arn: expect.objectContaining({ text: 'arn:aws:iam::111111111111:role/r', account: '111111111111' }) },
      startWindow: { value: 5_400 },
      completionWindow: { value: 10_800 },
      moveToColdStorageAfter: { value: 86_400 },
      deleteAfter: { value: 1.5 },
      keepForever: true,
      optInToArchive: false,
      recoveryPointTags: [{ value: 'd' }, { key: 'a', value: 'b' }, { key: 'c' }],
      windowsVss: true,
      backupAcls: false,
      backupObjectTags: true,
      index: 'DISABLED',
      logicallyAirGappedVault: { name: 'gap', place: FOREIGN },
      waits: true,
      stopsJob: true,
      trigger: { kind: 'ON_CHANGE_OF', repeats: true },
      idempotencyToken: { value: 'token' },
      jobIdOutput: false,
      jobIdExportName: { value: 'name' },
    });
  });

  test('says what was given where it does not know the value', () => {
    const days = Duration.days(Token.asNumber(Lazy.any({ produce: () => 1 })));
    expect(view({
      vault: vaultRef(UNKNOWN, UNKNOWN, { account: UNKNOWN, region: UNKNOWN }),
      role: roleRef(UNKNOWN),
      deleteAfter: days,
      idempotencyToken: UNKNOWN,
      jobIdExportName: UNKNOWN,
      logicallyAirGappedVault: gapRef(UNKNOWN, { account: UNKNOWN, region: UNKNOWN }),
    })).toEqual({
      ...propsView(),
      vault: { place: {} },
      role: { arn: { text: '{token}', wellFormed: true } },
      deleteAfter: {},
      idempotencyToken: {},
      jobIdExportName: {},
      logicallyAirGappedVault: { place: {} },
    });
  });

  test('tells waiting from stopping', () => {
    expect(view({ completion: BackupCompletion.waitFor() })).toMatchObject({ waits: true, stopsJob: false });
    expect(view({ completion: BackupCompletion.fireAndForget() })).toMatchObject({ waits: false, stopsJob: false });
  });

  test('has no place in a stack for any environment', () => {
    expect(view({ source: BackupSource.fromArn('arn:aws:s3:::receipts') }, new Stack(new App(), 'Any'))).toMatchObject({ place: {}, source: { place: {} } });
    expect(view({}, new Stack(new App(), 'Any')).place).toEqual({ account: undefined, region: undefined });
  });

  test('takes the place of a vault from its ARN first', () => {
    expect(view({ vault: vaultRef('vault', 'arn:aws:backup:us-east-1:222222222222:backup-vault:vault') }).vault!.place).toEqual(FOREIGN);
    expect(view({ vault: vaultRef('vault', UNKNOWN, FOREIGN) }).vault!.place).toEqual(FOREIGN);
    expect(view({ vault: vaultRef('vault', `arn:aws:backup:us-east-1:${UNKNOWN}:backup-vault:vault`, ENV) }).vault!.place)
      .toEqual({ account: ENV.account, region: FOREIGN.region });
  });
});

describe('the view of a source', () => {
  test('knows the resource behind it', () => {
    const table = new CfnResource(stack, 'Table', { type: 'AWS::DynamoDB::Table' });
    expect(sourceOf(table.getAtt('Arn').toString())).toEqual({
      arn: { text: '{token}', wellFormed: true },
      place: ENV,
      type: 'DynamoDB',
      cloudFormationType: 'AWS::DynamoDB::Table',
      reference: { cloudFormationType: 'AWS::DynamoDB::Table', attribute: 'Arn', suffix: '' },
      surroundingStack: false,
    });
    expect(sourceOf(`${table.getAtt('Arn')}/index/i`).reference).toEqual({ cloudFormationType: 'AWS::DynamoDB::Table', attribute: 'Arn', suffix: '/index/i' });
  });

  test('has no reference where that is only a part of the ARN', () => {
    const table = new CfnResource(stack, 'Table', { type: 'AWS::DynamoDB::Table' });
    const source = sourceOf(`arn:aws:dynamodb:us-east-1:222222222222:table/${table.ref}`);
    expect(source).toMatchObject({ place: FOREIGN, cloudFormationType: 'AWS::DynamoDB::Table', arn: { resource: 'table/{token}' } });
    expect(source.reference).toBeUndefined();
  });

  test('has the type that was said', () => expect(sourceOf(UNKNOWN, BackupResourceType.of('New')).type).toBe('New'));

  test('knows the kind of a file system', () => {
    const fileSystem = new CfnResource(stack, 'F', { type: 'AWS::FSx::FileSystem' });
    Object.assign(fileSystem, { fileSystemType: 'LUSTRE' });
    expect(view({ source: BackupSource.fromConstruct(fileSystem) }).source!.fileSystemType).toBe('LUSTRE');
    Object.assign(fileSystem, { fileSystemType: UNKNOWN });
    expect(view({ source: BackupSource.fromConstruct(fileSystem) }).source!.fileSystemType).toBeUndefined();
  });

  test('knows the stack around it, and that another one is none', () => {
    const nested = new NestedStack(stack, 'Nested');
    const inner = new NestedStack(nested, 'Inner');
    const sibling = new NestedStack(stack, 'Sibling');
    const other = new Stack(stack.node.root as App, 'Other', { env: ENV });
    const surrounds = (id: string) => viewOf(inner, { source: BackupSource.fromCloudFormationStack(id) }).source!.surroundingStack;
    expect([stack.stackId, nested.stackId, inner.stackId, nested.nestedStackResource!.ref, inner.nestedStackResource!.ref].map(surrounds))
      .toEqual([true, true, true, true, true]);
    expect([other.stackId, sibling.stackId, sibling.nestedStackResource!.ref, UNKNOWN, nested.stackName].map(surrounds))
      .toEqual([false, false, false, false, false]);
    expect(view({ source: BackupSource.fromCloudFormationStack(nested.stackId) }).source!.surroundingStack).toBe(false);
  });
});
