import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const ROOT = path.join(__dirname, '..');

/** Synthesizes an example into a new folder, as `cdk synth` would run it, with the package as it was built here. */
export function synthesizeExample(name: string, context: Readonly<Record<string, string>> = {}): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `example-${name}-`));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  // Examples import the package by its name, as users do.
  fs.symlinkSync(ROOT, path.join(folder, 'cdk-on-demand-backup'));
  const outdir = path.join(folder, 'cdk.out');
  const run = spawnSync(process.execPath, ['-r', 'ts-node/register/transpile-only', path.join(ROOT, 'examples', name, 'app.ts')], {
    cwd: ROOT,
    encoding: 'utf8',
    env: {
      ...process.env,
      NODE_PATH: folder,
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
