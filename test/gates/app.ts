import { App, CfnResource, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IConstruct } from 'constructs';
import { cyclic, graphOf } from './template-graph';

process.env.CDK_VALIDATION = 'false';
process.env.JSII_DEPRECATED = 'quiet';

/** A stack of an app of its own. */
export function newStack(props: StackProps = {}, context: Record<string, unknown> = {}): Stack {
  return new Stack(new App({ context }), 'Stack', props);
}

/** The template of a stack, which must have no cycle. */
export function templateOf(stack: Stack): any {
  const template = Template.fromStack(stack, { skipCyclicalDependenciesCheck: true }).toJSON();
  expect(cyclic(graphOf(template))).toEqual([]);
  return template;
}

/** The logical id of a construct's resource. */
export function idOf(construct: IConstruct): string {
  const resource = [construct, construct.node.defaultChild].find(CfnResource.isCfnResource)!;
  return Stack.of(resource).resolve(resource.logicalId);
}

/** What a backup or guard has beside the request. */
export function extensionOf(template: any, backup: IConstruct): any {
  return template.Resources[idOf(backup.node.findChild('Resource'))].Properties.OnDemandBackup;
}

/** The one resource of a type. */
export function theOne(template: any, type: string): [string, any] {
  const found = Object.entries<any>(template.Resources).filter(([, { Type }]) => Type === type);
  expect(found).toHaveLength(1);
  return found[0];
}
