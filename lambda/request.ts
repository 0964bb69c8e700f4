import type { StartBackupJobCommandInput } from '@aws-sdk/client-backup';
import { UserError } from './failure';
import { Terms, termsOf } from './terms';
import { EXTENSION, EXTENSION_VERSION, OnDemandBackupProperties, OnDemandBackupWaitProperties, WAIT_RESOURCE_TYPE } from '../src/request';

/** The properties of a custom resource, as the function works with them. */
export type ResourceRequest = BackupRequest | WaitRequest;

/** Ready for AWS Backup, but for the token. */
export type StartInput = StartBackupJobCommandInput & { ResourceArn: string; BackupVaultName: string; IamRoleArn: string };

/** `Custom::OnDemandBackup`: start a job and follow it. */
export interface BackupRequest {
  readonly kind: 'backup';
  /** Without a resource where that has to be found first. */
  readonly start: Omit<StartInput, 'ResourceArn'> & { ResourceArn?: string };
  readonly trigger: { readonly kind: string; readonly values: readonly string[] };
  readonly terms: Terms;
  /** What else than the trigger's values may ask for another backup. */
  readonly gated?: { readonly fingerprint: string; readonly watch: readonly unknown[] };
  /** The source as a resource of this stack: of a gate, or, with the form of its ARN, of a guard. */
  readonly source?: { readonly logicalId: string; readonly arnFormat?: string };
  /** Why this deployment backs up nothing. */
  readonly skip?: string;
}

/** `Custom::OnDemandBackupWait`: follow on where another resource's time was over. */
export interface WaitRequest {
  readonly kind: 'wait';
  /** The PhysicalResourceId of that resource. */
  readonly backup: string;
  readonly terms: Terms;
}

/** The request of a guard, once its resource is found. */
export function located<T extends ResourceRequest>(request: T, resourceArn: string | undefined): T {
  return request.kind === 'backup' && resourceArn !== undefined ? { ...request, start: { ...request.start, ResourceArn: resourceArn } } : request;
}

export function resourceRequest(resourceType: string, properties: Readonly<Record<string, unknown>>): ResourceRequest {
  const extension = properties[EXTENSION] as { Version?: string } | undefined;
  if (extension?.Version !== EXTENSION_VERSION) {
    throw new UserError(`${EXTENSION}.Version is ${JSON.stringify(extension?.Version)}, and this function reads version ${EXTENSION_VERSION}: `
      + 'the function and the resource come from different versions of cdk-on-demand-backup; deploy both with the newer one.');
  }
  return resourceType === WAIT_RESOURCE_TYPE
    ? waitRequest(properties as unknown as OnDemandBackupWaitProperties)
    : backupRequest(properties as unknown as OnDemandBackupProperties);
}

function waitRequest({ [EXTENSION]: extension }: OnDemandBackupWaitProperties): WaitRequest {
  return { kind: 'wait', backup: extension.Backup, terms: termsOf(extension) };
}

function backupRequest(properties: OnDemandBackupProperties): BackupRequest {
  const { [EXTENSION]: extension } = properties;
  return {
    kind: 'backup',
    start: {
      BackupVaultName: needed(properties, 'BackupVaultName'),
      ResourceArn: extension.SourceArnFormat === undefined ? needed(properties, 'ResourceArn') : undefined,
      IamRoleArn: needed(properties, 'IamRoleArn'),
      LogicallyAirGappedBackupVaultArn: properties.LogicallyAirGappedBackupVaultArn,
      IdempotencyToken: properties.IdempotencyToken,
      StartWindowMinutes: number(properties.StartWindowMinutes),
      CompleteWindowMinutes: number(properties.CompleteWindowMinutes),
      Lifecycle: properties.Lifecycle && {
        MoveToColdStorageAfterDays: number(properties.Lifecycle.MoveToColdStorageAfterDays),
        DeleteAfterDays: number(properties.Lifecycle.DeleteAfterDays),
        OptInToArchiveForSupportedResources: boolean(properties.Lifecycle.OptInToArchiveForSupportedResources),
      },
      RecoveryPointTags: properties.RecoveryPointTags,
      BackupOptions: properties.BackupOptions,
      Index: properties.Index as StartBackupJobCommandInput['Index'],
    },
    trigger: { kind: extension.Trigger, values: extension.TriggerValues ?? [] },
    terms: termsOf(extension),
    gated: extension.Gated === undefined ? undefined : { fingerprint: extension.Gated, watch: extension.Watch ?? [] },
    source: extension.SourceLogicalId === undefined ? undefined : { logicalId: extension.SourceLogicalId, arnFormat: extension.SourceArnFormat },
    skip: extension.Skip,
  };
}

function needed(properties: OnDemandBackupProperties, name: 'BackupVaultName' | 'ResourceArn' | 'IamRoleArn'): string {
  const value = properties[name];
  if (!value) {
    throw new UserError(`${name} is ${JSON.stringify(value)}, expected a text: see what the template gives to this property.`);
  }
  return value;
}

function number(value: unknown): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function boolean(value: unknown): boolean | undefined {
  return value === undefined ? undefined : String(value) === 'true';
}
