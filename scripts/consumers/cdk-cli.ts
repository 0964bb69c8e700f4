import * as path from 'path';
import { cached } from '../cache';
import { run, Ran, RunOptions, tryRun } from './run';

// The newest one that reads the assemblies of every aws-cdk-lib from 2.258.0 on; npm's `latest` is older.
const CLI = 'aws-cdk@2.1148.1';

/** `cdk synth` with the real CLI. */
export function cdkSynth(app: readonly string[], output: string, { cwd, env }: RunOptions): Ran {
  const folder = cached(CLI, (empty) => run('npm', ['install', '--no-audit', '--no-fund', '--prefix', empty, CLI], { cwd: empty }));
  return tryRun(process.execPath, [
    path.join(folder, 'node_modules', 'aws-cdk', 'bin', 'cdk'),
    'synth', '--quiet', '--no-notices', '--no-version-reporting', '--no-color', '--app', app.join(' '), '--output', output,
  ], { cwd, env: { ...env, CDK_DISABLE_CLI_TELEMETRY: 'true' } });
}
