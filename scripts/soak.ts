import { fork } from 'child_process';
import { availableParallelism } from 'os';
import { GUARDED_TABLES } from '../test/histories/guarded/guarded-tables';
import { ONE_BACKUP } from '../test/histories/one-backup';
import { Proof, prove } from '../test/histories/prove';
import { Machine } from '../test/simulator';

/**
 * Random histories, as many as one likes: `npm run soak -- --histories 100000 --seed 7 --minutes 15`. `--from` leaves out the
 * first ones, to go on where a run was cut off.
 *
 * Slices have seeds of their own, so any number of processes (`--processes`) finds the same counterexamples.
 */
const SLICE = 100;

interface Slice {
  readonly number: number;
  readonly runs: number;
}

const WORKER = '--worker';

/** Most code runs in sandboxes that do not live long, so it is better compiled at once. */
const COMPILED_AT_ONCE = ['--always-sparkplug', '--max-semi-space-size=64'];

interface Settings {
  readonly from: number;
  readonly histories: number;
  readonly seed: number;
  readonly minutes: number;
  readonly processes: number;
}

/** Every second slice is about guards, gates and final backups, the others about one backup. */
const KINDS = [
  { name: ONE_BACKUP.name, prove: (proof: Proof) => prove(ONE_BACKUP, proof) },
  { name: GUARDED_TABLES.name, prove: (proof: Proof) => prove(GUARDED_TABLES, proof) },
];

type Report = { readonly kind: number; readonly played: number } | { readonly counterexample: string };

function settings(args: readonly string[]): Settings {
  const value = (name: string, otherwise: number): number => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? otherwise : Number(args[at + 1]);
  };
  return {
    from: value('from', 0),
    histories: value('histories', 100_000),
    seed: value('seed', 1),
    minutes: value('minutes', Infinity),
    processes: value('processes', availableParallelism()),
  };
}

/** Plays the slices that it is sent, one after another. */
function work(seed: number): void {
  const machine = Machine.inline();
  const play = async (slice: Slice): Promise<void> => {
    const kind = slice.number % KINDS.length;
    const counterexample = await KINDS[kind].prove({ seed: seed * 1_000_003 + slice.number, runs: slice.runs, machine })
      .then(() => undefined, (error: Error) => describe(error));
    report(counterexample === undefined ? { kind, played: slice.runs } : { counterexample });
  };
  process.on('message', (slice: Slice) => void play(slice));
}

/** fast-check keeps what the property threw as the cause. */
function describe(error: Error): string {
  return `${error.message}\n${error.cause instanceof Error ? error.cause.message : ''}`;
}

function report(result: Report): void {
  process.send?.(result);
}

/** The next slice goes to whichever process is free, so that all are busy to the end; none follows a counterexample, or comes after the time. */
async function soak({ from, histories, seed, minutes, processes }: Settings): Promise<void> {
  const begun = Date.now();
  const played = KINDS.map(() => 0);
  const told = (): string => `${KINDS.map(({ name }, kind) => `${played[kind]} histories ${name}`).join(', ')}, ${Math.round((Date.now() - begun) / 1000)} s`;
  const failures: string[] = [];
  let next = Math.floor(from / SLICE);
  const slice = (): Slice | undefined => {
    const isOver = failures.length > 0 || next * SLICE >= histories || Date.now() > begun + minutes * 60_000;
    return isOver ? undefined : { number: next, runs: Math.min(SLICE, histories - next++ * SLICE) };
  };
  await Promise.all(Array.from({ length: processes }, async () => new Promise<void>((resolve, reject) => {
    const child = fork(__filename, [WORKER, String(seed)], { execArgv: [...COMPILED_AT_ONCE, ...process.execArgv] });
    const goOn = (): void => {
      const given = slice();
      if (given) child.send(given);
      else child.disconnect();
    };
    child.on('message', (result: Report) => {
      if ('played' in result) played[result.kind] += result.played;
      else failures.push(result.counterexample);
      console.log(told());
      goOn();
    });
    child.on('exit', (code) => code === 0 ? resolve() : reject(new Error(`a process ended with ${String(code)}`)));
    goOn();
  })));
  failures.forEach((failure) => console.error(failure));
  console.log(`${told()}: ${failures.length === 0 ? 'every invariant holds' : 'an invariant is broken'}`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

const [, , first, seed] = process.argv;
if (first === WORKER) {
  work(Number(seed));
} else {
  void soak(settings(process.argv.slice(2)));
}
