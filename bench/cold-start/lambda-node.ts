import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

/** The Node.js of Lambda's oldest runtime that the function may get; what a cold start costs differs between versions. */
export const LAMBDA_NODE = '22.23.3';

/** The executable, which the npm package for this machine has; installed once, outside of the repository. */
export function lambdaNode(): string {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = path.join(os.tmpdir(), `cdk-on-demand-backup-node-${LAMBDA_NODE}`);
  const executable = path.join(folder, 'node_modules', name, 'bin', 'node');
  if (!fs.existsSync(executable)) {
    fs.mkdirSync(folder, { recursive: true });
    execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', `${name}@${LAMBDA_NODE}`], { stdio: 'inherit' });
  }
  return executable;
}
