import type { StartBackupJobCommandInput } from '@aws-sdk/client-backup';
import { UserError } from './failure';
import { Terms, termsOf } from './terms';
import { BackupExtension, EXTENSION, EXTENSION_VERSION, StartBackupJobParameters, WaitExtension } from '../src/request';

/** Ready for AWS Backup, but for the token. */
export type StartInput = StartBackupJobCommandInput & { ResourceArn: string; BackupVaultName: string; IamRoleArn: string };

/** The properties of a custom resource, as the function works with them. */
export interface ResourceRequest {
  /** Without a resource where that has to be found first. */
  readonly start: Omit<StartInput, 'ResourceArn'> & { ResourceArn?: string };
  readonly trigger: { readonly kind?: string; readonly values: readonly string[] };
  readonly terms: Terms;
  /** What else than the trigger's values may ask for another backup. */
  readonly gated?: { readonly fingerprint: string; readonly watch: readonly unknown[] };
  /** The source as a resource of this stack: of a gate, or, with the form of its ARN, of a guard. */
  readonly source?: { readonly logicalId: string; readonly arnFormat?: string };
  /** Why this deployment backs up nothing. */
  readonly skip?: string;
  /** Of a resource that waits on: the PhysicalResourceId of the one before it. */
  readonly backup?: string;
}

/** Properties as CloudFormation delivers them: of either type of resource, from this version of the library or another. */
type Properties = Partial<StartBackupJobParameters> & { readonly [EXTENSION]?: Partial<BackupExtension & WaitExtension> };

export function resourceRequest(given: Readonly<Record<string, unknown>>): ResourceRequest {
  const properties: Properties = given;
  const extension = properties[EXTENSION];
  if (extension?.Version !== EXTENSION_VERSION) {
    throw new UserError(`${EXTENSION}.Version is ${JSON.stringify(extension?.Version)}, and this function reads version ${EXTENSION_VERSION}: `
      + 'the function and the resource come from different versions of cdk-on-demand-backup; deploy both with the newer one.');
  }
  return {
    start: extension.SourceArnFormat === undefined ? startInput(properties) : startInputWithoutResource(properties),
    trigger: { kind: extension.Trigger, values: extension.TriggerValues ?? [] },
    terms: termsOf(extension),
    gated: extension.Gated === undefined ? undefined : { fingerprint: extension.Gated, watch: extension.Watch ?? [] },
    source: extension.SourceLogicalId === undefined ? undefined : { logicalId: extension.SourceLogicalId, arnFormat: extension.SourceArnFormat },
    skip: extension.Skip,
    backup: extension.Backup,
  };
}

/** The request of a guard, once its resource is found. */
export function located(request: ResourceRequest, resourceArn: string | undefined): ResourceRequest {
  return resourceArn === undefined ? request : { ...request, start: { ...request.start, ResourceArn: resourceArn } };
}

/** The parameters of StartBackupJob as the service takes them, numbers as numbers. */
export function startInput(parameters: Partial<StartBackupJobParameters>): StartInput {
  return { ...startInputWithoutResource(parameters), ResourceArn: needed(parameters, 'ResourceArn') };
}

function startInputWithoutResource(parameters: Partial<StartBackupJobParameters>): Omit<StartInput, 'ResourceArn'> {
  return {
    BackupVaultName: needed(parameters, 'BackupVaultName'),
    IamRoleArn: needed(parameters, 'IamRoleArn'),
    LogicallyAirGappedBackupVaultArn: parameters.LogicallyAirGappedBackupVaultArn,
    IdempotencyToken: parameters.IdempotencyToken,
    StartWindowMinutes: number(parameters.StartWindowMinutes),
    CompleteWindowMinutes: number(parameters.CompleteWindowMinutes),
    Lifecycle: parameters.Lifecycle && {
      MoveToColdStorageAfterDays: number(parameters.Lifecycle.MoveToColdStorageAfterDays),
      DeleteAfterDays: number(parameters.Lifecycle.DeleteAfterDays),
      OptInToArchiveForSupportedResources: boolean(parameters.Lifecycle.OptInToArchiveForSupportedResources),
    },
    RecoveryPointTags: parameters.RecoveryPointTags,
    BackupOptions: parameters.BackupOptions,
    Index: parameters.Index as StartBackupJobCommandInput['Index'],
  };
}

function needed(parameters: Partial<StartBackupJobParameters>, name: 'BackupVaultName' | 'ResourceArn' | 'IamRoleArn'): string {
  const value = parameters[name];
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
