import * as fs from 'fs';
import * as path from 'path';
import { App, AppProps, Validations } from 'aws-cdk-lib';
import { OnDemandBackupChecks, OnDemandBackupChecksProps } from '../../src';

export interface ReportedViolation {
  readonly ruleName: string;
  readonly severity: string;
  readonly description: string;
  readonly suggestedFix: string;
  readonly violatingConstructs: { readonly constructPath: string; readonly stackTraces?: string[] }[];
}

export interface Checked {
  readonly app: App;
  /** What CDK reports of the plugin, after its own suppressions. */
  readonly violations: ReportedViolation[];
  /** `rule path` of each violation. */
  readonly found: string[];
  /** Whether CDK takes the synthesis for a success. */
  readonly success: boolean;
  /** `on-demand-backup-report.json`. */
  readonly report: any;
}

/** Synthesizes an app with the checks, and reads what CDK made of them: some versions throw, others only set an exit code. */
export function check(props: OnDemandBackupChecksProps, build: (app: App) => void, appProps: AppProps = {}): Checked {
  const app = new App(appProps);
  Validations.of(app).addPlugins(new OnDemandBackupChecks(props));
  build(app);
  synthQuietly(app);
  const { pluginReports } = JSON.parse(fs.readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8'));
  const ours = pluginReports.find(({ pluginName }: { pluginName: string }) => pluginName === 'cdk-on-demand-backup');
  const violations: ReportedViolation[] = ours?.violations ?? [];
  return {
    app,
    violations,
    found: violations.map(({ ruleName }) => ruleName.replace('[', ' ').replace(/\]$/, '')).sort(),
    success: ours === undefined || ours.conclusion === 'success',
    report: JSON.parse(fs.readFileSync(path.join(app.outdir, 'on-demand-backup-report.json'), 'utf8')),
  };
}

export function synthQuietly(app: App): void {
  const spy = jest.spyOn(console, 'error').mockImplementation();
  try {
    app.synth();
  } catch (error) {
    if (!/Validation ?failed|A copy of this report/i.test(String(error))) {
      throw error;
    }
  } finally {
    spy.mockRestore();
    process.exitCode = undefined;
  }
}
