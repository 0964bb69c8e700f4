import { Stack } from 'aws-cdk-lib';
import { checkProps } from './check-props';
import { Findings } from './problem';
import { PropsView } from './props-view';

/** By the whole view: the rules are pure, and the backups of a stack hardly differ in what they look at. */
const CHECKED = new WeakMap<Stack, Map<string, Findings>>();

/** What is wrong with, or odd about, the props of a backup in a stack. */
export function findingsOf(stack: Stack, view: PropsView): Findings {
  const checked = CHECKED.get(stack) ?? new Map<string, Findings>();
  CHECKED.set(stack, checked);
  const key = JSON.stringify(view);
  const findings = checked.get(key) ?? checkProps(view);
  // What is no number has no JSON of its own, but such a view has a problem.
  if (findings.problems.length === 0) {
    checked.set(key, findings);
  }
  return findings;
}
