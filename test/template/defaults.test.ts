import { App, Duration, IPropertyInjector, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import { BackupSource, OnDemandBackup, OnDemandBackupDefaults, OnDemandBackupProps } from '../../src';
import { table } from '../support/shop';

const DEFAULTS = new OnDemandBackupDefaults({
  vaultName: 'company-vault',
  roleName: 'service/company-backup',
  deleteAfter: Duration.days(35),
  recoveryPointTags: { 'owner': 'platform', 'cost-center': '1' },
});

function propertiesOf(props: Partial<OnDemandBackupProps>, injector: IPropertyInjector = DEFAULTS): Record<string, any> {
  const app = new App();
  PropertyInjectors.of(app).add(injector);
  const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
  new OnDemandBackup(stack, 'Backup', { source: BackupSource.fromDynamoDbTable(table(stack)), ...props });
  return Object.values(Template.fromStack(stack).findResources('Custom::OnDemandBackup'))[0]?.Properties as Record<string, any>;
}

test('a backup gets what it does not say', () => {
  expect(propertiesOf({})).toMatchObject({
    BackupVaultName: 'company-vault',
    IamRoleArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:role/service/company-backup']] },
    Lifecycle: { DeleteAfterDays: 35 },
    RecoveryPointTags: { 'owner': 'platform', 'cost-center': '1' },
  });
});

test('what it says wins, and its tags are added', () => {
  const own = propertiesOf({ deleteAfter: Duration.days(7), recoveryPointTags: { 'cost-center': '2', 'release': '1' } });
  expect(own).toMatchObject({ Lifecycle: { DeleteAfterDays: 7 }, RecoveryPointTags: { 'owner': 'platform', 'cost-center': '2', 'release': '1' } });
  expect(propertiesOf({ keepForever: true }).Lifecycle).toBeUndefined();
});

test('guards get them too, and stay guards', () => {
  const app = new App({ propertyInjectors: [DEFAULTS] });
  const stack = new Stack(app, 'Shop');
  OnDemandBackup.guard(table(stack), { finalBackup: true });
  const template = Template.fromStack(stack);
  const [guard] = Object.values(template.findResources('Custom::OnDemandBackup'));
  expect(guard.Properties).toMatchObject({ BackupVaultName: 'company-vault', OnDemandBackup: { SourceLogicalId: expect.stringMatching(/^Orders/) } });
  expect(guard.Properties.ResourceArn).toBeUndefined();
  template.resourceCountIs('AWS::Backup::BackupVault', 0);
});

test('an injector that gives back no symbols, as from another language, leaves a guard a guard', () => {
  const injector: IPropertyInjector = {
    constructUniqueId: OnDemandBackup.PROPERTY_INJECTION_ID,
    inject: (props) => Object.fromEntries(Object.entries({ ...props, deleteAfter: Duration.days(9) })),
  };
  const app = new App({ propertyInjectors: [injector] });
  const stack = new Stack(app, 'Shop');
  OnDemandBackup.guard(table(stack));
  const [guard] = Object.values(Template.fromStack(stack).findResources('Custom::OnDemandBackup'));
  expect(guard.Properties).toMatchObject({ Lifecycle: { DeleteAfterDays: 9 }, OnDemandBackup: { SourceLogicalId: expect.anything() } });
});

test('an injector that asks for an output of every backup leaves a guard of the deletion without one', () => {
  const stack = new Stack(new App(), 'Stack');
  PropertyInjectors.of(stack).add({ constructUniqueId: OnDemandBackup.PROPERTY_INJECTION_ID, inject: (props) => ({ ...props, jobIdOutput: true }) });
  OnDemandBackup.guard(table(stack), { beforeChange: false, finalBackup: true });
  expect(Template.fromStack(stack).toJSON()).not.toHaveProperty('Outputs');
});

test('an environment can go without backups', () => {
  expect(propertiesOf({}, new OnDemandBackupDefaults({ enabled: false }))).toBeUndefined();
  expect(propertiesOf({ enabled: true }, new OnDemandBackupDefaults({ enabled: false }))).toBeDefined();
});

test('the nearest scope wins as a whole', () => {
  const app = new App({ propertyInjectors: [DEFAULTS] });
  const stack = new Stack(app, 'Shop', { propertyInjectors: [new OnDemandBackupDefaults({ deleteAfter: Duration.days(90) })] });
  const { vault, deleteAfter, recoveryPointTags } = OnDemandBackup.guard(table(stack));
  expect(deleteAfter?.toDays()).toBe(90);
  expect(recoveryPointTags).toBeUndefined();
  expect(stack.resolve(vault.backupVaultRef.backupVaultName)).not.toBe('company-vault');
});

test('a vault or role that is given twice is refused', () => {
  const vault = backup.BackupVault.fromBackupVaultName(new Stack(), 'Vault', 'v');
  expect(() => new OnDemandBackupDefaults({ vault, vaultName: 'w' })).toThrow(/got vault and vaultName\./);
});
