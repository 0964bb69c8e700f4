import { JobPlan, Outcome } from './plan';
import { ResourceKind } from './resource-types';

/** What the simulated AWS Backup knows. Times are milliseconds since the epoch; only the wire speaks seconds. */

/** A state is a plain string, because tests also send states that AWS has not invented yet. */
export type JobState = string;

export const FINAL_STATES: ReadonlySet<JobState> = new Set(['COMPLETED', 'FAILED', 'ABORTED', 'EXPIRED', 'PARTIAL']);

export interface Lifecycle {
  readonly MoveToColdStorageAfterDays?: number;
  readonly DeleteAfterDays?: number;
  readonly OptInToArchiveForSupportedResources?: boolean;
  readonly DeleteAfterEvent?: string;
}

/** Names the backup plan that started a job; jobs started on demand have none. */
export interface CreatedBy {
  readonly BackupPlanId?: string;
  readonly BackupPlanArn?: string;
  readonly BackupPlanName?: string;
  readonly BackupPlanVersion?: string;
  readonly BackupRuleId?: string;
  readonly BackupRuleName?: string;
}

/** The input of StartBackupJob. */
export interface StartRequest {
  readonly BackupVaultName: string;
  readonly ResourceArn: string;
  readonly IamRoleArn: string;
  readonly LogicallyAirGappedBackupVaultArn?: string;
  readonly IdempotencyToken?: string;
  readonly StartWindowMinutes?: number;
  readonly CompleteWindowMinutes?: number;
  readonly Lifecycle?: Lifecycle;
  readonly RecoveryPointTags?: Readonly<Record<string, string>>;
  readonly BackupOptions?: Readonly<Record<string, string>>;
  readonly Index?: string;
}

export type VaultType = 'BACKUP_VAULT' | 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT';

export interface Vault {
  readonly name: string;
  readonly arn: string;
  readonly type: VaultType;
  readonly createdAt: number;
  /** Until then the service answers as if the vault did not exist. */
  readonly visibleFrom: number;
  readonly locked: boolean;
  readonly minRetentionDays?: number;
  readonly maxRetentionDays?: number;
  /** From then on nobody can remove the lock: compliance mode. */
  readonly lockDate?: number;
  readonly encryptionKeyArn?: string;
}

export interface BackupRole {
  readonly arn: string;
  /** IAM is eventually consistent: until then the service cannot assume the role. */
  readonly assumableFrom: number;
  /** Until then its policies do not let it back up; Infinity: never. */
  readonly permittedFrom: number;
}

export interface Job {
  readonly id: string;
  /** Order of creation, which is also the order of lists. */
  readonly sequence: number;
  readonly createdAt: number;
  readonly startBy: number;
  readonly completeBy: number;
  readonly request: StartRequest;
  readonly resourceType: string;
  readonly kind: ResourceKind;
  /** Where the recovery point goes first. */
  readonly vault: { readonly name: string; readonly arn: string; readonly type: VaultType };
  /** The air-gapped vault that is filled by a copy afterwards. */
  readonly copyTo?: string;
  readonly createdBy?: CreatedBy;
  readonly parentId?: string;
  readonly plan: JobPlan;
  /** How it ends instead of COMPLETED, where it cannot do all that was asked. */
  readonly issue?: Outcome;
  /** What the recovery point will be called. */
  readonly plannedPointArn: string;
  readonly childIds: string[];
  state: JobState;
  /** What the service says of it: for some types before the job runs, for others afterwards. */
  recoveryPointArn?: string;
  runningSince?: number;
  plannedEnd?: number;
  finishedAt?: number;
  statusMessage?: string;
  messageCategory?: string;
}

export interface CopyJob {
  readonly id: string;
  readonly sequence: number;
  readonly createdAt: number;
  readonly sourceJobId: string;
  readonly sourceVaultArn: string;
  readonly sourceRecoveryPointArn: string;
  readonly destinationVaultName: string;
  readonly destinationVaultArn: string;
  readonly resourceArn: string;
  readonly resourceType: string;
  readonly roleArn: string;
  readonly lifecycle?: Lifecycle;
  readonly bytes: number;
  state: JobState;
  destinationRecoveryPointArn?: string;
  finishedAt?: number;
  statusMessage?: string;
  messageCategory?: string;
}

export interface RecoveryPoint {
  readonly arn: string;
  readonly sequence: number;
  readonly vaultName: string;
  readonly jobId: string;
  readonly resourceArn: string;
  readonly resourceType: string;
  readonly roleArn: string;
  readonly createdAt: number;
  readonly lifecycle?: Lifecycle;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdBy?: CreatedBy;
  readonly isParent: boolean;
  /** What was in the source when the job began to run: shows whether a backup came too late. */
  readonly content?: string;
  status: 'CREATING' | 'COMPLETED' | 'PARTIAL' | 'DELETING' | 'EXPIRED';
  completedAt?: number;
  bytes?: number;
}
