import { IConstruct } from 'constructs';
import { assertRules } from './validation/run-rules';
import { SKIP_CONTEXT, SKIP_RULES } from './validation/settings';


/** Why this deployment is to back up nothing, if the context says so. */
export function skipReason(scope: IConstruct): string | undefined {
  const reason: unknown = scope.node.tryGetContext(SKIP_CONTEXT);
  assertRules(scope.node.path, SKIP_RULES, { reason });
  return (reason as string | undefined)?.trim();
}
