import { CfnResource, NestedStack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { CDK_METADATA_TYPE, isOwn } from './own-resources';

/** The resources of a construct, those that stand for nested stacks included; nothing that this library made, or that reports its version. */
export function resourcesOf(construct: IConstruct): CfnResource[] {
  if (isOwn(construct)) {
    return [];
  }
  const self = CfnResource.isCfnResource(construct) && construct.cfnResourceType !== CDK_METADATA_TYPE ? [construct] : [];
  const nested = NestedStack.isNestedStack(construct) && construct.nestedStackResource ? [construct.nestedStackResource] : [];
  return [...self, ...nested, ...construct.node.children.flatMap(resourcesOf)];
}
