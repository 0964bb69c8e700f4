import { App, Aspects, Aws, CfnParameter, CfnResource, Duration, Fn, Lazy, NestedStack, RemovalPolicies, Stack, Token, Validations } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BackupCompletion, BackupIndex, BackupSource, BackupTimeoutAction, BackupTrigger, OnDemandBackup, OnDemandBackupProps } from '../../src';

const ENV = { account: '111111111111', region: 'eu-west-1' };
const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };

let app: App;
let stack: Stack;
let table: dynamodb.Table;
beforeEach(() => {
  process.env.CDK_VALIDATION = 'false';
  app = new App();
  stack = new Stack(app, 'Stack', { env: ENV });
  table = new dynamodb.Table(stack, 'Table', { partitionKey });
});

const backUp = (props: Partial<OnDemandBackupProps> = {}, id = 'Backup') => new OnDemandBackup(stack, id, {
  source: BackupSource.fromDynamoDbTable(table), ...props,
});
const synth = () => app.synth();
const warnings = (of = stack) => Annotations.fromStack(of).findWarning('*', Match.anyValue()).map(({ id, entry }) => `${id} ${/\[ack: ([^\]]+)\]/.exec(entry.data as string)?.[1]}`);

describe('props', () => {
  test('with several problems give one error, in the order of the props, and nothing is created', () => {
    expect(() => backUp({
      idempotencyToken: '',
      index: BackupIndex.ENABLED,
      startWindow: Duration.seconds(90),
      vault: backup.BackupVault.fromBackupVaultName(stack, 'Vault', 'v'),
      deleteAfter: Duration.hours(36),
    })).toThrow(new RegExp([
      '^Stack/Backup: 6 problems',
      " {2}1. vault: got 'v'. .* See https://docs.aws.amazon.com/.*",
      ' {2}2. startWindow: got 90 seconds. .*',
      ' {2}3. startWindow: got 90 seconds. .*',
      ' {2}4. deleteAfter: got 36 hours. .*',
      ' {2}5. index: got ENABLED for DynamoDB. .*',
      " {2}6. idempotencyToken: got ''. .*",
    ].join('\n') + '$'));
    expect(stack.node.findChild('Backup').node.children).toEqual([]);
    expect(stack.node.tryFindChild('OnDemandBackupProvider')).toBeUndefined();
    expect(stack.node.tryFindChild('OnDemandBackupVault')).toBeUndefined();
  });

  test.each([{}, { finalBackup: true }])('without a source are refused: %p', (more) => {
    expect(() => backUp({ source: undefined, ...more })).toThrow(/^Stack\/Backup: 1 problem\n {2}1\. source: got nothing\./);
  });

  test.each<[string, () => Partial<OnDemandBackupProps>]>([
    ['durations', () => {
      const amount = Token.asNumber(new CfnParameter(stack, 'P', { type: 'Number' }).value);
      return {
        startWindow: Duration.minutes(amount),
        completionWindow: Duration.minutes(amount),
        moveToColdStorageAfter: Duration.days(amount),
        deleteAfter: Duration.days(amount),
      };
    }],
    ['the name of a vault', () => ({ vault: backup.BackupVault.fromBackupVaultName(stack, 'Vault', Fn.importValue('vault')) })],
    ['the ARN of a role', () => ({ role: iam.Role.fromRoleArn(stack, 'Role', Fn.importValue('role')) })],
    ['the ARN of the source', () => ({ source: BackupSource.fromArn(Fn.importValue('source')) })],
    ['a part of the ARN', () => ({ source: BackupSource.fromArn(`arn:aws:dynamodb:eu-west-1:111111111111:${new CfnParameter(stack, 'P').valueAsString}`) })],
    ['tags', () => ({ recoveryPointTags: { release: Fn.importValue('value'), [Lazy.string({ produce: () => 'key' })]: Lazy.string({ produce: () => '*' }) } })],
    ['a token of the request', () => ({ idempotencyToken: Fn.importValue('token') })],
    ['the name of the export', () => ({ jobIdExportName: Fn.importValue('name') })],
  ])('pass where %s cannot be known', (_, props) => {
    backUp(props());
    expect(synth).not.toThrow();
  });

  test('take 90 minutes', () => expect(() => backUp({ startWindow: Duration.minutes(90), completionWindow: Duration.hours(3) })).not.toThrow());

  test('of a whole request are read', () => {
    expect(() => backUp({
      moveToColdStorageAfter: Duration.days(1),
      keepForever: true,
      deleteAfter: Duration.days(35),
      optInToArchive: true,
      recoveryPointTags: { 'aws:x': 'y' },
      backupOptions: { windowsVss: true, backupAcls: true, backupObjectTags: false },
      completion: BackupCompletion.waitFor({ onTimeout: BackupTimeoutAction.STOP_JOB_AND_FAIL }),
      completionWindow: Duration.minutes(30),
      trigger: BackupTrigger.everyDeployment(),
      idempotencyToken: 'mine',
      role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::222222222222:role/r'),
      vault: backup.BackupVault.fromBackupVaultArn(stack, 'Vault', 'arn:aws:backup:us-east-1:222222222222:backup-vault:vault'),
      logicallyAirGappedVault: backup.CfnLogicallyAirGappedBackupVault.fromBackupVaultName(stack, 'Gap', 'g'),
      jobIdOutput: false,
      jobIdExportName: 'job',
      source: BackupSource.fromArn('arn:aws:rds:us-east-1:222222222222:db:MyDb'),
    })).toThrow(new RegExp([
      '^Stack/Backup: 16 problems',
      ' {2}1. source: got account 222222222222 in a stack in 111111111111.*',
      ' {2}2. source: got region us-east-1 in a stack in eu-west-1.*',
      ' {2}3. vault: got account 222222222222 .*',
      ' {2}4. vault: got region us-east-1 .*',
      ' {2}5. role: got account 222222222222 .*',
      ' {2}6. completionWindow: got 30 minutes with a startWindow of 1 hour, which is sent when the deployment waits.*',
      ' {2}7. deleteAfter: got 35 days with moveToColdStorageAfter of 1 day.*',
      ' {2}8. keepForever: got true with deleteAfter of 35 days.*',
      " {2}9. recoveryPointTags\\['aws:x'\\]: got the key 'aws:x'.*",
      ' {2}10. backupOptions.windowsVss: got true for RDS.*',
      ' {2}11. backupOptions.backupAcls: got true for RDS.*',
      ' {2}12. backupOptions.backupObjectTags: got false for RDS.*',
      " {2}13. logicallyAirGappedVault: got 'g'.*",
      ' {2}14. completion: got onTimeout STOP_JOB_AND_FAIL for RDS.*',
      " {2}15. idempotencyToken: got 'mine' with the trigger EVERY_DEPLOYMENT.*",
      " {2}16. jobIdExportName: got 'job' with jobIdOutput false.*",
    ].join('\n') + '$'));
  });
});

describe('the stack as its own source', () => {
  test.each<[string, () => string]>([['its id', () => stack.stackId], ['the pseudo parameter', () => Aws.STACK_ID]])('is refused by %s', (_, id) => {
    expect(() => backUp({ source: BackupSource.fromCloudFormationStack(id()) })).toThrow(/A stack cannot be backed up while it is being deployed/);
  });

  test('is refused around a nested stack, by any of its names', () => {
    const nested = new NestedStack(stack, 'Nested');
    const inner = new NestedStack(nested, 'Inner');
    const make = (id: string) => () => new OnDemandBackup(inner, `B${inner.node.children.length}`, { source: BackupSource.fromCloudFormationStack(id) });
    for (const id of [inner.stackId, nested.stackId, nested.nestedStackResource!.ref, stack.stackId]) {
      expect(make(id)).toThrow(/A stack cannot be backed up while it is being deployed/);
    }
  });

  test('is another stack if only the name is the same', () => {
    const other = new Stack(app, 'Other', { env: ENV });
    expect(() => backUp({ source: BackupSource.fromCloudFormationStack(other.stackId) })).not.toThrow();
    expect(() => backUp({ source: BackupSource.fromCloudFormationStack(new NestedStack(stack, 'Nested').stackId) }, 'B')).not.toThrow();
  });
});

describe('what a backup uses', () => {
  test('is looked at after overrides and Aspects', () => {
    const bucket = new s3.Bucket(stack, 'Bucket');
    backUp({ source: BackupSource.fromS3Bucket(bucket) });
    Aspects.of(stack).add({ visit: (node) => node === bucket.node.defaultChild && (node as s3.CfnBucket).addPropertyOverride('VersioningConfiguration.Status', 'Enabled') });
    expect(synth).not.toThrow();
  });

  test('gives all its problems at once', () => {
    const bucket = new s3.Bucket(stack, 'Bucket', { versioned: true });
    const vault = new backup.BackupVault(stack, 'Vault', { lockConfiguration: { minRetention: Duration.days(30), maxRetention: Duration.days(60) } });
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    backUp({ source: BackupSource.fromS3Bucket(bucket), vault, role, deleteAfter: Duration.days(7) });
    (bucket.node.defaultChild as s3.CfnBucket).addPropertyDeletionOverride('VersioningConfiguration');
    expect(synth).toThrow(new RegExp([
      '\\[Stack/Backup\\] source: got Stack/Bucket/Resource \\(S3\\) with VersioningConfiguration missing\\..*',
      '.*\\[Stack/Backup\\] role: got Stack/Role/Resource, which only others can assume\\..*',
      '.*\\[Stack/Backup\\] deleteAfter: got 7 days in Stack/Vault/Resource, which keeps them 30 to 60 days\\..*',
    ].join('\n')));
  });

  test('is found in other stacks', () => {
    const other = new Stack(app, 'Other', { env: ENV });
    const role = new iam.Role(other, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    backUp({ source: BackupSource.fromS3Bucket(new s3.Bucket(other, 'Bucket')), role });
    expect(synth).toThrow(/source: got Other\/Bucket\/Resource \(S3\)[^]*role: got Other\/Role\/Resource/);
  });

  test('is checked against the air-gapped vault', () => {
    const gap = new backup.CfnLogicallyAirGappedBackupVault(stack, 'Gap', { backupVaultName: 'gap', minRetentionDays: 7, maxRetentionDays: 30 });
    backUp({ logicallyAirGappedVault: gap });
    expect(synth).toThrow(/deleteAfter: got nothing, which keeps recovery points for ever, in Stack\/Gap, which keeps them 7 to 30 days/);
  });

  test('is checked for Windows VSS', () => {
    const instance = new ec2.CfnInstance(stack, 'Instance', { instanceType: 't3.micro' });
    backUp({ source: BackupSource.fromEc2Instance(instance), backupOptions: { windowsVss: true } });
    expect(synth).toThrow(/source: got Stack\/Instance \(EC2\) with InstanceType t3\.micro/);
  });

  test('must outlive the stack', () => {
    backUp();
    RemovalPolicies.of(stack).destroy();
    expect(synth).toThrow(/vault: got Stack\/OnDemandBackupVault\/Resource with DeletionPolicy Delete and UpdateReplacePolicy Delete[^]*role: got Stack\/OnDemandBackupRole\/Resource with/);
  });

  test('and what gates have made of it', () => {
    const gated = new CfnResource(stack, 'Gated', { type: 'AWS::SNS::Topic' });
    const late = backUp({ idempotencyToken: 'mine', completionWindow: Duration.minutes(30) });
    late.executeBefore(gated);
    expect(synth).toThrow(new RegExp('\\[Stack/Backup\\] completionWindow: got 30 minutes with a startWindow of 1 hour, which is sent when the deployment waits[^]*'
      + "\\[Stack/Backup\\] idempotencyToken: got 'mine' with the trigger BEFORE_CHANGES_OF"));
  });

  test('is left alone where nothing is rendered', () => {
    backUp({ enabled: false, source: BackupSource.fromS3Bucket(new s3.Bucket(stack, 'Bucket')) });
    expect(synth).not.toThrow();
  });
});

describe('warnings', () => {
  const ID = 'cdk-on-demand-backup::RoleDeleted';
  const EARLY = 'cdk-on-demand-backup::ColdStorageNeedsAdvancedFeatures';
  const odd = () => backUp({
    role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('backup.amazonaws.com') }),
    deleteAfter: Duration.days(100),
    moveToColdStorageAfter: Duration.days(1),
  });

  test('are annotations of the backup, told once', () => {
    odd();
    synth();
    app.synth({ force: true });
    expect(warnings()).toEqual([`/Stack/Backup ${EARLY}`, `/Stack/Backup ${ID}`]);
    Annotations.fromStack(stack).hasWarning('/Stack/Backup', Match.stringLikeRegexp('role: got Stack/Role/Resource with DeletionPolicy .* See https://docs.aws.amazon.com/'));
  });

  test.each<[string, (backup: OnDemandBackup) => any]>([['the backup', (each) => each], ['its stack', () => stack], ['the app', () => app]])('can be acknowledged on %s', (_, on) => {
    Validations.of(on(odd())).acknowledge({ id: ID, reason: 'r' }, { id: EARLY, reason: 'r' });
    expect(warnings()).toEqual([]);
  });

  test('can be acknowledged before there is a backup', () => {
    Validations.of(stack).acknowledge({ id: ID, reason: 'r' }, { id: EARLY, reason: 'r' });
    odd();
    expect(warnings()).toEqual([]);
  });

  test('about custom resources that are retained name them', () => {
    const one = backUp({ deleteAfter: Duration.days(35) });
    RemovalPolicies.of(one).retain();
    expect(warnings()).toEqual(['/Stack/Backup cdk-on-demand-backup::BackupRetained']);
  });

  test('about repeating backups that are kept for ever come for gates too', () => {
    backUp().executeBefore(new CfnResource(stack, 'Gated', { type: 'AWS::SNS::Topic' }));
    expect(warnings()).toEqual(['/Stack/Backup cdk-on-demand-backup::RepeatingKeepsForever']);
  });
});
