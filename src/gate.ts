import { CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { BackupGraph } from './backup-graph';
import { BackupSource } from './backup-source';
import { BackupTrigger, BackupTriggerKind } from './backup-trigger';
import { foreignBodies } from './foreign-bodies';
import { holdProblems, lateGateProblems } from './gate-problems';
import { GatedBody } from './gated-body';
import { resourcesOf } from './resources-of';
import { Problem } from './validation/problem';

/** What is deployed only after a backup. It may grow until synthesis, so nothing about it is final before. */
export class Gate {
  /** By the prop or method that named it. */
  private readonly scopes = new Map<IConstruct, string>();

  public add(prop: string, scopes: readonly IConstruct[]): void {
    scopes.forEach((scope) => this.scopes.set(scope, prop));
  }

  public get isEmpty(): boolean {
    return this.scopes.size === 0;
  }

  public get constructs(): IConstruct[] {
    return [...this.scopes.keys()];
  }

  /** Why some of it cannot wait. */
  public problems(source: BackupSource): Problem[] {
    return [...this.scopes].flatMap(([scope, prop]) => lateGateProblems(source, prop, scope));
  }

  /** Why some of it does not wait, in whatever template it and the backup, or their nested stacks, have in common. */
  public holdProblems(backup: CfnResource): Problem[] {
    return stacksAround(backup).flatMap((stack) => {
      const graph = BackupGraph.of(stack);
      const [awaited] = inStack([backup], stack);
      return [...this.scopes].flatMap(([scope, prop]) => inStack(resourcesOf(scope), stack).filter((resource) => resource !== awaited)
        .flatMap((resource) => holdProblems(prop, resource.node.path, graph.idOf(resource), graph.idOf(awaited), graph.settlement()!.settlement.graph)));
    });
  }
}

/** The resources that a trigger looks for changes in. */
export interface WatchedResources {
  /** In the stack of the backup. */
  readonly own: CfnResource[];
  readonly foreign: GatedBody[];
  readonly ignored: readonly string[];
}

/** What a trigger looks at, as it is rendered; undefined for one that does not look for changes. */
export function watchedBy(trigger: BackupTrigger, stack: Stack): WatchedResources | undefined {
  if (trigger.kind !== BackupTriggerKind.BEFORE_CHANGES_OF) {
    return undefined;
  }
  const ignored = trigger._ignoreProperties;
  const resources = [...new Set(trigger._constructs.flatMap(resourcesOf))];
  const foreign = resources.filter((resource) => Stack.of(resource) !== stack);
  return {
    own: inStack(resources, stack),
    foreign: foreignBodies(foreign, ignored),
    ignored,
  };
}

/** The stack of a resource, and those that this is nested in. */
function stacksAround(resource: CfnResource): Stack[] {
  const { nestedStackResource } = Stack.of(resource);
  return [Stack.of(resource), ...nestedStackResource ? stacksAround(nestedStackResource as CfnResource) : []];
}

/** What of resources is in a stack. A nested stack shows by its parameters what changes for the resources in it. */
function inStack(resources: readonly CfnResource[], stack: Stack): CfnResource[] {
  const own = resources.filter((resource) => Stack.of(resource) === stack);
  const around = resources.filter((resource) => Stack.of(resource) !== stack).flatMap((each) => nestedStackAround(each, stack));
  return [...new Set([...own, ...around])];
}

/** What stands for the nested stack of a resource in a stack around it. */
function nestedStackAround(resource: CfnResource, outer: Stack): CfnResource[] {
  const { nestedStackResource } = Stack.of(resource);
  return nestedStackResource === undefined ? []
    : Stack.of(nestedStackResource) === outer ? [nestedStackResource] : nestedStackAround(nestedStackResource, outer);
}
