import { CfnElement, CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { FINAL_RESOURCE_TYPE } from './request';

/** A stack as its template holds it. */
export interface RenderedStack {
  readonly resources: { readonly [logicalId: string]: any };
  readonly parameters: { readonly [logicalId: string]: any };
  /** Names of the outputs. */
  readonly outputs: readonly string[];
  /** The construct of each resource. */
  readonly constructs: ReadonlyMap<string, CfnResource>;
}

/** Renders a stack, each element once. */
export function renderStack(stack: Stack): RenderedStack {
  const resources: { [id: string]: any } = {};
  const parameters: { [id: string]: any } = {};
  const outputs: string[] = [];
  const constructs = new Map<string, CfnResource>();
  const elements = [...elementsOf(stack)];
  // All at once: one by one, CDK would measure each.
  const fragments: any[] = stack.resolve(elements.map(fragmentOf));
  fragments.forEach((fragment, i) => {
    const element = elements[i];
    Object.assign(resources, fragment.Resources);
    Object.assign(parameters, fragment.Parameters);
    outputs.push(...Object.keys(fragment.Outputs ?? {}));
    if (CfnResource.isCfnResource(element)) {
      Object.keys(fragment.Resources ?? {}).forEach((id) => constructs.set(id, element));
    }
  });
  return { resources, parameters, outputs, constructs };
}

/** One element of a template. */
export function renderElement(element: CfnElement, stack: Stack): any {
  return stack.resolve(fragmentOf(element));
}

function fragmentOf(element: CfnElement): unknown {
  return isFinal(element)
    ? { Resources: { [element.logicalId]: { Type: FINAL_RESOURCE_TYPE } } }
    // Not in the public types of aws-cdk-lib; it is what synthesis writes.
    : (element as unknown as { _toCloudFormation(): unknown })._toCloudFormation();
}

/** The final backups wait for everything, and nothing for them: what they look like follows from the rest. */
function isFinal(element: CfnElement): boolean {
  return CfnResource.isCfnResource(element) && element.cfnResourceType === FINAL_RESOURCE_TYPE;
}

function* elementsOf(construct: IConstruct): Generator<CfnElement> {
  if (CfnElement.isCfnElement(construct)) {
    yield construct;
  }
  for (const child of construct.node.children) {
    // A nested stack is a template of its own.
    if (!Stack.isStack(child)) {
      yield* elementsOf(child);
    }
  }
}
