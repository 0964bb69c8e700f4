import { fingerprintOf, canonical } from './canonical';
import { DependencyGraph, dependencyGraph, reachableFrom } from './dependency-graph';
import { GatedBody } from './gated-body';
import { condition, Intrinsic, intrinsicsOf } from './intrinsics';
import { orderOneAfterAnother } from './ordering';
import { CDK_METADATA_TYPE, isOwnType } from './own-resources';
import { FINAL_RESOURCE_TYPE } from './request';
import { isSecret } from './secrets';

/** A rendered template, as far as its dependencies are concerned. */
export interface Surroundings {
  readonly resources: { readonly [logicalId: string]: any };
  readonly parameters: { readonly [logicalId: string]: any };
  /** The part of a resource that counts as a change, with the given properties ignored. */
  bodyOf(logicalId: string, ignored: readonly string[]): GatedBody;
}

/** A backup, by the logical ids of its resources. */
export interface MemberView {
  /** Each waits for the one before it. */
  readonly resources: readonly string[];
  /** The same for backups of the same source. */
  readonly sourceKey: string;
  /** The source, where it is in this template. */
  readonly source?: string;
  /** What it looks for changes in; undefined where changes are not its reason. */
  readonly gated?: {
    /** In this template. */
    readonly own: readonly string[];
    /** In other templates: nothing of them can be watched from here. */
    readonly foreign: readonly GatedBody[];
    readonly ignored: readonly string[];
  };
}

/** What a backup has to look like in its template. */
export interface SettledBackup {
  readonly fingerprint?: string;
  /** Intrinsics by which CloudFormation tells the backup that what is gated changes through a reference. */
  readonly watch: readonly object[];
  /** Further logical ids that the first resource waits for. */
  readonly dependsOn: readonly string[];
  /** Name of the condition on which the source exists. */
  readonly condition?: string;
}

export interface Settlement {
  /** Who waits for whom in the end. */
  readonly graph: DependencyGraph;
  /** In the order of the members. */
  readonly backups: readonly SettledBackup[];
  /** What nothing waits for, but for the final backups: to wait for these is to wait for everything. */
  readonly tops: readonly string[];
}

/**
 * Settles what depends on the whole template, in one pass over its dependencies.
 *
 * Each reference that a backup watches makes the backup wait for what it refers to, so it is judged with those before it
 * and left out where it would close a cycle: of what is left out the body counts instead. Backups of one source are
 * ordered last, because an order can always be found and a reference that is left out is one seen less well.
 */
export function settle(surroundings: Surroundings, members: readonly MemberView[]): Settlement {
  const graph = dependencyGraph(surroundings.resources);
  const dependents = reversed(graph);
  const accept = (from: string, to: string) => {
    graph.get(from)?.add(to);
    dependents.get(to)?.add(from);
  };
  const looks = members.map((member) => look(member, surroundings, dependents, accept));

  const more = new Map<string, string[]>(members.map(({ resources: [first] }) => [first, []]));
  for (const { dependent, dependency } of orderOneAfterAnother(groupsOf(members), graph)) {
    more.get(dependent)!.push(dependency);
    accept(dependent, dependency);
  }
  const backups = members.map((member, i) => Object.assign(looks[i], {
    dependsOn: more.get(member.resources[0])!,
    condition: conditionOf(member, surroundings),
  }));
  return { graph, backups, tops: topsOf(graph, surroundings) };
}

/** How a backup sees changes of what it gates. */
function look(
  member: MemberView,
  surroundings: Surroundings,
  dependents: DependencyGraph,
  accept: (from: string, to: string) => void,
): { fingerprint?: string; watch: object[] } {
  const { resources: [first], gated } = member;
  if (!gated) {
    return { watch: [] };
  }
  const after = reachableFrom(dependents, first).add(first);
  // CDK leaves some resources out of the template, such as a policy without statements.
  const rendered = gated.own.filter((id) => id in surroundings.resources);
  const bodies = rendered.map((id) => surroundings.bodyOf(id, gated.ignored));
  const seen = new Set(rendered);
  const watch = new Map<string, object>();
  const own = conditionOf(member, surroundings);
  // The list grows: what cannot be watched is looked into.
  for (const body of bodies) {
    for (const intrinsic of [...intrinsicsOf(body.properties), ...existence(body, own)]) {
      const { of: target } = intrinsic;
      const resource = target === undefined ? undefined : surroundings.resources[target];
      if (resource && after.has(target!)) {
        if (!seen.has(target!) && !isOwnType(resource.Type)) {
          seen.add(target!);
          bodies.push(surroundings.bodyOf(target!, []));
        }
      } else if (isWatchable(intrinsic, surroundings)) {
        const value = watched(intrinsic, resource, own);
        watch.set(canonical(value), value);
        if (resource) {
          accept(first, target!);
        }
      }
    }
  }
  const parts = [...bodies, ...gated.foreign].map(({ logicalId, type, properties }) => canonical([logicalId, type, properties]));
  return { fingerprint: fingerprintOf(parts.sort()), watch: [...watch].sort(([a], [b]) => a < b ? -1 : 1).map(([, value]) => value) };
}

function existence({ condition: name }: GatedBody, own: string | undefined): Intrinsic[] {
  return name === undefined || name === own ? [] : [{ value: condition(name) }];
}

/** Pseudo parameters never change in a stack; NoEcho ones must not be seen. */
function isWatchable({ of: target, by }: Intrinsic, { resources, parameters }: Surroundings): boolean {
  return [target, ...by ?? []].every((id) => id === undefined || id in resources || id in parameters && String(parameters[id].NoEcho) !== 'true');
}

/** Of a secret only whose it is; of a resource that need not exist, only where it does. */
function watched({ value, of: target, attribute }: Intrinsic, resource: any, own: string | undefined): object {
  const seen = resource && attribute !== undefined && isSecret(resource.Type, attribute) ? { Ref: target } : value;
  const { Condition: name } = resource ?? {};
  return name === undefined || name === own ? seen : { 'Fn::If': [name, seen, ''] };
}

function conditionOf({ source }: Pick<MemberView, 'source'>, { resources }: Surroundings): string | undefined {
  return source === undefined ? undefined : resources[source]?.Condition;
}

function groupsOf(members: readonly MemberView[]) {
  const groups = new Map<string, { first: string; last: string }[]>();
  for (const { sourceKey, resources } of members) {
    const group = groups.get(sourceKey) ?? [];
    group.push({ first: resources[0], last: resources[resources.length - 1] });
    groups.set(sourceKey, group);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function topsOf(graph: DependencyGraph, { resources }: Surroundings): string[] {
  const counted = [...graph].filter(([id]) => resources[id].Type !== FINAL_RESOURCE_TYPE && resources[id].Type !== CDK_METADATA_TYPE);
  const awaited = new Set(counted.flatMap(([, targets]) => [...targets]));
  return counted.map(([id]) => id).filter((id) => !awaited.has(id)).sort();
}

function reversed(graph: DependencyGraph): DependencyGraph {
  const result: DependencyGraph = new Map([...graph.keys()].map((id) => [id, new Set()]));
  for (const [id, targets] of graph) {
    targets.forEach((target) => result.get(target)!.add(id));
  }
  return result;
}
