/** By what something broken was caught. */
export interface Catch {
  readonly exam: string;
  readonly problem: string;
}

interface Examination {
  readonly what: string;
  readonly exams: readonly (readonly [name: string, counterexample: () => Promise<string | undefined>])[];
  readonly broken: readonly (readonly [name: string, caughtBy: () => Promise<Catch | undefined>])[];
}

/** What is shipped passes every exam, and what is broken on purpose fails one; says which. */
export function examine({ what, exams, broken }: Examination): void {
  describe(`${what}: what is shipped passes`, () => {
    test.each(exams)('%s', async (_name, counterexample) => {
      expect(await counterexample()).toBeUndefined();
    });
  });

  describe(`${what}: what is broken on purpose is caught`, () => {
    const caught: string[] = [];
    afterAll(() => process.stdout.write(`${caught.length} of ${broken.length} broken variants caught, ${what}\n${caught.join('\n')}\n`));

    test.each(broken)('%s', async (name, caughtBy) => {
      const result = await caughtBy();
      expect(result).toBeDefined();
      caught.push(`  ${name}\n    by: ${result!.exam}\n    ${result!.problem.slice(0, 160)}`);
    }, 600_000);
  });
}
