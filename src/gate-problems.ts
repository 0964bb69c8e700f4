import { App, CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { BackupCompletion, BackupCompletionKind } from './backup-completion';
import { BackupSource } from './backup-source';
import { DependencyGraph, reachableFrom } from './dependency-graph';
import { isOwnType } from './own-resources';
import { resourcesOf } from './resources-of';
import { describe, Problem } from './validation/problem';

const DEPENDS_ON = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html';

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
  const value = () => scopes.map(pathOf).join(', ');
  return scopes.length === 0 ? [] : [
    ...completion?.kind === BackupCompletionKind.FIRE_AND_FORGET ? [{
      prop,
      value: `${value()} with completion ${completion.kind}`,
      rule: 'A backup that the deployment does not wait for holds nothing back.',
      remedy: 'Leave completion out, or set it to BackupCompletion.waitFor().',
    }] : [],
    ...guardsDeletionOnly ? [{
      prop,
      value: `${value()} with beforeChange false`,
      rule: 'A guard that backs up before a deletion only has no backup that something could wait for.',
      remedy: 'Leave beforeChange out.',
    }] : [],
    ...scopes.flatMap((scope) => scopeProblem(backup, prop, scope)),
  ];
}

function scopeProblem(backup: IConstruct, prop: string, scope: IConstruct): Problem[] {
  if (backup.node.scopes.includes(scope)) {
    return [{
      prop,
      value: `${pathOf(scope)}, which holds the backup itself`,
      rule: `A construct cannot wait for a part of itself${Stack.of(backup).node.scopes.includes(scope) ? ', and a stack holds the function behind its backups too' : ''}.`,
      remedy: 'Name the constructs in it that have to wait, or create the backup outside of it.',
      see: DEPENDS_ON,
    }];
  }
  if (Stage.of(scope) !== Stage.of(backup)) {
    return [{
      prop,
      value: `${pathOf(scope)}, which is in another stage`,
      rule: 'Stages are deployed independently of each other.',
      remedy: 'Create the backup in the stage of what it gates.',
      see: 'https://docs.aws.amazon.com/cdk/v2/guide/stages.html',
    }];
  }
  return [];
}

/** Why a construct cannot be gated, as far as it shows only when everything has been created. */
export function lateGateProblems(source: BackupSource, prop: string, scope: IConstruct): string[] {
  const resources = resourcesOf(scope);
  if (resources.length === 0) {
    return [describe(holdsBackup(scope) ? {
      prop,
      value: `${pathOf(scope)}, which is a backup itself`,
      rule: 'A backup that waits for another one is not repeated because of that one.',
      remedy: 'Say it of the later backup: executeAfter() with the earlier one.',
      see: DEPENDS_ON,
    } : {
      prop,
      value: `${pathOf(scope)}, which has no CloudFormation resource`,
      rule: 'What is imported, or renders nothing, is not deployed and cannot wait.',
      remedy: 'Name the construct that is deployed, or leave it out.',
      see: DEPENDS_ON,
    })];
  }
  return source.cfnResource && resources.includes(source.cfnResource) ? [describe({
    prop,
    value: `${pathOf(scope)}, which holds the source of the backup`,
    rule: 'A backup that refers to its source cannot come before it.',
    remedy: 'Use OnDemandBackup.guard(), which backs up a resource before its own changes.',
    see: DEPENDS_ON,
  })] : [];
}

/** Why a resource does not wait, though CDK was told that it has to: an override has the last word about a DependsOn. */
export function holdProblems(prop: string, path: string, id: string, backup: string, graph: DependencyGraph): string[] {
  return !graph.has(id) || graph.get(id)!.has(backup) || reachableFrom(graph, id).has(backup) ? [] : [describe({
    prop,
    value: `${path}, which does not wait for the backup in the template`,
    rule: 'Without a DependsOn, CloudFormation changes it while the backup is still being made.',
    remedy: 'Take away what replaces or removes its DependsOn (addOverride, addDeletionOverride, removeDependency), and say the rest with addDependency().',
    see: DEPENDS_ON,
  })];
}

function holdsBackup(scope: IConstruct): boolean {
  return scope.node.findAll().some((each) => CfnResource.isCfnResource(each) && isOwnType(each.cfnResourceType));
}

function pathOf(construct: IConstruct): string {
  return construct.node.path || (App.isApp(construct) ? 'the app' : 'the root');
}
