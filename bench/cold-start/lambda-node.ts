import { execFileSync } from 'child_process';
import * as path from 'path';
import { cached } from '../../scripts/cache';

/** The Node.js of Lambda's oldest runtime that the function may get; what a cold start costs differs between versions. */
export const LAMBDA_NODE = '22.23.3';

/** The executable, which the npm package for this machine has. */
export function lambdaNode(): string {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = cached(`${name}-${LAMBDA_NODE}`, (target) => {
    execFileSync('npm', ['install', '--prefix', target, '--no-audit', '--no-fund', `${name}@${LAMBDA_NODE}`], { stdio: 'inherit' });
  });
  return path.join(folder, 'node_modules', name, 'bin', 'node');
}
