import { fork } from 'child_process';
import { availableParallelism } from 'os';
import { prove } from '../test/histories/prove';
import { Machine } from '../test/simulator';

/**
 * Random histories, as many as one likes: `npm run soak -- --histories 100000 --seed 7 --minutes 15`.
 *
 * Each process plays slices with seeds of their own, so any number of processes finds the same counterexamples.
 */
const SLICE = 250;

interface Settings {
  readonly histories: number;
  readonly seed: number;
  readonly minutes: number;
}

type Report = { readonly played: number } | { readonly counterexample: string };

function settings(args: readonly string[]): Settings {
  const value = (name: string, otherwise: number): number => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? otherwise : Number(args[at + 1]);
  };
  return { histories: value('histories', 100_000), seed: value('seed', 1), minutes: value('minutes', Infinity) };
}

async function work({ histories, seed, minutes }: Settings, first: number, step: number): Promise<void> {
  const end = Date.now() + minutes * 60_000;
  const machine = Machine.inline();
  for (let slice = first; slice * SLICE < histories && Date.now() < end; slice += step) {
    const runs = Math.min(SLICE, histories - slice * SLICE);
    const counterexample = await prove({ seed: seed * 1_000_003 + slice, runs, machine }).then(() => undefined, (error: Error) => describe(error));
    report(counterexample === undefined ? { played: runs } : { counterexample });
    if (counterexample !== undefined) return;
  }
}

/** fast-check keeps what the property threw as the cause. */
function describe(error: Error): string {
  return `${error.message}\n${error.cause instanceof Error ? error.cause.message : ''}`;
}

function report(result: Report): void {
  process.send?.(result);
}

async function soak(): Promise<void> {
  const [, , first, ...rest] = process.argv;
  const count = availableParallelism();
  if (first === '--worker') {
    await work(settings(rest), Number(rest[0]), count);
    process.disconnect();
    return;
  }
  const begun = Date.now();
  let played = 0;
  const failures: string[] = [];
  await Promise.all(Array.from({ length: count }, async (_, index) => new Promise<void>((resolve, reject) => {
    const child = fork(__filename, ['--worker', String(index), ...process.argv.slice(2)], { execArgv: process.execArgv });
    child.on('message', (result: Report) => {
      if ('played' in result) played += result.played;
      else failures.push(result.counterexample);
      console.log(`${played} histories, ${Math.round((Date.now() - begun) / 1000)} s`);
    });
    child.on('exit', (code) => code === 0 ? resolve() : reject(new Error(`a process ended with ${String(code)}`)));
  })));
  failures.forEach((failure) => console.error(failure));
  console.log(`${played} histories in ${Math.round((Date.now() - begun) / 1000)} s: ${failures.length === 0 ? 'every invariant holds' : 'an invariant is broken'}`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

void soak();
