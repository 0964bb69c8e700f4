import { Stack, Token } from 'aws-cdk-lib';
import { BackupGraph } from '../backup-graph';
import { isOwn } from '../own-resources';
import { describe, Findings } from './problem';
import { runRules } from './run-rules';
import { STACK_RULES } from './stack-rules';
import { StackView } from './stack-view';

/** What is wrong with a stack that has backups. */
function checkStack(view: StackView): Findings {
  return runRules(STACK_RULES, view);
}

/** For `node.addValidation` of the provider, of which a stack has one: the template is looked at once, however many backups there are. */
export function validateStack(stack: Stack): string[] {
  return checkStack(collect(stack)).problems.map(describe);
}

function collect(stack: Stack): StackView {
  const { rendered: { resources, outputs, constructs }, settlement: { graph } } = BackupGraph.of(stack).settlement()!;
  return {
    stackName: known(stack.stackName),
    region: known(stack.region),
    resources,
    outputs,
    graph,
    resourceLimit: Number(stack.node.tryGetContext('@aws-cdk/core:stackResourceLimit') ?? 500),
    own: [...constructs].filter(([, resource]) => resource.node.scopes.some(isOwn)).map(([id]) => id),
    paths: Object.fromEntries([...constructs].map(([id, resource]) => [id, resource.node.path])),
  };
}

function known(text: string): string | undefined {
  return Token.isUnresolved(text) ? undefined : text;
}
