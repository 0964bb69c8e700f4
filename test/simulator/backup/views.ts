import { CopyJob, Job, Lifecycle, RecoveryPoint, Vault } from './model';
import { deletionTime } from './points';
import { DAY } from './surroundings';

/** The service's records as the wire shows them: dates are epoch seconds, what is undefined is left out. */
export type View = Readonly<Record<string, unknown>>;

const seconds = (milliseconds: number | undefined): number | undefined =>
  milliseconds === undefined || !Number.isFinite(milliseconds) ? undefined : milliseconds / 1000;

const nameOf = (arn: string): string => arn.split(/[:/]/).pop()!;

/** What ListBackupJobs and DescribeBackupJob have in common. */
export function jobView(job: Job, accountId: string, now: number): View {
  const fraction = progress(job, now);
  return {
    AccountId: accountId,
    BackupJobId: job.id,
    BackupVaultName: job.vault.name,
    BackupVaultArn: job.vault.arn,
    VaultType: job.vault.type,
    RecoveryPointArn: job.recoveryPointArn,
    RecoveryPointLifecycle: job.request.Lifecycle,
    ResourceArn: job.request.ResourceArn,
    ResourceType: job.resourceType,
    ResourceName: nameOf(job.request.ResourceArn),
    CreationDate: seconds(job.createdAt),
    InitiationDate: seconds(job.createdAt),
    CompletionDate: seconds(job.finishedAt),
    ExpectedCompletionDate: seconds(job.finishedAt === undefined ? job.plannedEnd : undefined),
    StartBy: seconds(job.startBy),
    State: job.state,
    StatusMessage: job.statusMessage,
    MessageCategory: job.messageCategory,
    PercentDone: percentDone(job, fraction).toFixed(1),
    BackupSizeInBytes: job.finishedAt === undefined ? 0 : Math.floor(job.plan.bytes * fraction),
    BytesTransferred: Math.floor(job.plan.bytes * fraction),
    IamRoleArn: job.request.IamRoleArn,
    CreatedBy: job.createdBy,
    BackupOptions: job.request.BackupOptions,
    BackupType: job.request.BackupOptions?.WindowsVSS === 'enabled' && job.messageCategory === 'SUCCESS' ? 'WindowsVSS' : undefined,
    ParentJobId: job.parentId,
    IsParent: job.kind.composite && job.parentId === undefined,
  };
}

/** Only DescribeBackupJob counts the children. */
export function childCounts(job: Job, children: readonly Job[]): View {
  if (job.childIds.length === 0) return {};
  const counts: Record<string, number> = {};
  for (const { state } of children) counts[state] = (counts[state] ?? 0) + 1;
  return { NumberOfChildJobs: children.length, ChildJobsInState: counts };
}

export function copyJobView(copy: CopyJob, accountId: string): View {
  return {
    AccountId: accountId,
    CopyJobId: copy.id,
    SourceBackupVaultArn: copy.sourceVaultArn,
    SourceRecoveryPointArn: copy.sourceRecoveryPointArn,
    DestinationBackupVaultArn: copy.destinationVaultArn,
    DestinationVaultType: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT',
    DestinationVaultLockState: 'LOCKED',
    DestinationRecoveryPointArn: copy.destinationRecoveryPointArn,
    DestinationRecoveryPointLifecycle: copy.lifecycle,
    ResourceArn: copy.resourceArn,
    ResourceType: copy.resourceType,
    ResourceName: nameOf(copy.resourceArn),
    CreationDate: seconds(copy.createdAt),
    CompletionDate: seconds(copy.finishedAt),
    State: copy.state,
    StatusMessage: copy.statusMessage,
    MessageCategory: copy.messageCategory,
    BackupSizeInBytes: copy.bytes,
    IamRoleArn: copy.roleArn,
    CreatedByBackupJobId: copy.sourceJobId,
    IsParent: false,
  };
}

export function vaultView(vault: Vault, recoveryPoints: number): View {
  return {
    BackupVaultName: vault.name,
    BackupVaultArn: vault.arn,
    VaultType: vault.type,
    VaultState: 'AVAILABLE',
    EncryptionKeyArn: vault.encryptionKeyArn,
    CreationDate: seconds(vault.createdAt),
    NumberOfRecoveryPoints: recoveryPoints,
    Locked: vault.locked,
    MinRetentionDays: vault.minRetentionDays,
    MaxRetentionDays: vault.maxRetentionDays,
    LockDate: seconds(vault.lockDate),
  };
}

export function pointView(point: RecoveryPoint, vault: Vault | undefined): View {
  return {
    RecoveryPointArn: point.arn,
    BackupVaultName: point.vaultName,
    BackupVaultArn: vault?.arn,
    VaultType: vault?.type,
    ResourceArn: point.resourceArn,
    ResourceType: point.resourceType,
    ResourceName: nameOf(point.resourceArn),
    CreatedBy: point.createdBy,
    IamRoleArn: point.roleArn,
    Status: point.status,
    CreationDate: seconds(point.createdAt),
    InitiationDate: seconds(point.createdAt),
    CompletionDate: seconds(point.completedAt),
    BackupSizeInBytes: point.bytes,
    Lifecycle: point.lifecycle,
    CalculatedLifecycle: calculated(point.createdAt, point.lifecycle),
    IsEncrypted: true,
    EncryptionKeyArn: vault?.encryptionKeyArn,
    StorageClass: 'WARM',
    IsParent: point.isParent,
  };
}

function calculated(createdAt: number, lifecycle: Lifecycle | undefined): View {
  const cold = lifecycle?.MoveToColdStorageAfterDays;
  return { DeleteAt: seconds(deletionTime(createdAt, lifecycle)), MoveToColdStorageAt: seconds(cold === undefined ? cold : createdAt + cold * DAY) };
}

function progress(job: Job, now: number): number {
  if (job.runningSince === undefined) return 0;
  const until = job.finishedAt ?? now;
  return Math.min(1, (until - job.runningSince) / Math.max(1, job.plan.runningFor * 1000));
}

function percentDone(job: Job, fraction: number): number {
  if (job.state === 'COMPLETED') return 100;
  return job.plan.percentDone?.(fraction) ?? fraction * 100;
}
