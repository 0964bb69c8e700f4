import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** The program of a function's process, compiled into a folder of its own that lives as long as the host. */
export interface CompiledSandbox {
  readonly script: string;
  remove(): void;
}

export function compileSandbox(): CompiledSandbox {
  const folder = mkdtempSync(join(tmpdir(), 'local-aws-'));
  const script = join(folder, 'sandbox.js');
  buildSync({
    entryPoints: [join(__dirname, 'sandbox', 'main.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'error',
    // `await import(...)` of the function's own modules must stay what it is.
    supported: { 'dynamic-import': true },
  });
  return { script, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
