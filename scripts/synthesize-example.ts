import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { temporaryFolder } from '../test/e2e/places';

const ROOT = path.join(__dirname, '..');

/** Synthesizes an example, or a copy of one, into a new folder, as `cdk synth` would run it, with the package as it was built here. */
export function synthesizeExample(name: string, context: Readonly<Record<string, string>> = {}, copy?: string): string {
  const folder = temporaryFolder(`example-${name}`);
  // Examples import the package by its name, as users do.
  fs.symlinkSync(ROOT, path.join(folder, 'cdk-on-demand-backup'));
  const outdir = path.join(folder, 'cdk.out');
  const run = spawnSync(process.execPath, ['-r', 'ts-node/register/transpile-only', path.join(copy ?? path.join(ROOT, 'examples', name), 'app.ts')], {
    cwd: ROOT,
    encoding: 'utf8',
    env: {
      ...process.env,
      // A copy has no modules above it.
      NODE_PATH: [folder, path.join(ROOT, 'node_modules')].join(path.delimiter),
      TS_NODE_PROJECT: path.join(ROOT, 'tsconfig.dev.json'),
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify(context),
    },
  });
  if (run.status !== 0) {
    throw new Error(`The example ${name} could not be synthesized:\n${run.stderr}${run.stdout}`);
  }
  return outdir;
}
