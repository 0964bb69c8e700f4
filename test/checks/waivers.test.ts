import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { check, synthQuietly } from './check';
import { BackupRule, BackupRuleExemption, BackupSource, OnDemandBackup, OnDemandBackupChecks } from '../../src';
import { table } from '../support/shop';

const ID = 'cdk-on-demand-backup::ResourceProtected';

function acknowledge(construct: Construct, id = ID): void {
  Validations.of(construct).acknowledge({ id, reason: 'a cache' });
}

function tables(app: App, ids: string[], stackId = 'Shop') {
  const stack = new Stack(app, stackId);
  return { stack, ...Object.fromEntries(ids.map((id) => [id, table(stack, id)])) } as Record<string, Construct>;
}

describe('acknowledgements', () => {
  test('hold for the construct that they are on, and for nothing beside it', () => {
    const { found, report } = check({ protectedResources: {} }, (app) => {
      acknowledge(tables(app, ['A', 'B']).A);
      tables(app, ['A'], 'Other');
    });
    expect(found).toEqual(['ResourceProtected Other/A', 'ResourceProtected Shop/B']);
    expect(report.findings.filter(({ status }: any) => status === 'waived')).toEqual([
      expect.objectContaining({ path: 'Shop/A', waiver: { by: 'acknowledgement', reason: 'a cache', path: 'Shop/A' } }),
    ]);
  });

  test('hold for what is in the construct', () => {
    const { found } = check({ protectedResources: {} }, (app) => {
      const stack = new Stack(app, 'Shop');
      const group = new Construct(stack, 'Group');
      acknowledge(group);
      table(group as never, 'In');
      table(stack, 'Beside');
    });
    expect(found).toEqual(['ResourceProtected Shop/Beside']);
  });

  test('of one rule say nothing about another', () => {
    const { found } = check({ protectedResources: {} }, (app) => acknowledge(tables(app, ['A']).A, 'cdk-on-demand-backup::FinalBackup'));
    expect(found).toEqual(['ResourceProtected Shop/A']);
  });

  test('of one finding by its full id hold for just that', () => {
    const { found } = check({ protectedResources: {} }, (app) => {
      const { stack } = tables(app, ['A', 'B']);
      acknowledge(stack, 'cdk-on-demand-backup::ResourceProtected[Shop/A]');
    });
    expect(found).toEqual(['ResourceProtected Shop/B']);
  });

  test('do not count for what no team may waive', () => {
    const { found, success, violations } = check({ protectedResources: {}, fatal: [BackupRule.RESOURCE_PROTECTED] }, (app) => {
      const { A } = tables(app, ['A']);
      acknowledge(A);
      acknowledge(A, 'cdk-on-demand-backup::ResourceProtected[Shop/A]');
    });
    expect(found).toEqual(['ResourceProtected Shop/A']);
    expect(violations[0].severity).toBe('fatal');
    expect(success).toBe(false);
  });

  test('of everything leave a success', () => {
    const { success, found } = check({ protectedResources: {} }, (app) => acknowledge(tables(app, ['A', 'B']).stack));
    expect({ success, found }).toEqual({ success: true, found: [] });
  });

  test('work for paths with brackets', () => {
    const { found } = check({ protectedResources: {} }, (app) => {
      const stack = new Stack(app, 'Shop');
      table(stack, 'a]b{');
      acknowledge(table(stack, 'c[1]'));
    });
    expect(found).toEqual(['ResourceProtected Shop/a_b_']);
  });
});

describe('exemptions', () => {
  const exemption = (props: Partial<BackupRuleExemption> = {}): BackupRuleExemption => ({
    rule: BackupRule.RESOURCE_PROTECTED, path: 'Shop/A', reason: 'moves in May', ticket: 'OPS-17', expires: '2026-05-31', ...props,
  });
  const withExemption = (today: string, ...exemptions: BackupRuleExemption[]) => {
    jest.useFakeTimers({ now: new Date(today), doNotFake: ['setImmediate', 'nextTick'] });
    try {
      return check({ protectedResources: {}, fatal: [BackupRule.RESOURCE_PROTECTED], exemptions }, (app) => void tables(app, ['A', 'AB']));
    } finally {
      jest.useRealTimers();
    }
  };

  test('hold until the end of their last day, also from what is fatal', () => {
    const { found, report } = withExemption('2026-05-31T23:59:59Z', exemption());
    expect(found).toEqual(['ResourceProtected Shop/AB']);
    expect(report.findings[0].waiver).toEqual({ by: 'exemption', reason: 'moves in May', path: 'Shop/A', ticket: 'OPS-17', expires: '2026-05-31' });
  });

  test('are findings when they have expired', () => {
    const { found, success } = withExemption('2026-06-01T00:00:00Z', exemption());
    expect(found).toEqual(['ExemptionExpired Shop/A', 'ResourceProtected Shop/A', 'ResourceProtected Shop/AB']);
    expect(success).toBe(false);
  });

  test('for other apps, rules and constructs change nothing', () => {
    const all = ['ResourceProtected Shop/A', 'ResourceProtected Shop/AB'];
    expect(withExemption('2026-06-01T00:00:00Z', exemption({ path: 'Elsewhere/A' })).found).toEqual(all);
    expect(withExemption('2026-05-01T00:00:00Z', exemption({ rule: BackupRule.FINAL_BACKUP })).found).toEqual(all);
  });

  test.each([
    [{ reason: ' ' }, /for 'Shop\/A' with an empty reason/],
    [{ ticket: '' }, /for 'Shop\/A' with an empty ticket/],
    [{ expires: '2026-02-30' }, /expires '2026-02-30'\. An exemption ends on a day, written as YYYY-MM-DD/],
    [{ expires: 'soon' }, /expires 'soon'\. An exemption ends on a day, written as YYYY-MM-DD/],
  ])('need a reason, a ticket and a day (%#)', (props, message) => {
    expect(() => new OnDemandBackupChecks({ exemptions: [exemption(props)] })).toThrow(message);
  });
});

test('a severity for a rule that is off, or in two lists, is refused', () => {
  expect(() => new OnDemandBackupChecks({ fatal: [BackupRule.GATES_WAIT] })).toThrow(/got GatesWait, which is not on/);
  expect(() => new OnDemandBackupChecks({ gatesWait: true, fatal: [BackupRule.GATES_WAIT], warnings: [BackupRule.GATES_WAIT] })).toThrow(/got GatesWait in both/);
});

test('a rule that only warns fails nothing', () => {
  const { success, violations } = check({ protectedResources: {}, warnings: [BackupRule.RESOURCE_PROTECTED] }, (app) => void tables(app, ['A']));
  expect(success).toBe(true);
  expect(violations.map(({ severity }) => severity)).toEqual(['warning']);
});

test('in report-only mode everything is told and nothing fails', () => {
  const { success, violations, report } = check({ protectedResources: {}, fatal: [BackupRule.RESOURCE_PROTECTED], reportOnly: true },
    (app) => void tables(app, ['A']));
  expect(success).toBe(true);
  expect(violations.map(({ ruleName, severity }) => [ruleName, severity])).toEqual([['ResourceProtected[Shop/A]', 'warning']]);
  expect(report.reportOnly).toBe(true);
  expect(report.findings[0]).toMatchObject({ severity: 'fatal', status: 'open' });
});

test('a rule that throws is reported as such, and the others go on', () => {
  const { found, success, violations, report } = check({ protectedResources: {}, gatesWait: true, retentionSaid: true }, (app) => {
    const { stack } = tables(app, ['A']);
    const broken = new OnDemandBackup(stack as Stack, 'Broken', { source: BackupSource.fromArn('arn:aws:s3:::bucket') });
    new OnDemandBackup(stack as Stack, 'Whole', { source: BackupSource.fromArn('arn:aws:s3:::bucket2') });
    const gated = Object.getOwnPropertyDescriptor(OnDemandBackup.prototype, 'gatedConstructs')!.get!;
    let synthesized = false;
    Object.defineProperty(broken, 'gatedConstructs', { get: () => { if (synthesized) { throw new Error('another version'); } return gated.call(broken); } });
    broken.node.addValidation({ validate: () => { synthesized = true; return []; } });
  });
  expect(found).toEqual(['CouldNotRun Shop/Broken', 'ResourceProtected Shop/A', 'RetentionSaid Shop/Broken', 'RetentionSaid Shop/Whole']);
  const failed = violations.find(({ ruleName }) => ruleName.startsWith('CouldNotRun'))!;
  expect(failed).toMatchObject({ severity: 'warning', description: expect.stringContaining('GatesWait could not run: another version') });
  expect(success).toBe(false);
  expect(report.backups).toEqual(expect.arrayContaining([{ path: 'Shop/Broken', error: 'another version' }]));
});

test('where nothing can be read, that is reported, and nobody is blocked', () => {
  const app = new App();
  const stack = new Stack(app, 'Shop');
  table(stack);
  app.synth();
  const report = new OnDemandBackupChecks({ protectedResources: {} }).validate({ appConstruct: app, templatePaths: [path.join(app.outdir, 'Shop.template.json')] });
  expect(report.violations).toHaveLength(1);
  fs.writeFileSync(path.join(app.outdir, 'Shop.template.json'), 'no json');
  const broken = new OnDemandBackupChecks({ protectedResources: {} }).validate({ appConstruct: app, templatePaths: [path.join(app.outdir, 'Shop.template.json')] });
  expect(broken).toMatchObject({ success: true, violations: [{ ruleName: 'CouldNotRun[Shop]', severity: 'warning' }] });
});

test('registered for a stage, only its stacks are looked at', () => {
  const app = new App();
  const stages = ['Dev', 'Prod'].map((id) => new Stage(app, id));
  stages.forEach((stage) => table(new Stack(stage, 'Shop')));
  Validations.of(stages[1]).addPlugins(new OnDemandBackupChecks({ protectedResources: {} }));
  synthQuietly(app);
  const report = JSON.parse(fs.readFileSync(path.join(app.outdir, 'on-demand-backup-report.json'), 'utf8'));
  expect(report.findings.map(({ path: at }: any) => at)).toEqual(['Prod/Shop/Orders']);
});

test('a second synthesis into the same folder replaces the report, though CDK lets no plugin change a file', async () => {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'odb-checks-'));
  const read = () => JSON.parse(fs.readFileSync(path.join(outdir, 'on-demand-backup-report.json'), 'utf8')).resources.map(({ path: at }: any) => at);
  check({}, (app) => void tables(app, ['A']), { outdir });
  expect(read()).toEqual(['Shop/A']);
  check({}, (app) => void tables(app, ['A', 'B']), { outdir });
  await new Promise(setImmediate);
  expect(read()).toEqual(['Shop/A', 'Shop/B']);
  fs.rmSync(outdir, { recursive: true });
});
