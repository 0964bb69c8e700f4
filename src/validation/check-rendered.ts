import { PROP_ORDER } from './check-props';
import { Findings } from './problem';
import { RENDERED_KEY_RULES } from './rendered-keys';
import { RENDERED_SOURCE_RULES } from './rendered-source';
import { RENDERED_TARGET_RULES } from './rendered-targets';
import { RenderedView } from './rendered-view';
import { RETAINED_RULES } from './retained';
import { Rule } from './rule';
import { runRules } from './run-rules';

/** Every rule over rendered resources of one backup. */
export const RENDERED_RULES: readonly Rule<RenderedView>[] = [...RENDERED_SOURCE_RULES, ...RENDERED_TARGET_RULES, ...RETAINED_RULES, ...RENDERED_KEY_RULES];

/** What is wrong with, or odd about, what a backup uses, as the template holds it. */
export function checkRendered(view: RenderedView): Findings {
  return runRules(RENDERED_RULES, view, PROP_ORDER);
}
