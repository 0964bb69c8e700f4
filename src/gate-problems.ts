import { App, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { BackupCompletion } from './backup-completion';
import { BackupSource } from './backup-source';
import { DependencyGraph, reachableFrom } from './dependency-graph';
import { isOwnType } from './own-resources';
import { resourcesOf } from './resources-of';
import { GATE_RULES, GatedView, HELD_RULES, LATE_GATE_RULES } from './validation/gates';
import { Problem } from './validation/problem';
import { runRules } from './validation/run-rules';

/** Constructs that are to wait for a backup. */
export interface GateRequest {
  readonly backup: IConstruct;
  /** The prop or method that names them. */
  readonly prop: string;
  readonly scopes: readonly IConstruct[];
  /** As the user gave it. */
  readonly completion?: BackupCompletion;
  /** It is a guard without `beforeChange`. */
  readonly guardsDeletionOnly: boolean;
}

/** Why constructs cannot be gated, as far as it shows at once. */
export function gateProblems({ backup, prop, scopes, completion, guardsDeletionOnly }: GateRequest): Problem[] {
  return runRules(GATE_RULES, {
    prop,
    scopes: scopes.map((scope) => viewOf(scope, backup)),
    completion: completion?.kind,
    guardsDeletionOnly,
  }).problems;
}

function viewOf(scope: IConstruct, backup: IConstruct): GatedView {
  const holds = (construct: IConstruct) => construct.node.scopes.includes(scope);
  return {
    path: pathOf(scope),
    around: holds(Stack.of(backup)) ? 'stack' : holds(backup) ? 'backup' : undefined,
    otherStage: Stage.of(scope) !== Stage.of(backup),
  };
}

/** Why a construct cannot be gated, as far as it shows only when everything has been created. */
export function lateGateProblems(source: BackupSource, prop: string, scope: IConstruct): Problem[] {
  const resources = resourcesOf(scope);
  return runRules(LATE_GATE_RULES, {
    prop,
    path: pathOf(scope),
    deploys: resources.length > 0 ? 'resources' : holdsBackup(scope) ? 'backup' : 'nothing',
    holdsSource: source.cfnResource !== undefined && resources.includes(source.cfnResource),
  }).problems;
}

/** Why a resource does not wait, though CDK was told that it has to. */
export function holdProblems(prop: string, path: string, id: string, backup: string, graph: DependencyGraph): Problem[] {
  const waits = !graph.has(id) || graph.get(id)!.has(backup) || reachableFrom(graph, id).has(backup);
  return runRules(HELD_RULES, { prop, path, waits }).problems;
}

function holdsBackup(scope: IConstruct): boolean {
  return scope.node.findAll().some((each) => CfnResource.isCfnResource(each) && isOwnType(each.cfnResourceType));
}

function pathOf(construct: IConstruct): string {
  return construct.node.path || (App.isApp(construct) ? 'the app' : 'the root');
}
