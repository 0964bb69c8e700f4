import * as fs from 'fs';
import * as path from 'path';
import { cached } from '../cache';
import { ROOT } from './pack';
import { run } from './run';

// Its dependencies first. One call for each: several at once, pacmak cannot order.
const PACKAGES = ['@aws-cdk/asset-awscli-v1', '@aws-cdk/asset-node-proxy-agent-v6', '@aws-cdk/cloud-assembly-schema', 'aws-cdk-lib'];
const PACMAK = path.join(ROOT, 'node_modules', 'jsii-pacmak');

/** A Go module that was generated. */
export interface GoModule {
  readonly name: string;
  readonly folder: string;
}

/** Bindings of aws-cdk-lib and what it needs, generated from their npm packages as those that are published are. */
export function cdkBindings(cdkVersion: string): GoModule[] {
  const { version } = JSON.parse(fs.readFileSync(path.join(PACMAK, 'package.json'), 'utf8')) as { version: string };
  return modulesIn(cached(`go-aws-cdk-lib-${cdkVersion}-jsii-pacmak-${version}`, (folder) => generate(cdkVersion, folder)));
}

/** The modules below a folder. */
export function modulesIn(folder: string): GoModule[] {
  return fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'go.mod')
    .map((file) => ({ name: moduleName(path.join(folder, file)), folder: path.join(folder, path.dirname(file)) }));
}

function moduleName(goMod: string): string {
  return /^module (\S+)/m.exec(fs.readFileSync(goMod, 'utf8'))![1];
}

function generate(cdkVersion: string, folder: string): void {
  const npm = fs.mkdtempSync(path.join(folder, 'npm-'));
  run('npm', ['install', '--no-audit', '--no-fund', '--prefix', npm, `aws-cdk-lib@${cdkVersion}`], { cwd: npm });
  for (const name of PACKAGES) {
    run(process.execPath, [
      path.join(PACMAK, 'bin', 'jsii-pacmak'), '--target', 'go', '--code-only', '--outdir', folder, path.join(npm, 'node_modules', name),
    ], { cwd: npm, env: { NODE_OPTIONS: '--max-old-space-size=4096' } });
  }
  fs.rmSync(npm, { recursive: true });
}
