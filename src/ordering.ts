import { DependencyGraph, reachableFrom } from './dependency-graph';

/** Something that CloudFormation deploys in one or several steps; both are the same logical id where it is one. */
export interface Steps {
  readonly first: string;
  /** Waits for the first, directly or not. */
  readonly last: string;
}

/** One resource has to wait for another. */
export interface OrderEdge {
  readonly dependent: string;
  readonly dependency: string;
}

/**
 * Puts the members of each group one after another: AWS Backup runs one job of a resource at a time.
 *
 * Members keep the order they were given in, except where the graph already demands another one. An edge that would close
 * a cycle is left out, and each group is judged with the edges of those before it.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html
 */
export function orderOneAfterAnother(groups: readonly (readonly Steps[])[], graph: DependencyGraph): OrderEdge[] {
  if (groups.length === 0) {
    return [];
  }
  const known: DependencyGraph = new Map([...graph].map(([id, waitsFor]) => [id, new Set(waitsFor)]));
  const edges: OrderEdge[] = [];
  for (const group of groups) {
    const chain = inOrder(group, known);
    for (let i = 1; i < chain.length; i++) {
      const edge = { dependent: chain[i].first, dependency: chain[i - 1].last };
      if (!reachableFrom(known, edge.dependency).has(edge.dependent)) {
        edges.push(edge);
        known.set(edge.dependent, new Set([...known.get(edge.dependent) ?? [], edge.dependency]));
      }
    }
  }
  return edges;
}

/** The members in their given order, except that each comes after those it waits for already. */
function inOrder(group: readonly Steps[], graph: DependencyGraph): Steps[] {
  const reached = new Map(group.map((member) => [member, reachableFrom(graph, member.last)]));
  const waits = (member: Steps, other: Steps) => other !== member && reached.get(member)!.has(other.first);
  const placed = new Set<Steps>();
  const visited = new Set<Steps>();
  const place = (member: Steps) => {
    if (!visited.has(member)) {
      visited.add(member);
      group.filter((other) => waits(member, other) && !waits(other, member)).forEach(place);
      placed.add(member);
    }
  };
  group.forEach(place);
  return [...placed];
}
