import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { buildSync } from 'esbuild';
import { SynthesisOrder, SynthesisReport } from './names';

export const ROOT = path.join(__dirname, '..');
/** Below node_modules, so that the CDK's handlers find the SDK there that Lambda's runtime has beside a function. */
const CACHE = path.join(ROOT, 'node_modules', '.cache');

/** Where the programs that are measured lie, compiled, beside the aws-cdk-lib that they are measured with. */
export class Workshop {
  private readonly folder: string;
  private readonly programs: string;
  private counter = 0;

  constructor(private readonly cdkModules: string) {
    fs.mkdirSync(CACHE, { recursive: true });
    this.folder = fs.mkdtempSync(path.join(CACHE, 'bench-'));
    this.programs = path.join(this.folder, 'js');
    process.on('exit', () => fs.rmSync(this.folder, { recursive: true, force: true }));
    buildSync({
      entryPoints: [...sources('bench'), ...sources('src')],
      outbase: ROOT,
      outdir: this.programs,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      logLevel: 'error',
      tsconfigRaw: '{}',
    });
    for (const shared of ['assets', 'package.json']) {
      fs.symlinkSync(path.join(ROOT, shared), path.join(this.programs, shared));
    }
    fs.mkdirSync(path.join(this.programs, 'node_modules'));
    for (const name of ['aws-cdk-lib', 'constructs']) {
      fs.symlinkSync(path.join(cdkModules, name), path.join(this.programs, 'node_modules', name));
    }
  }

  public get cdkVersion(): string {
    return (JSON.parse(fs.readFileSync(path.join(this.cdkModules, 'aws-cdk-lib', 'package.json'), 'utf8')) as { version: string }).version;
  }

  /** A compiled file of bench/. */
  public program(name: string): string {
    return path.join(this.programs, 'bench', `${name}.js`);
  }

  /** A folder with one file bundled as the library's own function is, but with all of the SDK's credential providers. */
  public bundle(file: string): string {
    const outdir = path.join(this.folder, 'bundle');
    buildSync({
      entryPoints: [file], outdir, bundle: true, minify: true, platform: 'node', target: 'node22', mainFields: ['module', 'main'], tsconfigRaw: '{}', logLevel: 'error',
    });
    return outdir;
  }

  /** A folder of aws-cdk-lib, copied to where the SDK is found as in Lambda's runtime. */
  public copyOfCdk(folder: string): string {
    const copy = path.join(this.folder, 'handlers', path.basename(folder));
    fs.cpSync(path.join(this.cdkModules, 'aws-cdk-lib', folder), copy, { recursive: true });
    return copy;
  }

  /** A folder for one assembly. */
  public outdir(): string {
    return path.join(this.folder, 'assemblies', String(++this.counter));
  }

  /** Synthesizes in a process of its own. */
  public synthesize(order: SynthesisOrder, outdir = this.outdir(), validation = false): SynthesisReport & { readonly outdir: string } {
    const report = this.run<SynthesisReport>('once', { ...order, outdir }, validation);
    return { ...report, outdir };
  }

  /** Synthesizes in turn, all in one process. */
  public synthesizeInTurn(orders: readonly SynthesisOrder[], warmUp: number, runs: number, validation = false): SynthesisReport[][] {
    return this.run('in turn', { orders, warmUp, runs }, validation);
  }

  private run<T>(mode: string, order: object, validation: boolean): T {
    const output = execFileSync(process.execPath, [this.program('synthesize'), mode, JSON.stringify(order)], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', CDK_VALIDATION: String(validation), BENCH_FOLDER: __dirname },
    });
    return JSON.parse(output.trim().split('\n').at(-1)!) as T;
  }
}

function sources(folder: string): string[] {
  return fs.readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(ROOT, folder, name));
}

export const PINNED_CDK = path.join(ROOT, 'node_modules');
