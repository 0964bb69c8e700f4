import { Findings, Problem, Warning } from './problem';

/** One thing that has to hold, as a pure function of plain values. What it says is data, so that `docs/validation.md` is made from it. */
export interface Rule<View> {
  /** Stable; a warning is acknowledged as `cdk-on-demand-backup::<id>`. */
  readonly id: string;
  readonly severity: 'error' | 'warning';
  /** What has to hold: a sentence. */
  readonly rule: string;
  /** What to do: a sentence. */
  readonly remedy: string;
  /** AWS page that says so. */
  readonly see?: string;
  /** Nothing where the rule holds, or where what it needs is not known at synthesis. */
  readonly check: (view: View) => Finding[];
}

/** Where a rule does not hold. */
export interface Finding {
  readonly prop: string;
  readonly value: string;
  /** Added to the rule's own sentence, where there is more to say about this very value. */
  readonly because?: string;
}

/** Common part of the ids of warnings: what `Validations` calls the prefix. */
export const WARNING_PREFIX = 'cdk-on-demand-backup';

/** What the rules find, in the order of the props. */
export function runRules<View>(rules: readonly Rule<View>[], view: View, order: readonly string[]): Findings {
  const problems: Problem[] = [];
  const warnings: Warning[] = [];
  for (const rule of rules) {
    for (const finding of rule.check(view)) {
      const problem = asProblem(rule, finding);
      if (rule.severity === 'error') {
        problems.push(problem);
      } else {
        warnings.push({ ...problem, id: `${WARNING_PREFIX}::${rule.id}` });
      }
    }
  }
  const rank = (found: Problem) => rankOf(found.prop, order);
  return { problems: problems.sort((a, b) => rank(a) - rank(b)), warnings: warnings.sort((a, b) => rank(a) - rank(b)) };
}

function asProblem<View>(rule: Rule<View>, finding: Finding): Problem {
  return {
    prop: finding.prop,
    value: finding.value,
    rule: finding.because ? `${rule.rule} ${finding.because}` : rule.rule,
    remedy: rule.remedy,
    see: rule.see,
  };
}

/** `backupOptions.windowsVss` counts as `backupOptions`; what is no prop comes last. */
function rankOf(prop: string, order: readonly string[]): number {
  const index = order.indexOf(prop.split(/[.[]/)[0]);
  return index < 0 ? order.length : index;
}
