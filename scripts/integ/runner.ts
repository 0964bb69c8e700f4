import * as os from 'os';
import * as path from 'path';

export const ROOT = path.join(__dirname, '..', '..');
export const TESTS = path.join('test', 'integ');

/** Arguments of Node for integ-runner, for the tests that are in a folder like the checkout. */
export function integRunner(folder: string, args: readonly string[]): string[] {
  return [
    require.resolve('@aws-cdk/integ-runner/bin/integ-runner'),
    '--directory', TESTS,
    '--language', 'typescript',
    '--app', `${process.execPath} -r ts-node/register/transpile-only -r ${path.join(folder, TESTS, 'register.ts')} {filePath}`,
    // The snapshots have no assets, without which they cannot be deployed.
    '--no-update-workflow',
    // By default it starts all tests at once, which on a small machine takes memory and no less time. It asks for three, one for each Region.
    '--max-workers', String(Math.max(3, os.availableParallelism())),
    ...args,
  ];
}

/** What the tests need of their environment. */
export function settings(): NodeJS.ProcessEnv {
  return { TS_NODE_PROJECT: path.join(ROOT, 'tsconfig.dev.json'), CDK_VALIDATION: 'false' };
}
