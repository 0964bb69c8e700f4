import { CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { aws_backup, aws_iam } from 'aws-cdk-lib/interfaces';
import { IConstruct } from 'constructs';
import { referenceOf } from '../arn';
import { BackupCompletion } from '../backup-completion';
import { BackupGraph } from '../backup-graph';
import { BackupTrigger } from '../backup-trigger';
import { OnDemandBackupProps } from '../on-demand-backup-props';
import { renderElement } from '../rendered-stack';
import { checkRendered } from './check-rendered';
import { findingsOf } from './findings-of';
import { keysOf } from './keys-of';
import { describe, Problem } from './problem';
import { PropsView, viewOf } from './props-view';
import { RenderedResource, RenderedView, UsedKey, UsedResource } from './rendered-view';
import { warningId } from './rule';

/** A backup at the end of its construction. */
export interface BackupToValidate {
  /** With what gates have made of trigger and completion by now. */
  readonly construct: IConstruct & { readonly trigger: BackupTrigger; readonly completion: BackupCompletion };
  /** As the user gave them. */
  readonly props: OnDemandBackupProps;
  readonly vault: aws_backup.IBackupVaultRef;
  readonly role: aws_iam.IRoleRef;
  /** The custom resources. */
  readonly resources: readonly CfnResource[];
}

/**
 * For `node.addValidation`: the problems of what a backup uses, and of what gates have made of it. Warnings become annotations.
 *
 * By the time of validation Aspects and overrides are done, and the assembly does not yet hold the annotations: both come out right.
 */
export function validateBackup(backup: BackupToValidate): string[] {
  const { construct, props } = backup;
  const { trigger, completion } = construct;
  // Whatever was wrong with the props as given has been thrown already.
  const view = viewOf(construct, Object.assign({}, props, { trigger, completion }));
  const own = findingsOf(Stack.of(construct), view);
  const rendered = checkRendered(collect(backup, view));
  addWarnings(construct, [...own.warnings, ...rendered.warnings]);
  return [...own.problems, ...rendered.problems].map(describe);
}

/** Adds warnings that `Validations.of(…).acknowledge()` silences, whichever comes first. */
export function addWarnings(construct: IConstruct, warnings: readonly Problem[]): void {
  if (warnings.length === 0) {
    return;
  }
  // CDK itself forgets the construct and the app when it asks whether a warning was acknowledged before it was added (seen at 2.258).
  const acknowledged = construct.node.scopes.flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.keys(data));
  warnings.filter(({ statement }) => !acknowledged.includes(warningId(statement)))
    .forEach((warning) => Validations.of(construct).addWarning(warningId(warning.statement), describe(warning)));
}

function collect({ construct, props, vault, role, resources }: BackupToValidate, { source, deleteAfter, windowsVss }: PropsView): RenderedView {
  const stack = Stack.of(construct);
  const airGapped = props.logicallyAirGappedVault?.logicallyAirGappedBackupVaultRef.backupVaultName;
  const vaultName = vault.backupVaultRef.backupVaultName;
  const target = referenceOf(vaultName)?.target;
  return {
    source: source!,
    sourceResource: props.source.cfnResource && render(props.source.cfnResource, stack),
    vault: used(target, !props.vault, stack),
    role: used(referenceOf(role.roleRef.roleArn)?.target, !props.role, stack),
    airGappedVault: airGapped === undefined ? undefined : used(referenceOf(airGapped)?.target, false, stack),
    deleteAfter,
    windowsVss: windowsVss ?? false,
    roleArn: BackupGraph.of(stack).resolve(role.roleRef.roleArn),
    keys: [
      ...usedKeys('source', props.source.cfnResource, stack),
      ...usedKeys('vault', target, stack),
      ...usedKeys('logicallyAirGappedVault', airGapped === undefined ? undefined : referenceOf(airGapped)?.target, stack),
    ],
    backups: resources.flatMap((resource) => render(resource, stack) ?? []),
  };
}

function usedKeys(prop: string, owner: CfnResource | undefined, stack: Stack): UsedKey[] {
  const rendered = owner && render(owner, stack);
  return rendered ? keysOf(owner, rendered.properties).map(({ key, managedByAws }) => ({
    prop, owner: rendered.path, resource: key && render(key, stack), managedByAws,
  })) : [];
}

function used(target: CfnResource | undefined, own: boolean, stack: Stack): UsedResource {
  return { own, resource: target && render(target, stack) };
}

function render(resource: CfnResource, stack: Stack): RenderedResource | undefined {
  const owner = Stack.of(resource);
  const graph = BackupGraph.of(stack);
  const body = owner === stack
    ? graph.settlement()!.rendered.resources[graph.idOf(resource)]
    : Object.values<any>(renderElement(resource, owner).Resources ?? {})[0];
  if (!body) {
    return undefined;
  }
  const known = RENDERED.get(body) ?? {
    path: resource.node.path,
    type: body.Type,
    sameStack: owner === stack,
    properties: body.Properties ?? {},
    deletionPolicy: body.DeletionPolicy,
    updateReplacePolicy: body.UpdateReplacePolicy,
  };
  RENDERED.set(body, known);
  return known;
}

/** By what is rendered, which is new in each synthesis: backups have vault and role in common. */
const RENDERED = new WeakMap<object, RenderedResource>();
