import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { describe, Findings } from './problem';
import { runRules } from './rule';
import { STACK_RULES } from './stack-rules';
import { StackView } from './stack-view';

/** What is wrong with a stack that has backups. */
export function checkStack(view: StackView): Findings {
  return runRules(STACK_RULES, view, []);
}

/**
 * For `node.addValidation` of the provider, of which a stack has one: the whole template is looked at once, however many backups there are.
 *
 * @param isOwn whether a resource was made by this library
 */
export function validateStack(stack: Stack, isOwn: (resource: CfnResource) => boolean): string[] {
  return checkStack(collect(stack, isOwn)).problems.map(describe);
}

function collect(stack: Stack, isOwn: (resource: CfnResource) => boolean): StackView {
  // Not in the public types of aws-cdk-lib; it is what synthesis writes.
  const template = stack.resolve((stack as unknown as { _toCloudFormation(): any })._toCloudFormation());
  const resources = stack.node.findAll().filter((node: IConstruct): node is CfnResource => CfnResource.isCfnResource(node) && Stack.of(node) === stack);
  const idOf = (resource: CfnResource): string => stack.resolve(resource.logicalId);
  return {
    stackName: Token.isUnresolved(stack.stackName) ? undefined : stack.stackName,
    region: Token.isUnresolved(stack.region) ? undefined : stack.region,
    resources: template.Resources ?? {},
    outputs: Object.keys(template.Outputs ?? {}),
    resourceLimit: Number(stack.node.tryGetContext('@aws-cdk/core:stackResourceLimit') ?? 500),
    own: resources.filter(isOwn).map(idOf),
    paths: Object.fromEntries(resources.map((resource) => [idOf(resource), resource.node.path])),
  };
}
