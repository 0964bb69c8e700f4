/** Something that cannot work, found at synthesis. */
export interface Problem {
  /** The prop, as the user writes it (`vault`, `backupOptions.windowsVss`), or the resource of somebody else that does not fit. */
  readonly prop: string;
  /** The value seen. */
  readonly value: string;
  /** What has to hold. */
  readonly rule: string;
  /** What to do. */
  readonly remedy: string;
  /** AWS page that says so. */
  readonly see?: string;
}

/** Something that works, but hardly as meant. */
export interface Warning extends Problem {
  /** What `Validations.of(…).acknowledge({ id, reason })` takes. */
  readonly id: string;
}

/** What a set of rules found. */
export interface Findings {
  readonly problems: Problem[];
  readonly warnings: Warning[];
}

/** The error that names all problems of a construct at once. */
export function problemsError(path: string, problems: readonly Problem[]): Error {
  const what = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return new Error([`${path}: ${what}`, ...problems.map((problem, i) => `  ${i + 1}. ${describe(problem)}`)].join('\n'));
}

/** One problem in one line: prop, value seen, rule, remedy, page. */
export function describe(problem: Problem): string {
  const see = problem.see ? ` See ${problem.see}` : '';
  return `${problem.prop}: got ${problem.value}. ${problem.rule} ${problem.remedy}${see}`;
}
