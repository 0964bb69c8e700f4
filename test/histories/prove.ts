import * as fc from 'fast-check';
import type { Machine } from '../simulator';
import type { Told } from './story';
import { told } from './told';

/** A kind of histories: which there are, how one is played, and what does not hold after it. */
export interface Kind<History, Cast, Play extends Told> {
  readonly name: string;
  readonly histories: fc.Arbitrary<History>;
  readonly play: (history: History, machine: Machine, cast?: Cast) => Promise<Play>;
  /** In words. */
  readonly problemsOf: (play: Play) => string[];
}

export interface Proof {
  readonly seed: number;
  readonly runs: number;
  readonly machine: Machine;
}

/** Plays random histories; throws the shortest one that breaks an invariant, as a list of events. */
export async function prove<History, Cast, Play extends Told>(kind: Kind<History, Cast, Play>, { seed, runs, machine }: Proof): Promise<void> {
  await fc.assert(fc.asyncProperty(kind.histories, async (history) => {
    const text = await counterexample(kind, history, machine);
    if (text !== undefined) throw new Error(text);
  }), { seed, numRuns: runs, verbose: 0 });
}

/** Undefined where every invariant holds. */
export async function counterexample<History, Cast, Play extends Told>(
  { play, problemsOf }: Kind<History, Cast, Play>, history: History, machine: Machine, cast?: Cast,
): Promise<string | undefined> {
  const played = await play(history, machine, cast);
  try {
    const problems = problemsOf(played);
    return problems.length === 0 ? undefined : `${[...new Set(problems)].join('\n')}\n\n${told(played)}`;
  } finally {
    await played.aws.stop();
  }
}
