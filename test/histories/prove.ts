import * as fc from 'fast-check';
import { describeHappening, Machine, Recorded } from '../simulator';
import { histories, History } from './history';
import { problemsOf } from './invariants';
import { Cast, play } from './play';
import type { Told } from './story';

export interface Proof {
  readonly seed: number;
  readonly runs: number;
  readonly machine: Machine;
}

/** Plays random histories; throws the shortest one that breaks an invariant, as a list of events. */
export async function prove({ seed, runs, machine }: Proof): Promise<void> {
  await fc.assert(fc.asyncProperty(histories, async (history) => {
    const text = await counterexample(history, machine);
    if (text !== undefined) throw new Error(text);
  }), { seed, numRuns: runs, verbose: 0 });
}

/** Undefined where every invariant holds. */
export async function counterexample(history: History, machine: Machine, cast?: Cast): Promise<string | undefined> {
  const played = await play(history, machine, cast);
  try {
    return counterexampleOf(problemsOf(played), played);
  } finally {
    await played.aws.stop();
  }
}

const RESOURCES = /Custom::|CloudFormation::Stack|DynamoDB::Table/;

/** What does not hold, and what a person wants to see of the history. */
export function counterexampleOf(problems: readonly string[], played: Told): string | undefined {
  return problems.length === 0 ? undefined : `${[...new Set(problems)].join('\n')}\n\n${told(played)}`;
}

function told({ aws }: Told): string {
  const start = aws.recorder.all()[0]?.time ?? 0;
  const isTold = (entry: Recorded): boolean => {
    switch (entry.kind) {
      case 'stack': return RESOURCES.test(entry.type);
      case 'call': return entry.service !== 'states' || entry.outcome !== 'success';
      case 'invocation': return entry.outcome !== undefined && entry.outcome !== 'success';
      case 'log': return /"(trouble|nothing|no backup|job found|job started|job stopped|retry)/.test(entry.line);
      default: return true;
    }
  };
  const lines = aws.recorder.all().filter(isTold).map((entry) => `${elapsed(entry.time - start)}  ${describeHappening(entry).slice(0, 300)}`);
  return shortened(lines).join('\n');
}

/** Looks that see nothing new are counted, not listed. */
function shortened(lines: readonly string[]): string[] {
  const result: string[] = [];
  let last = '';
  let skipped = 0;
  for (const line of lines) {
    const what = line.slice(14);
    if (/calls (backup:DescribeBackupJob|cloudformation:DescribeStacks) ⇒ success/.test(what) && what === last) {
      skipped += 1;
      continue;
    }
    if (skipped > 0) result.push(`              (${skipped} times more)`);
    skipped = 0;
    last = what;
    result.push(line);
  }
  return result;
}

function elapsed(milliseconds: number): string {
  const date = new Date(milliseconds).toISOString();
  const hours = Math.floor(milliseconds / 3_600_000);
  return `${String(hours).padStart(3, '0')}${date.slice(13, 23)}`;
}
