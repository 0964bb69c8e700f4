import { CfnResource, Duration } from 'aws-cdk-lib';
import * as l1 from 'aws-cdk-lib/aws-backup';
import { aws_backup as backup, aws_iam as iam } from 'aws-cdk-lib/interfaces';
import { BackupCompletion, BackupCompletionKind, BackupTimeoutAction } from './backup-completion';
import { BackupProblemAction } from './backup-problem-action';
import { BackupTrigger } from './backup-trigger';
import { inKeyOrder } from './canonical';
import { BackupOptions, OnDemandBackupProps } from './on-demand-backup-props';
import { BackupExtension, EXTENSION_VERSION, MAX_SERVICE_TIMEOUT, StartBackupJobParameters, WaitExtension, WaitSettings } from './request';

/** AWS Backup's shortest start window: a job that nobody waits for any more must not start hours later. */
const START_WINDOW_WHEN_WAITING = 60;

/** Where to and with whose permissions. */
export interface RequestTarget {
  readonly vault: backup.IBackupVaultRef;
  readonly role: iam.IRoleRef;
}

/** The part of the custom resource that AWS Backup is sent. */
export function startBackupJobParameters(
  props: OnDemandBackupProps,
  { vault, role }: RequestTarget,
): Omit<StartBackupJobParameters, 'StartWindowMinutes' | 'ResourceArn'> {
  return {
    BackupVaultName: vault.backupVaultRef.backupVaultName,
    LogicallyAirGappedBackupVaultArn: props.logicallyAirGappedVault && logicallyAirGappedVaultArn(props.logicallyAirGappedVault),
    IamRoleArn: role.roleRef.roleArn,
    IdempotencyToken: props.idempotencyToken,
    CompleteWindowMinutes: minutes(props.completionWindow),
    Lifecycle: whereSaid({
      MoveToColdStorageAfterDays: days(props.moveToColdStorageAfter),
      DeleteAfterDays: days(props.deleteAfter),
      OptInToArchiveForSupportedResources: props.optInToArchive,
    }),
    RecoveryPointTags: whereSaid(inKeyOrder(props.recoveryPointTags ?? {})),
    BackupOptions: whereSaid(backupOptions(props.backupOptions ?? {})),
    Index: props.index,
  };
}

/** The start window that AWS Backup is sent, in minutes. */
export function startWindowMinutes(startWindow: Duration | undefined, completion: BackupCompletion): number | undefined {
  return minutes(startWindow) ?? (completion.kind === BackupCompletionKind.WAIT_FOR ? START_WINDOW_WHEN_WAITING : undefined);
}

/** The part of the custom resource that is ours. */
export function backupExtension(
  trigger: BackupTrigger,
  completion: BackupCompletion,
  onFailure: BackupProblemAction,
  stateMachineArn: string | undefined,
): BackupExtension {
  return Object.assign({
    Version: EXTENSION_VERSION,
    Trigger: trigger.kind,
    TriggerValues: trigger._values.length > 0 ? trigger._values : undefined,
    Completion: completion.kind,
    OnFailure: unlessDefault(onFailure, BackupProblemAction.FAIL),
  }, stateMachineArn === undefined ? {} : waitSettings(completion, stateMachineArn, 0));
}

/** A resource that waits on for a backup which another one has started. */
export function waitExtension(
  backupRef: string,
  completion: BackupCompletion,
  onFailure: BackupProblemAction,
  stateMachineArn: string,
  index: number,
): WaitExtension {
  return {
    Version: EXTENSION_VERSION,
    Backup: backupRef,
    OnFailure: unlessDefault(onFailure, BackupProblemAction.FAIL),
    ...waitSettings(completion, stateMachineArn, index),
  };
}

/** How the resource waits that is the nth of those that wait for one backup. */
function waitSettings(completion: BackupCompletion, stateMachineArn: string, index: number): WaitSettings {
  const shares = waitShares(secondsOf(completion));
  return {
    Timeout: shares[index],
    WaitsOn: index < shares.length - 1 ? true : undefined,
    StateMachineArn: stateMachineArn,
    OnTimeout: unlessDefault(completion.onTimeout, BackupTimeoutAction.FAIL),
    OnPartial: unlessDefault(completion.onPartial, BackupProblemAction.FAIL),
    OnIssues: unlessDefault(completion.onIssues, BackupProblemAction.WARN),
  };
}

/** Seconds that a backup may take; 0 where nothing waits for it. */
export function secondsOf(completion: BackupCompletion): number {
  return completion.timeout?.toSeconds() ?? 0;
}

/** Seconds that each resource waits: an hour, the last one what is left. A longer timeout only appends. */
export function waitShares(total: number): number[] {
  const full = Math.floor(total / MAX_SERVICE_TIMEOUT);
  const rest = total % MAX_SERVICE_TIMEOUT;
  return [...Array<number>(full).fill(MAX_SERVICE_TIMEOUT), ...(rest > 0 ? [rest] : [])];
}

function unlessDefault<T>(value: T, normal: T): T | undefined {
  return value === normal ? undefined : value;
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
  // CDK leaves out single values of which nothing is said.
  return Object.values(structure).some((value) => value !== undefined) ? structure as { [K in keyof T]: Exclude<T[K], undefined> } : undefined;
}
