import { Findings, Problem, problemsError } from './problem';
import { Rule } from './rule';

/** What the rules find, in the order of the props. */
export function runRules<View>(rules: readonly Rule<View>[], view: View, order: readonly string[] = []): Findings {
  const found = rules.flatMap((rule) => rule.check(view).map((finding): Problem => ({ ...finding, statement: rule })));
  const of = (severity: Rule<View>['severity']) => found.filter(({ statement }) => statement.severity === severity)
    .sort((a, b) => rankOf(a.prop, order) - rankOf(b.prop, order));
  return { problems: of('error'), warnings: of('warning') };
}

/** @throws one error about all that the rules find */
export function assertRules<View>(what: string, rules: readonly Rule<View>[], view: View): void {
  const { problems } = runRules(rules, view);
  if (problems.length > 0) {
    throw problemsError(what, problems);
  }
}

/** `backupOptions.windowsVss` counts as `backupOptions`; what is no prop comes last. */
function rankOf(prop: string, order: readonly string[]): number {
  const index = order.indexOf(prop.split(/[.[]/)[0]);
  return index < 0 ? order.length : index;
}
