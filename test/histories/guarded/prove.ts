import * as fc from 'fast-check';
import { GuardedHistory, guardedHistories } from './history';
import { guardedProblemsOf } from './invariants';
import { GuardedCast, playGuarded } from './play';
import type { Machine } from '../../simulator';
import { counterexampleOf, Proof } from '../prove';

/** Plays random histories of guarded tables; throws the shortest one that breaks an invariant, as a list of events. */
export async function proveGuarded({ seed, runs, machine }: Proof): Promise<void> {
  await fc.assert(fc.asyncProperty(guardedHistories, async (history) => {
    const text = await guardedCounterexample(history, machine);
    if (text !== undefined) throw new Error(text);
  }), { seed, numRuns: runs, verbose: 0 });
}

/** Undefined where every invariant holds. */
export async function guardedCounterexample(history: GuardedHistory, machine: Machine, cast?: GuardedCast): Promise<string | undefined> {
  const played = await playGuarded(history, machine, cast);
  try {
    return counterexampleOf(guardedProblemsOf(played), played);
  } finally {
    await played.aws.stop();
  }
}
