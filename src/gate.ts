import { CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { BackupSource } from './backup-source';
import { BackupTrigger, BackupTriggerKind } from './backup-trigger';
import { lateGateProblems } from './gate-problems';
import { GatedBody, gatedBody } from './gated-body';
import { renderElement } from './rendered-stack';
import { resourcesOf } from './resources-of';

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
  public problems(source: BackupSource): string[] {
    return [...this.scopes].flatMap(([scope, prop]) => lateGateProblems(source, prop, scope));
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
  const own = resources.filter((resource) => Stack.of(resource) === stack);
  const foreign = resources.filter((resource) => Stack.of(resource) !== stack);
  return {
    // A nested stack shows by its parameters what changes for the resources in it.
    own: [...new Set([...own, ...foreign.flatMap((each) => nestedStackAround(each, stack))])],
    foreign: foreign.map((resource) => foreignBody(resource, ignored)),
    ignored,
  };
}

/** What stands for the nested stack of a resource in a stack around it. */
function nestedStackAround(resource: CfnResource, outer: Stack): CfnResource[] {
  const { nestedStackResource } = Stack.of(resource);
  return nestedStackResource === undefined ? []
    : Stack.of(nestedStackResource) === outer ? [nestedStackResource] : nestedStackAround(nestedStackResource, outer);
}

function foreignBody(resource: CfnResource, ignored: readonly string[]): GatedBody {
  const fragment = renderElement(resource, Stack.of(resource));
  const [[logicalId, body]] = Object.entries(fragment.Resources);
  return gatedBody(resource, logicalId, body, ignored);
}
