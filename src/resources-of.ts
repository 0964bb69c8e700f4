import { CfnResource, NestedStack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isOwn } from './own-resources';

/** The resources of a construct, those that stand for nested stacks included; nothing that this library made. */
export function resourcesOf(construct: IConstruct): CfnResource[] {
  if (isOwn(construct)) {
    return [];
  }
  const self = CfnResource.isCfnResource(construct) ? [construct] : [];
  const nested = NestedStack.isNestedStack(construct) && construct.nestedStackResource ? [construct.nestedStackResource] : [];
  return [...self, ...nested, ...construct.node.children.flatMap(resourcesOf)];
}
