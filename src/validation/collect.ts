import { CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { aws_backup, aws_iam } from 'aws-cdk-lib/interfaces';
import { IConstruct } from 'constructs';
import { referenceOf } from '../arn';
import { OnDemandBackupProps } from '../on-demand-backup-props';
import { checkRendered } from './check-rendered';
import { describe, Warning } from './problem';
import { viewOf } from './props-view';
import { RenderedResource, RenderedView, UsedResource } from './rendered-view';

/** A backup at the end of its construction. */
export interface BackupToValidate {
  readonly construct: IConstruct;
  /** As the user gave them. */
  readonly props: OnDemandBackupProps;
  readonly vault: aws_backup.IBackupVaultRef;
  readonly role: aws_iam.IRoleRef;
  /** The custom resources; at least one. */
  readonly resources: CfnResource[];
}

/**
 * For `node.addValidation`: the problems of what a backup uses. Warnings become annotations.
 *
 * By the time of validation Aspects and overrides are done, and the assembly does not yet hold the annotations: both come out right.
 */
export function validateBackup(backup: BackupToValidate): string[] {
  const { problems, warnings } = checkRendered(collect(backup));
  // On the child: CDK asks only the ancestors whether a warning was acknowledged before it was added (seen at 2.258).
  addWarnings(backup.resources[0], warnings);
  return problems.map(describe);
}

/** Adds warnings that `Validations.of(…).acknowledge()` silences. */
export function addWarnings(construct: IConstruct, warnings: readonly Warning[]): void {
  warnings.forEach((warning) => Validations.of(construct).addWarning(warning.id, describe(warning)));
}

function collect({ construct, props, vault, role, resources }: BackupToValidate): RenderedView {
  const stack = Stack.of(construct);
  const airGapped = props.logicallyAirGappedVault?.logicallyAirGappedBackupVaultRef.backupVaultName;
  const { source, deleteAfter, windowsVss } = viewOf(construct, props);
  return {
    source: source!,
    sourceResource: props.source.cfnResource && rendered(props.source.cfnResource, stack),
    vault: used(vault.backupVaultRef.backupVaultName, !props.vault, stack),
    role: used(role.roleRef.roleArn, !props.role, stack),
    airGappedVault: airGapped === undefined ? undefined : used(airGapped, false, stack),
    deleteAfter,
    windowsVss: windowsVss ?? false,
    backups: resources.flatMap((resource) => rendered(resource, stack) ?? []),
  };
}

function used(text: string, own: boolean, stack: Stack): UsedResource {
  const target = referenceOf(text)?.target;
  return { own, resource: target && rendered(target, stack) };
}

function rendered(resource: CfnResource, stack: Stack): RenderedResource | undefined {
  const owner = Stack.of(resource);
  // Not in the public types of aws-cdk-lib; the template itself is made of it.
  const fragment = owner.resolve((resource as unknown as { _toCloudFormation(): unknown })._toCloudFormation());
  const [body] = Object.values<any>(fragment.Resources ?? {});
  return body && {
    path: resource.node.path,
    type: body.Type,
    sameStack: owner === stack,
    properties: body.Properties ?? {},
    deletionPolicy: body.DeletionPolicy,
    updateReplacePolicy: body.UpdateReplacePolicy,
  };
}
