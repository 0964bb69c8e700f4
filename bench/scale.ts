import { Contender } from './names';
import { observe } from './observe';
import { ScaleResult, ScaleRun } from './results';
import { Workshop } from './workshop';
import { Machine } from '../test/simulator';

/** AWS Backup's own limit of starts, which nobody can pass. */
const STARTS_PER_SECOND = 5;
/** How long each job takes, in seconds. */
const JOB = 120;

const STARTERS: readonly Contender[] = ['library, fire and forget', 'library', 'AwsCustomResource, one role', 'Provider'];
const WAITERS: readonly Contender[] = ['library, waits 1 h', 'Provider + isComplete'];

export async function measureScale(workshop: Workshop, quick: boolean, log: (text: string) => void): Promise<ScaleResult> {
  const runs: ScaleRun[] = [];
  for (const n of quick ? [3] : [10, 100, 400]) {
    for (const contender of [...STARTERS, ...WAITERS]) {
      log(`${contender}, ${n} backups`);
      const { outdir } = workshop.synthesize({ app: contender, n, sources: 'outside' });
      for (const concurrency of quick ? [10] : [10, 1000]) {
        runs.push(await run(outdir, contender, n, concurrency));
      }
    }
  }
  return { startsPerSecond: STARTS_PER_SECOND, runs };
}

async function run(outdir: string, contender: Contender, n: number, concurrency: number): Promise<ScaleRun> {
  // Functions in this process where they are one bundle; the CDK's own need processes, because they load the SDK by themselves.
  const machine = contender.startsWith('library') ? Machine.inline() : await Machine.start();
  try {
    const seen = await observe(machine, outdir, { runningFor: JOB }, { seed: n, concurrency });
    const first = Math.min(...seen.requested);
    return {
      contender,
      n,
      concurrency,
      ok: seen.ok,
      reason: seen.reason?.split('\n')[0],
      allStarted: Math.max(...seen.jobsStarted) - first,
      allDone: seen.seconds - first,
      jobs: seen.jobsStarted.length,
      calls: seen.calls.length,
      throttles: seen.calls.filter(({ throttled }) => throttled).length,
      failures: seen.failures,
    };
  } finally {
    await machine.stop();
  }
}
