import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

/** The newest aws-cdk-lib that the tests are known to pass on. */
export const NEWEST_CDK = '2.276.0';

/** Where it lies, unpacked, with files that are made with it beside it: outside of the repository, installed once. */
export const NEWEST_CDK_FOLDER = path.join(os.tmpdir(), `cdk-on-demand-backup-${NEWEST_CDK}`);

/** The folder of modules that it is in. */
export function newestCdk(): string {
  const modules = path.join(NEWEST_CDK_FOLDER, 'node_modules');
  if (!fs.existsSync(path.join(modules, 'aws-cdk-lib', 'package.json'))) {
    fs.mkdirSync(NEWEST_CDK_FOLDER, { recursive: true });
    execFileSync('npm', ['install', '--prefix', NEWEST_CDK_FOLDER, '--no-audit', '--no-fund', `aws-cdk-lib@${NEWEST_CDK}`, 'constructs@^10.5.1'], { stdio: 'inherit' });
  }
  return modules;
}
