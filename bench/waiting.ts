import { Contender } from './names';
import { Observed, observe } from './observe';
import { Wait, WaitingResult } from './results';
import { spread } from './statistics';
import { Workshop } from './workshop';
import { Machine } from '../test/simulator';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** List prices in US dollars: Step Functions by transition, Lambda by request and by GB-second (x86). */
const PRICES = { transition: 0.025 / 1000, request: 0.2 / 1e6, gigabyteSecond: 0.0000166667 };

interface Case {
  readonly contender: Contender;
  readonly job: number;
  readonly seeds: number;
  /** The longest wait that the contender can be told, where its own is shorter than the job. */
  readonly longest?: boolean;
}

/** An execution of Provider polls every five seconds, by two functions each time, so that one seed has to do for the long ones. */
function cases(quick: boolean): Case[] {
  if (quick) {
    return [{ contender: 'library, waits 1 h', job: 30, seeds: 1 }, { contender: 'Provider + isComplete', job: 30, seeds: 1 }];
  }
  return [
    { contender: 'library, waits 1 h', job: 30, seeds: 5 },
    { contender: 'library, waits 1 h', job: 5 * MINUTE, seeds: 5 },
    { contender: 'library, waits 2 h', job: HOUR, seeds: 5 },
    // Twelve hours are the longest wait, so that a job which is to be waited for takes less.
    { contender: 'library, waits 12 h', job: 11.5 * HOUR, seeds: 3 },
    { contender: 'Provider + isComplete', job: 30, seeds: 3 },
    { contender: 'Provider + isComplete', job: 5 * MINUTE, seeds: 3 },
    { contender: 'Provider + isComplete', job: HOUR, seeds: 1 },
    { contender: 'Provider + isComplete', job: 11.5 * HOUR, seeds: 1, longest: true },
  ];
}

export async function measureWaiting(workshop: Workshop, quick: boolean, log: (text: string) => void): Promise<WaitingResult> {
  const waits: Wait[] = [];
  for (const { contender, job, seeds, longest } of cases(quick)) {
    log(`${contender}, a job of ${job} s`);
    const { outdir } = workshop.synthesize({ app: contender, n: 1, sources: 'outside', longest });
    // Functions in this process where they are one bundle; the CDK's own need processes, because they load the SDK by themselves.
    const machine = contender.startsWith('library') ? Machine.inline() : await Machine.start();
    const seen: Observed[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      seen.push(await observe(machine, outdir, { queuedFor: 2, runningFor: job - 2 }, { seed }));
    }
    await machine.stop();
    waits.push(summary(contender, job, seen));
  }
  return { waits };
}

function summary(contender: Contender, job: number, seen: readonly Observed[]): Wait {
  const of = (figure: (each: Observed) => number) => spread(seen.map(figure));
  return {
    contender,
    job,
    ok: seen.every(({ ok }) => ok),
    reason: seen.find(({ ok }) => !ok)?.reason?.split('\n')[0],
    describes: of(({ calls }) => calls.filter(({ operation }) => operation === 'DescribeBackupJob').length),
    invocations: of(({ invocations }) => invocations),
    transitions: of(({ transitions }) => transitions),
    busy: of(({ busy }) => busy),
    cost: of(({ transitions, invocations, gigabyteSeconds }) =>
      transitions * PRICES.transition + invocations * PRICES.request + gigabyteSeconds * PRICES.gigabyteSecond),
    held: of(({ held }) => held),
    lag: of(({ ok, answered, jobsEnded }) => ok ? Math.max(...answered) - Math.max(...jobsEnded) : NaN),
  };
}
