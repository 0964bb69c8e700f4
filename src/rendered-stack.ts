import { CfnElement, CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

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
  for (const element of elementsOf(stack)) {
    const fragment = renderElement(element, stack);
    Object.assign(resources, fragment.Resources);
    Object.assign(parameters, fragment.Parameters);
    outputs.push(...Object.keys(fragment.Outputs ?? {}));
    if (CfnResource.isCfnResource(element)) {
      Object.keys(fragment.Resources ?? {}).forEach((id) => constructs.set(id, element));
    }
  }
  return { resources, parameters, outputs, constructs };
}

/** One element of a template. */
export function renderElement(element: CfnElement, stack: Stack): any {
  // Not in the public types of aws-cdk-lib; it is what synthesis writes.
  return stack.resolve((element as unknown as { _toCloudFormation(): unknown })._toCloudFormation());
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
