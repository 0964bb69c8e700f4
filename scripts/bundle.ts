import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

export const ROOT = path.join(__dirname, '..');
/** The bundle of the function, as it is shipped. */
export const BUNDLE = path.join(ROOT, 'assets', 'lambda', 'index', 'index.js');

/** What esbuild says about a bundle: each input, with how much of it went in. */
export interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>>;
}

/** Builds the bundle exactly as the task does, into another file, and tells what is in it. */
export function buildBundle(sources: string, folder: string): { readonly file: string; readonly metafile: Metafile } {
  const file = path.join(folder, 'index.js');
  const metafile = path.join(folder, 'meta.json');
  const args = esbuildArguments().map((arg) => arg.startsWith('--outfile=') ? `--outfile=${file}` : arg);
  execFileSync(path.join(ROOT, 'node_modules', '.bin', 'esbuild'), [...args, `--metafile=${metafile}`, '--log-level=warning'], { cwd: sources });
  return { file, metafile: JSON.parse(fs.readFileSync(metafile, 'utf8')) as Metafile };
}

function esbuildArguments(): string[] {
  const { tasks } = JSON.parse(fs.readFileSync(path.join(ROOT, '.projen', 'tasks.json'), 'utf8'));
  const [{ execArgs: [, ...args] }] = tasks['bundle:lambda/index'].steps as { execArgs: string[] }[];
  return args;
}
