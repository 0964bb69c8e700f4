import * as fs from 'fs';
import * as path from 'path';
import Ajv from 'ajv';
import { App, CfnCondition, Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import { check } from './check';
import { BackupCompletion, BackupIndex, BackupProblemAction, BackupRule, BackupSource, BackupTimeoutAction, BackupTrigger, OnDemandBackup } from '../../src';
import { APPS, appWith } from '../nag/apps';
import { table } from '../support/shop';

function schema(name: string): object {
  return JSON.parse(fs.readFileSync(path.join(__dirname, '..', '..', 'docs', `${name}.schema.json`), 'utf8'));
}

/** A schema in which nothing may be that it does not describe: for the public one a newer property is no error. */
function strict(name: string): any {
  const definitions = (schema(name) as any).definitions;
  const known = (...names: string[]) => names.flatMap((each) => Object.keys(definitions[each].properties));
  return { definitions, known };
}

/** The custom resources in the templates of an app. */
function resourcesOf(app: App): any[] {
  const assembly = app.synth();
  return assembly.stacks.flatMap(({ template }) => Object.values<any>(template.Resources)).filter(({ Type }) => Type.startsWith('Custom::OnDemandBackup'));
}

function everything(): App {
  const app = new App({ context: { 'cdk-on-demand-backup:skip': 'OPS-17' } });
  const stack = new Stack(app, 'Shop');
  new OnDemandBackup(stack, 'Backup', {
    source: BackupSource.fromArn('arn:aws:s3:::bucket'),
    trigger: BackupTrigger.onChangeOf('1', Fn.ref('AWS::StackName')),
    startWindow: Duration.hours(2),
    completionWindow: Duration.days(2),
    deleteAfter: Duration.days(365),
    recoveryPointTags: { release: '1' },
    backupOptions: { backupAcls: false },
    index: BackupIndex.DISABLED,
    logicallyAirGappedVault: backup.CfnLogicallyAirGappedBackupVault.fromBackupVaultName(stack, 'AirGapped', 'air-gapped'),
    onFailure: BackupProblemAction.WARN,
    completion: BackupCompletion.waitFor({
      timeout: Duration.hours(2),
      onTimeout: BackupTimeoutAction.STOP_JOB_AND_FAIL,
      onPartial: BackupProblemAction.WARN,
      onIssues: BackupProblemAction.FAIL,
    }),
  });
  const conditional = table(stack, 'Conditional');
  conditional.applyRemovalPolicy(RemovalPolicy.DESTROY);
  (conditional.node.defaultChild as any).cfnOptions.condition = new CfnCondition(stack, 'Wanted', { expression: Fn.conditionEquals('a', 'b') });
  OnDemandBackup.guard(conditional, { deleteAfter: Duration.days(35), finalBackup: true, completion: BackupCompletion.waitFor({ timeout: Duration.hours(3) }) });
  return app;
}

test.each([...Object.keys(APPS).map((name) => [name, () => appWith(name, false)] as const), ['everything', everything] as const])(
  'the custom resources of %s are as the schema says', (_, build) => {
    const validate = new Ajv({ allErrors: true }).compile(schema('custom-resource'));
    const resources = resourcesOf(build());
    expect(resources.length).toBeGreaterThan(0);
    expect(resources.flatMap((resource) => validate(resource) ? [] : validate.errors)).toEqual([]);
  });

test('the schema describes every property that the library renders', () => {
  const { definitions, known } = strict('custom-resource');
  const described: { readonly [type: string]: { readonly properties: string[]; readonly extension: string[] } } = {
    'Custom::OnDemandBackup': {
      properties: [...known('common', 'request'), 'OnDemandBackup'],
      extension: [...known('waitSettings', 'gate'), ...Object.keys(definitions.backup.properties.Properties.properties.OnDemandBackup.properties)],
    },
    'Custom::OnDemandBackupWait': {
      properties: [...known('common', 'request'), 'OnDemandBackup'],
      extension: [...known('waitSettings', 'gate'), ...Object.keys(definitions.wait.properties.Properties.properties.OnDemandBackup.properties)],
    },
    'Custom::OnDemandBackupFinal': {
      properties: [...known('common'), 'OnDemandBackup'],
      extension: Object.keys(definitions.final.properties.Properties.properties.OnDemandBackup.properties),
    },
  };
  const seen = [everything(), ...Object.keys(APPS).map((name) => appWith(name, false))].flatMap(resourcesOf);
  expect(new Set(seen.map(({ Type }) => Type))).toEqual(new Set(Object.keys(described)));
  for (const { Type, Properties } of seen) {
    expect(described[Type].properties).toEqual(expect.arrayContaining(Object.keys(Properties)));
    expect(described[Type].extension).toEqual(expect.arrayContaining(Object.keys(Properties.OnDemandBackup)));
  }
});

test.each([
  ['another version', (resource: any) => { resource.Properties.OnDemandBackup.Version = '2'; }],
  ['no vault', (resource: any) => { delete resource.Properties.BackupVaultName; }],
  ['another word for a mode', (resource: any) => { resource.Properties.OnDemandBackup.Completion = 'WAIT'; }],
  ['a retention under another name', (resource: any) => { resource.Properties.Lifecycle = { DeleteAfter: 1 }; }],
])('the schema refuses %s', (_, change) => {
  const [resource] = resourcesOf(appWith('minimal', false));
  change(resource);
  expect(new Ajv().compile(schema('custom-resource'))(resource)).toBe(false);
});

test('the report is as its schema says', () => {
  const { report } = check({
    protectedResources: {},
    finalBackups: true,
    retentionSaid: true,
    exemptions: [{ rule: BackupRule.FINAL_BACKUP, path: 'Shop', reason: 'moves', ticket: 'OPS-17', expires: '2999-12-31' }],
  }, (app) => {
    const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });
    table(stack, 'Bare').applyRemovalPolicy(RemovalPolicy.DESTROY);
    OnDemandBackup.guard(table(stack, 'Guarded'), { deleteAfter: Duration.days(35), finalBackup: true, recoveryPointTags: { a: 'b' } });
    new OnDemandBackup(stack, 'Other', { source: BackupSource.fromArn('arn:aws:s3:::bucket') });
    Object.defineProperty(new OnDemandBackup(stack, 'Broken', { source: BackupSource.fromArn('arn:aws:s3:::bucket2') }), 'finalBackup', {
      get: () => { throw new Error('another version'); },
    });
  });
  const validate = new Ajv({ allErrors: true }).compile(schema('on-demand-backup-report'));
  expect(validate(report) ? [] : validate.errors).toEqual([]);
  expect(report.findings.map(({ status }: any) => status).sort()).toEqual(expect.arrayContaining(['open', 'waived']));
  expect(report.backups.filter(({ error }: any) => error)).toHaveLength(1);
  expect(validate({ ...report, version: '2' })).toBe(false);
  expect(validate({ ...report, resources: [{ path: 'x' }] })).toBe(false);
});
