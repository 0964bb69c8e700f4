import { Machine } from '../../simulator';
import { counterexample, Kind } from '../prove';
import type { Told } from '../story';

/** A short history that only what is right survives. */
interface Exam<History> {
  readonly name: string;
  readonly history: History;
}

/** Something with one thing wrong. */
interface Broken {
  readonly name: string;
  /** The exam that it is thought to fail; the others come after it. */
  readonly exam: string;
}

/** By what something broken was caught. */
interface Catch {
  readonly exam: string;
  readonly problem: string;
}

interface Examination<History, Cast, Play extends Told, B extends Broken> {
  readonly kind: Kind<History, Cast, Play>;
  readonly exams: readonly Exam<History>[];
  readonly broken: readonly B[];
  readonly castOf: (broken: B) => Promise<Cast>;
}

/** What is shipped passes every exam, and what is broken on purpose fails one; says which. */
export function examine<History, Cast, Play extends Told, B extends Broken>({ kind, exams, broken, castOf }: Examination<History, Cast, Play, B>): void {
  describe(`histories ${kind.name}: what is shipped passes`, () => {
    const machine = Machine.inline();

    test.each(exams)('$name', async ({ history }) => {
      expect(await counterexample(kind, history, machine)).toBeUndefined();
    });
  });

  describe(`histories ${kind.name}: what is broken on purpose is caught`, () => {
    const caught: string[] = [];
    afterAll(() => process.stdout.write(`${caught.length} of ${broken.length} broken variants caught by histories ${kind.name}\n${caught.join('\n')}\n`));

    test.each(broken)('$name', async (each) => {
      const result = await caughtBy(kind, sortedFor(each, exams), await castOf(each));
      expect(result).toBeDefined();
      caught.push(`  ${each.name}\n    by: ${result!.exam}\n    ${result!.problem.slice(0, 160)}`);
    }, 600_000);
  });
}

function sortedFor<History>({ exam }: Broken, exams: readonly Exam<History>[]): Exam<History>[] {
  return [...exams].sort((a, b) => Number(b.name === exam) - Number(a.name === exam));
}

/** The first exam that is failed, and what is wrong by it; undefined where all are passed. */
async function caughtBy<History, Cast, Play extends Told>(kind: Kind<History, Cast, Play>, exams: readonly Exam<History>[], cast: Cast): Promise<Catch | undefined> {
  // A machine of its own: processes keep the bundle that they have begun with.
  const machine = Machine.inline();
  for (const { name, history } of exams) {
    const text = await counterexample(kind, history, machine, cast).catch((error: Error) => `the history does not end: ${error.message}`);
    if (text !== undefined) return { exam: name, problem: text.split('\n')[0] };
  }
  return undefined;
}
