/** Who waits for whom in a template: logical id to the logical ids that CloudFormation deploys first. */
export type DependencyGraph = Map<string, Set<string>>;

/** The graph of a resolved template: references and DependsOn, as CloudFormation reads them. */
export function dependencyGraph(resources: { readonly [logicalId: string]: any }): DependencyGraph {
  const graph: DependencyGraph = new Map();
  for (const [logicalId, resource] of Object.entries(resources)) {
    const found = new Set<string>();
    for (const id of [resource.DependsOn ?? []].flat()) {
      found.add(id);
    }
    // A reference anywhere in a resource is a dependency, also in its metadata and policies.
    collectReferences(resource, found);
    graph.set(logicalId, new Set([...found].filter((id) => id in resources)));
  }
  return graph;
}

function collectReferences(value: any, found: Set<string>): void {
  if (value === null || typeof value !== 'object') {
    return;
  }
  for (const [key, inner] of Object.entries<any>(value)) {
    if (key === 'Ref') {
      found.add(inner);
    } else if (key === 'Fn::GetAtt') {
      found.add(Array.isArray(inner) ? inner[0] : String(inner).split('.')[0]);
    } else if (key === 'Fn::Sub') {
      collectSubstitutions(inner, found);
    }
    collectReferences(inner, found);
  }
}

function collectSubstitutions(value: any, found: Set<string>): void {
  const [text, variables] = Array.isArray(value) ? value : [value, {}];
  for (const [, name] of String(text).matchAll(/\$\{([^!}][^}]*)\}/g)) {
    const [id] = name.trim().split('.');
    if (!(name in (variables ?? {}))) {
      found.add(id);
    }
  }
}

/** Everything that a resource waits for, directly or not. It holds the resource itself only if there is a cycle. */
export function reachableFrom(graph: DependencyGraph, start: string): Set<string> {
  const seen = new Set<string>();
  const open = [start];
  while (open.length > 0) {
    for (const next of graph.get(open.pop()!) ?? []) {
      if (!seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
    }
  }
  return seen;
}

/** The shortest way from a resource back to itself, both ends named; nothing if it does not wait for itself. */
export function cycleThrough(graph: DependencyGraph, start: string): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const open = [start];
  while (open.length > 0) {
    const current = open.shift()!;
    for (const next of graph.get(current) ?? []) {
      if (next === start) {
        return [...wayTo(current, start, cameFrom), start];
      }
      if (!cameFrom.has(next)) {
        cameFrom.set(next, current);
        open.push(next);
      }
    }
  }
  return undefined;
}

function wayTo(end: string, start: string, cameFrom: Map<string, string>): string[] {
  const way = [end];
  while (way[0] !== start) {
    way.unshift(cameFrom.get(way[0])!);
  }
  return way;
}
