import type { StartBackupJobCommandInput } from '@aws-sdk/client-backup';
import { EXTENSION, EXTENSION_VERSION, OnDemandBackupProperties } from '../src/request';

/** The properties of the custom resource, as the function works with them. */
export interface BackupRequest {
  /** Ready for AWS Backup, but for the token. */
  readonly job: StartBackupJobCommandInput & { ResourceArn: string; BackupVaultName: string; IamRoleArn: string };
  readonly trigger: { readonly kind: string; readonly values: readonly string[] };
  readonly completion: { readonly kind: string };
  readonly failsDeployment: boolean;
}

/** What the deployed properties cannot mean; the text goes to the user. */
export class RequestError extends Error {}

export function backupRequest(properties: Readonly<Record<string, unknown>>): BackupRequest {
  const request = properties as unknown as OnDemandBackupProperties;
  const extension = request[EXTENSION];
  if (extension?.Version !== EXTENSION_VERSION) {
    throw new RequestError(`${EXTENSION}.Version is ${JSON.stringify(extension?.Version)}, and this function reads version ${EXTENSION_VERSION}: `
      + 'the function and the resource come from different versions of cdk-on-demand-backup; deploy both with the newer one');
  }
  return {
    job: {
      BackupVaultName: needed(request, 'BackupVaultName'),
      ResourceArn: needed(request, 'ResourceArn'),
      IamRoleArn: needed(request, 'IamRoleArn'),
      LogicallyAirGappedBackupVaultArn: request.LogicallyAirGappedBackupVaultArn,
      IdempotencyToken: request.IdempotencyToken,
      StartWindowMinutes: number(request.StartWindowMinutes),
      CompleteWindowMinutes: number(request.CompleteWindowMinutes),
      Lifecycle: request.Lifecycle && {
        MoveToColdStorageAfterDays: number(request.Lifecycle.MoveToColdStorageAfterDays),
        DeleteAfterDays: number(request.Lifecycle.DeleteAfterDays),
        OptInToArchiveForSupportedResources: boolean(request.Lifecycle.OptInToArchiveForSupportedResources),
      },
      RecoveryPointTags: request.RecoveryPointTags,
      BackupOptions: request.BackupOptions,
      Index: request.Index as StartBackupJobCommandInput['Index'],
    },
    trigger: { kind: extension.Trigger, values: extension.TriggerValues ?? [] },
    completion: { kind: extension.Completion },
    failsDeployment: extension.OnFailure !== 'WARN',
  };
}

function needed(request: OnDemandBackupProperties, name: 'BackupVaultName' | 'ResourceArn' | 'IamRoleArn'): string {
  const value = request[name];
  if (!value) {
    throw new RequestError(`${name} is ${JSON.stringify(value)}, expected a text: see what the template gives to this property`);
  }
  return value;
}

function number(value: unknown): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function boolean(value: unknown): boolean | undefined {
  return value === undefined ? undefined : String(value) === 'true';
}
