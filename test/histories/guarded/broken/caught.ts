import { GUARDED_EXAMS } from './exams';
import { GuardedBroken, guardedCastOf } from './handlers';
import { Machine } from '../../../simulator';
import { synthesizedCode } from '../app';
import { guardedCounterexample } from '../prove';

/** The first exam that something broken fails, and what is wrong by it; undefined where it passes them all. */
export async function guardedCaughtBy(broken: GuardedBroken): Promise<{ readonly exam: string; readonly problem: string } | undefined> {
  // A machine of its own: processes keep the bundle that they have begun with.
  const machine = Machine.inline();
  const cast = await guardedCastOf(broken, synthesizedCode(GUARDED_EXAMS[0].history.operations[0].code));
  const exams = [...GUARDED_EXAMS].sort((a, b) => Number(b.name === broken.exam) - Number(a.name === broken.exam));
  for (const { name, history } of exams) {
    const text = await guardedCounterexample(history, machine, cast).catch((error: Error) => `the history does not end: ${error.message}`);
    if (text !== undefined) return { exam: name, problem: text.split('\n')[0] };
  }
  return undefined;
}
