import { Machine } from '../simulator';
import { EXAMS } from './broken/exam';
import { caughtBy } from './broken/exams';
import { BROKEN } from './broken/handlers';
import { counterexample } from './prove';

describe('the shipped function passes', () => {
  const machine = Machine.inline();
  test.each(EXAMS.map((exam) => [exam.name, exam.history] as const))('%s', async (_name, history) => {
    expect(await counterexample(history, machine)).toBeUndefined();
  });
});

describe('what is broken on purpose is caught', () => {
  test.each(BROKEN.map((broken) => [broken.name, broken] as const))('%s', async (name, broken) => {
    const caught = await caughtBy(broken);
    console.log(`caught: ${name}\n  by: ${caught?.exam}\n  ${caught?.problem.slice(0, 200)}`);
    expect(caught).toBeDefined();
  }, 120_000);
});
