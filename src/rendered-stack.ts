import { CfnElement, CfnResource, Lazy, Stack } from 'aws-cdk-lib';
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

/**
 * Renders a stack, each element once.
 *
 * @param stubs what stands for resources that cannot be rendered before the rest of the stack is
 */
export function renderStack(stack: Stack, stubs: ReadonlyMap<CfnElement, object>): RenderedStack {
  const resources: { [id: string]: any } = {};
  const parameters: { [id: string]: any } = {};
  const outputs: string[] = [];
  const constructs = new Map<string, CfnResource>();
  const elements = [...elementsOf(stack)];
  // All at once and by CDK: it would measure each that is resolved or rendered by itself.
  const fragments: any[] = stack.resolve(Lazy.uncachedAny({ produce: () => elements.map((element) => fragmentOf(element, stubs.get(element))) }));
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
  return stack.resolve(fragmentOf(element, undefined));
}

function fragmentOf(element: CfnElement, stub: object | undefined): unknown {
  // Not in the public types of aws-cdk-lib; it is what synthesis writes.
  return stub ? { Resources: { [element.logicalId]: stub } } : (element as unknown as { _toCloudFormation(): unknown })._toCloudFormation();
}

/** What the template of a stack is made of. */
export function* elementsOf(construct: IConstruct): Generator<CfnElement> {
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
