import { AspectPriority, Aspects, CfnResource, IAspect, Stack } from 'aws-cdk-lib';
import { Dependable, IConstruct } from 'constructs';
import { BackupSource } from './backup-source';
import { DependencyGraph, dependencyGraph } from './dependency-graph';
import { orderOneAfterAnother } from './ordering';

/** Where the backups of a stack are listed; the same for every copy of this library in an app, so it can only grow. */
const BACKUPS = Symbol.for('cdk-on-demand-backup.backups');

interface ListedBackup {
  readonly first: CfnResource;
  readonly last: CfnResource;
  /** The same for backups of the same source. */
  readonly sourceKey: string;
}

/**
 * Makes a backup wait for the others of the same source in its stack, or those for it.
 *
 * @param resources what the backup consists of, each waiting for the one before it
 */
export function orderAmongOthers(resources: CfnResource[], source: BackupSource): void {
  const [first, last] = [resources[0], resources[resources.length - 1]];
  const stack = Stack.of(first) as Stack & { [BACKUPS]?: ListedBackup[] };
  if (!stack[BACKUPS]) {
    Object.defineProperty(stack, BACKUPS, { value: [] });
    // As late as an Aspect can be, so that what users and their Aspects make dependent is known.
    Aspects.of(stack).add(new OrderBackups(stack), { priority: AspectPriority.READONLY });
  }
  stack[BACKUPS]!.push({ first, last, sourceKey: source.cfnResource?.node.addr ?? JSON.stringify(stack.resolve(source.resourceArn)) });
}

class OrderBackups implements IAspect {
  constructor(private readonly stack: Stack & { readonly [BACKUPS]?: ListedBackup[] }) {}

  public visit(node: IConstruct): void {
    if (node !== this.stack) {
      return;
    }
    const backups = this.stack[BACKUPS]!;
    const groups = groupBySource(backups).filter((group) => group.length > 1);
    if (groups.length === 0) {
      return;
    }
    const resources = new Map(backups.flatMap(({ first, last }) => [first, last]).map((resource) => [logicalIdOf(resource), resource]));
    const steps = groups.map((group) => group.map(({ first, last }) => ({ first: logicalIdOf(first), last: logicalIdOf(last) })));
    for (const { dependent, dependency } of orderOneAfterAnother(steps, graphOf(this.stack))) {
      resources.get(dependent)!.node.addDependency(resources.get(dependency)!);
    }
  }
}

function groupBySource(backups: readonly ListedBackup[]): ListedBackup[][] {
  const groups = new Map<string, ListedBackup[]>();
  for (const backup of backups) {
    groups.set(backup.sourceKey, [...groups.get(backup.sourceKey) ?? [], backup]);
  }
  return [...groups.values()];
}

/** The graph of a stack before synthesis turns the dependencies of constructs into DependsOn. */
function graphOf(stack: Stack): DependencyGraph {
  // Not in the public types of aws-cdk-lib; it is what synthesis writes.
  const template = stack.resolve((stack as unknown as { _toCloudFormation(): any })._toCloudFormation());
  const graph = dependencyGraph(template.Resources ?? {});
  for (const construct of stack.node.findAll()) {
    const waiting = construct.node.dependencies.length > 0 ? resourceIds(construct, stack) : [];
    const awaited = construct.node.dependencies.flatMap((each) => Dependable.of(each).dependencyRoots).flatMap((root) => resourceIds(root, stack));
    waiting.forEach((id) => awaited.forEach((other) => graph.get(id)?.add(other)));
  }
  return graph;
}

function resourceIds(root: IConstruct, stack: Stack): string[] {
  return root.node.findAll().filter((node): node is CfnResource => CfnResource.isCfnResource(node) && Stack.of(node) === stack).map(logicalIdOf);
}

function logicalIdOf(resource: CfnResource): string {
  return Stack.of(resource).resolve(resource.logicalId);
}
