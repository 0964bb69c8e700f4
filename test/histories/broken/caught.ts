import { EXAMS } from './exams';
import { Broken, castOf } from './handlers';
import { Machine } from '../../simulator';
import { counterexample } from '../prove';
import { synthesized } from '../variants';

/** The first exam that a broken function fails, and what is wrong by it; undefined where it passes them all. */
export async function caughtBy(broken: Broken): Promise<{ readonly exam: string; readonly problem: string } | undefined> {
  // A machine of its own: processes keep the bundle that they have begun with.
  const machine = Machine.inline();
  const cast = await castOf(broken, synthesized(EXAMS[0].history.operations[0].variant));
  const exams = [...EXAMS].sort((a, b) => Number(b.name === broken.exam) - Number(a.name === broken.exam));
  for (const { name, history } of exams) {
    const text = await counterexample(history, machine, cast).catch((error: Error) => `the history does not end: ${error.message}`);
    if (text !== undefined) return { exam: name, problem: text.split('\n')[0] };
  }
  return undefined;
}
