import { CfnResource, Stack } from 'aws-cdk-lib';
import { GatedBody, gatedBody } from './gated-body';
import { intrinsicsOf } from './intrinsics';
import { isOwn } from './own-resources';
import { elementsOf, renderElement } from './rendered-stack';

/**
 * What of resources in other templates counts as a change. Nothing in there can be watched, so the bodies of what they refer to
 * count too: CloudFormation changes them when that is replaced, though they are rendered as before.
 */
export function foreignBodies(gated: readonly CfnResource[], ignored: readonly string[]): GatedBody[] {
  return [...new Set(gated.map((resource) => Stack.of(resource)))]
    .flatMap((stack) => bodiesIn(stack, gated.filter((resource) => Stack.of(resource) === stack), ignored));
}

function bodiesIn(stack: Stack, gated: readonly CfnResource[], ignored: readonly string[]): GatedBody[] {
  const resources = resourcesById(stack);
  const bodies = gated.flatMap((resource) => foreignBody(resource, ignored));
  const seen = new Set(bodies.map(({ logicalId }) => logicalId));
  // The list grows.
  for (const { properties } of bodies) {
    for (const { of: target } of intrinsicsOf(properties)) {
      const resource = target === undefined || seen.has(target) ? undefined : resources.get(target);
      if (resource && !resource.node.scopes.some(isOwn)) {
        seen.add(target!);
        bodies.push(...foreignBody(resource, []));
      }
    }
  }
  return bodies;
}

function resourcesById(stack: Stack): Map<string, CfnResource> {
  const resources = [...elementsOf(stack)].filter(CfnResource.isCfnResource);
  const ids: string[] = stack.resolve(resources.map(({ logicalId }) => logicalId));
  return new Map(resources.map((resource, i) => [ids[i], resource]));
}

/** Nothing for a resource that CDK leaves out of its template. */
function foreignBody(resource: CfnResource, ignored: readonly string[]): GatedBody[] {
  const { Resources: rendered = {} } = renderElement(resource, Stack.of(resource));
  return Object.entries(rendered).map(([logicalId, body]) => gatedBody(resource, logicalId, body, ignored));
}
