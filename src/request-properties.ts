import { CfnResource, Duration } from 'aws-cdk-lib';
import { aws_backup as backup } from 'aws-cdk-lib/interfaces';
import * as l1 from 'aws-cdk-lib/aws-backup';
import { BackupCompletion } from './backup-completion';
import { BackupTrigger } from './backup-trigger';
import { BackupOptions, BackupProblemAction, OnDemandBackupProps } from './on-demand-backup-props';
import { EXTENSION, EXTENSION_VERSION, OnDemandBackupRequest, SERVICE_TIMEOUT, StartBackupJobParameters } from './request';

/** What the construct has settled before the request is made. */
export interface Settled {
  readonly serviceToken: string;
  readonly vault: backup.IBackupVaultRef;
  readonly roleArn: string;
  readonly trigger: BackupTrigger;
  readonly completion: BackupCompletion;
  readonly onFailure: BackupProblemAction;
}

/** The properties of the custom resource. */
export function requestProperties(props: OnDemandBackupProps, settled: Settled): OnDemandBackupRequest {
  return {
    ServiceToken: settled.serviceToken,
    ServiceTimeout: SERVICE_TIMEOUT,
    ...startBackupJobParameters(props, settled),
    [EXTENSION]: {
      Version: EXTENSION_VERSION,
      Trigger: settled.trigger.kind,
      TriggerValues: settled.trigger._values.length > 0 ? settled.trigger._values : undefined,
      Completion: settled.completion.kind,
      OnFailure: settled.onFailure === BackupProblemAction.FAIL ? undefined : settled.onFailure,
    },
  };
}

function startBackupJobParameters(props: OnDemandBackupProps, settled: Settled): StartBackupJobParameters {
  return {
    BackupVaultName: settled.vault.backupVaultRef.backupVaultName,
    LogicallyAirGappedBackupVaultArn: props.logicallyAirGappedVault && logicallyAirGappedVaultArn(props.logicallyAirGappedVault),
    ResourceArn: props.source.resourceArn,
    IamRoleArn: settled.roleArn,
    IdempotencyToken: props.idempotencyToken,
    StartWindowMinutes: minutes(props.startWindow),
    CompleteWindowMinutes: minutes(props.completionWindow),
    Lifecycle: whereSaid({
      MoveToColdStorageAfterDays: days(props.moveToColdStorageAfter),
      DeleteAfterDays: days(props.deleteAfter),
      OptInToArchiveForSupportedResources: props.optInToArchive,
    }),
    RecoveryPointTags: whereSaid(props.recoveryPointTags ?? {}),
    BackupOptions: whereSaid(backupOptions(props.backupOptions ?? {})),
    Index: props.index,
  };
}

/** The L1 that defines the vault knows its ARN; what its Ref answers is documented in two ways. */
export function logicallyAirGappedVaultArn(vault: backup.ILogicallyAirGappedBackupVaultRef): string {
  const l1Vault = CfnResource.isCfnResource(vault) ? vault : vault.node.defaultChild;
  return l1Vault && CfnResource.isCfnResource(l1Vault)
    ? l1Vault.getAtt('BackupVaultArn').toString()
    : l1.CfnLogicallyAirGappedBackupVault.arnForLogicallyAirGappedBackupVault(vault);
}

function backupOptions(options: BackupOptions): Record<string, string | undefined> {
  return {
    WindowsVSS: enabledOrDisabled(options.windowsVss),
    BackupACLs: enabledOrDisabled(options.backupAcls),
    BackupObjectTags: enabledOrDisabled(options.backupObjectTags),
  };
}

function enabledOrDisabled(value?: boolean): string | undefined {
  return value === undefined ? undefined : value ? 'enabled' : 'disabled';
}

function minutes(duration?: Duration): number | undefined {
  return duration?.toMinutes();
}

function days(duration?: Duration): number | undefined {
  return duration?.toDays();
}

/** A structure of which nothing is said is not sent. */
function whereSaid<T extends object>(structure: T): { [K in keyof T]: Exclude<T[K], undefined> } | undefined {
  const said = Object.entries(structure).filter(([, value]) => value !== undefined);
  return said.length > 0 ? Object.fromEntries(said) as { [K in keyof T]: Exclude<T[K], undefined> } : undefined;
}
