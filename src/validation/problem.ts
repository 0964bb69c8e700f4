import { Finding, Statement } from './rule';

/** Something that cannot work, or hardly as meant, found at synthesis. What is wrong and what to do are said by its rule, so they are in `docs/validation.md` too. */
export interface Problem extends Finding {
  readonly statement: Statement;
}

/** What a set of rules found. */
export interface Findings {
  readonly problems: Problem[];
  /** What works, but hardly as meant. */
  readonly warnings: Problem[];
}

/** The error that names all problems of a construct at once. */
export function problemsError(path: string, problems: readonly Problem[]): Error {
  const what = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return new Error([`${path}: ${what}`, ...problems.map((problem, i) => `  ${i + 1}. ${describe(problem)}`)].join('\n'));
}

/** One problem in one line: prop, value seen, rule, remedy, page. */
export function describe({ prop, value, because, statement: { rule, remedy, see } }: Problem): string {
  return [`${prop}: got ${value}.`, rule, ...because ? [because] : [], remedy, ...see ? [`See ${see}`] : []].join(' ');
}
