import { App, CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { check } from './check';
import {
  BackupCompletion,
  BackupProblemAction,
  BackupSource,
  BackupTimeoutAction,
  BackupTrigger,
  OnDemandBackup,
  OnDemandBackupChecksProps,
  OnDemandBackupProps,
} from '../../src';
import { table } from '../support/shop';

const source = BackupSource.fromArn('arn:aws:dynamodb:eu-west-1:111122223333:table/orders');
const migration = (stack: Stack) => new CfnResource(stack, 'Migration', { type: 'Custom::Migration' });

type Build = (stack: Stack) => Partial<OnDemandBackupProps>;

/** What is found in an app with one backup. */
function found(props: OnDemandBackupChecksProps, build: Build = () => ({})): string[] {
  return check(props, (app) => {
    const stack = new Stack(app, 'Shop');
    new OnDemandBackup(stack, 'Backup', { source, ...build(stack) });
  }).violations.map(({ description }) => description.replace('Shop/Backup: got ', ''));
}

test('no rule is on unless it is asked for', () => {
  expect(found({}, () => ({ trigger: BackupTrigger.everyDeployment('1') }))).toEqual([]);
});

test.each<[string, Build, string | undefined]>([
  ['the default of a gate', (stack) => ({ executeBefore: [migration(stack)] }), undefined],
  ['a longer wait', (stack) => ({ executeBefore: [migration(stack)], completion: BackupCompletion.waitFor({ timeout: Duration.hours(3) }) }), undefined],
  ['no gate', () => ({ completion: BackupCompletion.fireAndForget() }), undefined],
  ['only a start', (stack) => ({ executeBefore: [migration(stack)], completion: BackupCompletion.confirmStart() }), 'completion CONFIRM_START'],
  ['a lenient failure', (stack) => ({ executeBefore: [migration(stack)], onFailure: BackupProblemAction.WARN }), 'onFailure WARN'],
  ['a lenient timeout and part', (stack) => ({
    executeBefore: [migration(stack)],
    completion: BackupCompletion.waitFor({ onTimeout: BackupTimeoutAction.WARN, onPartial: BackupProblemAction.WARN }),
  }), 'onTimeout WARN and onPartial WARN'],
])('a gate with %s', (_, build, expected) => {
  expect(found({ gatesWait: true }, build))
    .toEqual(expected === undefined ? [] : [`a gate with ${expected}. What a backup gates has to wait until the backup is COMPLETED.`]);
});

test('a gate that was opened later counts too', () => {
  const { found: ids } = check({ gatesWait: true }, (app) => {
    const stack = new Stack(app, 'Shop');
    new OnDemandBackup(stack, 'Backup', { source, completion: BackupCompletion.confirmStart() }).executeBefore(migration(stack));
  });
  expect(ids).toEqual(['GatesWait Shop/Backup']);
});

test.each<[string, OnDemandBackupChecksProps, Build, RegExp | undefined]>([
  ['said', { retentionSaid: true }, () => ({ deleteAfter: Duration.days(1) }), undefined],
  ['said to be for ever', { retentionSaid: true }, () => ({ keepForever: true }), undefined],
  ['not said', { retentionSaid: true }, () => ({}), /^neither deleteAfter nor keepForever/],
  ['too short', { minRetention: Duration.days(30) }, () => ({ deleteAfter: Duration.days(29) }), /^29 days, expected at least 30/],
  ['just long enough', { minRetention: Duration.days(30) }, () => ({ deleteAfter: Duration.days(30) }), undefined],
  ['for ever, with a lower bound', { minRetention: Duration.days(30) }, () => ({}), undefined],
  ['too long', { maxRetention: Duration.days(30) }, () => ({ deleteAfter: Duration.days(31) }), /^31 days, expected at most 30/],
  ['just short enough', { maxRetention: Duration.days(30) }, () => ({ deleteAfter: Duration.days(30) }), undefined],
  ['for ever, with an upper bound', { maxRetention: Duration.days(30) }, () => ({ keepForever: true }), /^for ever, expected at most 30 days/],
])('a retention that is %s', (_, props, build, expected) => {
  const findings = found(props, build);
  expect(findings).toEqual(expected === undefined ? [] : [expect.stringMatching(expected)]);
});

test('what the template says counts, also against the props', () => {
  const { found: ids } = check({ minRetention: Duration.days(30) }, (app) => {
    const construct = new OnDemandBackup(new Stack(app, 'Shop'), 'Backup', { source, deleteAfter: Duration.days(35) });
    (construct.node.findChild('Resource') as CfnResource).addPropertyOverride('Lifecycle.DeleteAfterDays', 7);
  });
  expect(ids).toEqual(['RetentionAtLeast Shop/Backup']);
});

test('guards are backups too, also those that only make a final one', () => {
  const { found: ids } = check({ minRetention: Duration.days(30) }, (app) => {
    const stack = new Stack(app, 'Shop');
    OnDemandBackup.guard(table(stack, 'A'), { deleteAfter: Duration.days(7) });
    OnDemandBackup.guard(table(stack, 'B'), { deleteAfter: Duration.days(7), beforeChange: false, finalBackup: true });
    OnDemandBackup.guard(table(stack, 'C'), { deleteAfter: Duration.days(7), enabled: false });
  });
  expect(ids).toEqual(['RetentionAtLeast Shop/A/BackupGuard', 'RetentionAtLeast Shop/B/BackupGuard']);
});

const importedVault: Build = (stack) => ({ vault: backup.BackupVault.fromBackupVaultName(stack, 'Imported', 'company-vault') });

test.each<[string, OnDemandBackupChecksProps, Build, string | undefined]>([
  ['imported by a name that is allowed', { allowedVaultNames: ['company-vault'] }, importedVault, undefined],
  ['imported by another name', { allowedVaultNames: ['other'] }, importedVault, 'vault company-vault'],
  ['the default one', { allowedVaultNames: ['company-vault'] }, () => ({}), 'vault Shop/OnDemandBackupVault'],
  ['defined here with a name that is allowed', { allowedVaultNames: ['own'] },
    (stack) => ({ vault: new backup.BackupVault(stack, 'Own', { backupVaultName: 'own' }) }), undefined],
])('a vault that is %s', (_, props, build, expected) => {
  expect(found(props, build)).toEqual(expected === undefined ? [] : [`${expected}. A backup has to go into a vault that is allowed.`]);
});

test('a vault is the same from another stack and by its name', () => {
  const app = new App();
  const vault = new backup.BackupVault(new Stack(app, 'Vaults'), 'Vault', { backupVaultName: 'company-vault' });
  expect(found({ allowedVaults: [vault] }, importedVault)).toEqual([]);
  const { found: ids } = check({ allowedVaultNames: [] }, (checked) => {
    const shared = new backup.BackupVault(new Stack(checked, 'Vaults'), 'Vault');
    new OnDemandBackup(new Stack(checked, 'Shop'), 'Backup', { source, vault: shared });
  });
  expect(ids).toEqual(['VaultAllowed Shop/Backup']);
});

const locked = { lockConfiguration: { minRetention: Duration.days(7) } };

test.each<[string, OnDemandBackupChecksProps, Build, string | undefined]>([
  ['with a lock', {}, (stack) => ({ vault: new backup.BackupVault(stack, 'Own', locked), deleteAfter: Duration.days(35) }), undefined],
  ['without', {}, (stack) => ({ vault: new backup.BackupVault(stack, 'Own') }), 'vault Shop/Own, which has no lock'],
  ['that is not defined here', {}, importedVault,
    'vault company-vault, which this app does not define: name it in lockedVaultNames if it has a lock'],
  ['that is known to have one', { lockedVaultNames: ['company-vault'] }, importedVault, undefined],
  ['beside an air-gapped one', {}, (stack) => ({
    deleteAfter: Duration.days(35),
    logicallyAirGappedVault: backup.CfnLogicallyAirGappedBackupVault.fromBackupVaultName(stack, 'AirGapped', 'air-gapped'),
  }), undefined],
])('a vault %s', (_, props, build, expected) => {
  expect(found({ lockedVault: true, ...props }, build))
    .toEqual(expected === undefined ? [] : [`${expected}. A backup has to go into a vault with a vault lock, or into a logically air-gapped one.`]);
});

test('tags of recovery points', () => {
  const props = { requiredRecoveryPointTags: ['team', 'cost-center'] };
  expect(found(props, () => ({ recoveryPointTags: { 'team': 'shop', 'cost-center': '4711', 'x': 'y' } }))).toEqual([]);
  expect(found(props, () => ({ recoveryPointTags: { team: 'shop' } }))).toEqual([expect.stringMatching(/^no cost-center\./)]);
  expect(found(props)).toEqual([expect.stringMatching(/^no team, cost-center\./)]);
});

test('vaults and roles that go with their stack', () => {
  const own: (policy: RemovalPolicy) => Build = (policy) => (stack) => ({
    vault: new backup.BackupVault(stack, 'Own', { removalPolicy: policy }),
    role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('backup.amazonaws.com') }),
  });
  const props = { vaultAndRoleRetained: true };
  expect(found(props)).toEqual([]);
  expect(found(props, importedVault)).toEqual([]);
  expect(found(props, own(RemovalPolicy.DESTROY)))
    .toEqual([expect.stringMatching(/^Shop\/Own with DeletionPolicy Delete and Shop\/Role with DeletionPolicy missing\./)]);
  expect(found(props, own(RemovalPolicy.RETAIN))).toEqual([expect.stringMatching(/^Shop\/Role with DeletionPolicy missing\./)]);
});

test('a backup on every deployment', () => {
  expect(found({ notEveryDeployment: true }, () => ({ trigger: BackupTrigger.everyDeployment('1') }))).toEqual([expect.stringMatching(/^trigger EVERY_DEPLOYMENT/)]);
  expect(found({ notEveryDeployment: true }, () => ({ trigger: BackupTrigger.onChangeOf('1') }))).toEqual([]);
});

test('a skip whose reason does not name a ticket', () => {
  const skipping = (reason?: string) => check({ skipReasonPattern: '^OPS-[0-9]+' }, (app) => {
    new OnDemandBackup(new Stack(app, 'Shop'), 'Backup', { source });
  }, { context: reason === undefined ? {} : { 'cdk-on-demand-backup:skip': reason } }).found;
  expect(skipping()).toEqual([]);
  expect(skipping('OPS-17: AWS Backup is down')).toEqual([]);
  expect(skipping('in a hurry')).toEqual(['SkipReason Shop/Backup']);
});

test.each<[OnDemandBackupChecksProps, RegExp]>([
  [{ minRetention: Duration.days(31), maxRetention: Duration.days(30) }, /minRetention: got 31 days, which is more than maxRetention, 30 days/],
  [{ skipReasonPattern: '(' }, /skipReasonPattern: got '\('\. .*Invalid regular expression/],
])('rules that cannot be meant are refused (%#)', (props, message) => {
  expect(() => found(props)).toThrow(message);
});
