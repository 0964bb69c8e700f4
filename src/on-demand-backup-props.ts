import { Duration } from 'aws-cdk-lib';
import { aws_backup as backup, aws_iam as iam } from 'aws-cdk-lib/interfaces';
import { IConstruct, IDependable } from 'constructs';
import { BackupCompletion } from './backup-completion';
import { BackupProblemAction } from './backup-problem-action';
import { BackupSource } from './backup-source';
import { BackupTrigger } from './backup-trigger';

/**
 * Whether the recovery point gets a backup index, which makes its content searchable.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-search.html
 */
export enum BackupIndex {
  /** Index the recovery point (EBS and S3 only). */
  ENABLED = 'ENABLED',
  /** Do not index it. */
  DISABLED = 'DISABLED',
}

/**
 * Options that only some resource types have.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_AdvancedBackupSetting.html
 */
export interface BackupOptions {
  /**
   * Application-consistent Windows backup (VSS) of an EC2 instance.
   *
   * @default - not sent; AWS Backup's default is no VSS
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/windows-backups.html
   */
  readonly windowsVss?: boolean;
  /**
   * Whether the backup of a bucket holds the object ACLs.
   *
   * @default - not sent; AWS Backup's default is yes
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/s3-backups.html
   */
  readonly backupAcls?: boolean;
  /**
   * Whether the backup of a bucket holds the object tags.
   *
   * @default - not sent; AWS Backup's default is yes
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/s3-backups.html
   */
  readonly backupObjectTags?: boolean;
}

/**
 * The request: what AWS Backup is asked for, and what a failure does.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartBackupJob.html
 */
export interface OnDemandBackupOptions {
  /**
   * The backup vault that receives the recovery point.
   *
   * A vault that is given is never modified. The default vault is retained when the stack is deleted, because
   * it holds recovery points.
   *
   * @default - one vault for the stack, retained
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vaults.html
   */
  readonly vault?: backup.IBackupVaultRef;
  /**
   * The role that AWS Backup assumes to read the source.
   *
   * A role that is given is never modified: it needs the permissions that AWS Backup documents for the source's
   * type, and it must outlive its recovery points, because AWS Backup expires them with it.
   *
   * @default - one role for the stack, retained, with the AWS managed policies for backup
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html
   */
  readonly role?: iam.IRoleRef;
  /**
   * How long the job may wait to start; whole minutes, at least 60, at most 52,560,000 (100 years), which are AWS Backup's own
   * bounds.
   *
   * @default - 60 minutes where the deployment waits, so that no job starts when nobody waits for it any more; else not sent, and
   * AWS Backup's default is 8 hours
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartBackupJob.html
   */
  readonly startWindow?: Duration;
  /**
   * How long after its scheduled time the job may take before AWS Backup cancels it; whole minutes, at most
   * 52,560,000 (100 years). It counts from the scheduled time, not from the actual start, and is not added to
   * the start window. It is not applied to FSx.
   *
   * @default - not sent; AWS Backup's default
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
   */
  readonly completionWindow?: Duration;
  /**
   * Time after which the recovery point moves to cold storage; whole days, at most 36,500.
   *
   * AWS Backup ignores it for types without cold storage.
   *
   * @default - never moved
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html
   */
  readonly moveToColdStorageAfter?: Duration;
  /**
   * Time after which AWS Backup deletes the recovery point; whole days, 1 to 36,500, and at least 90 days after
   * `moveToColdStorageAfter` (cold storage has a minimum of 90 days).
   *
   * @default - kept for ever
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html
   */
  readonly deleteAfter?: Duration;
  /**
   * Say that recovery points are meant to be kept for ever.
   *
   * Without it, a trigger that repeats and no `deleteAfter` is a warning, because recovery points pile up.
   *
   * @default false
   */
  readonly keepForever?: boolean;
  /**
   * Whether EBS snapshots move to the archive tier; needed for cold storage of EBS.
   *
   * @default - not sent
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html
   */
  readonly optInToArchive?: boolean;
  /**
   * Tags of the recovery point, beside those that AWS Backup copies from the source; at most 50 in all.
   *
   * @default - none beside the source's own
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/tags-on-backups.html
   */
  readonly recoveryPointTags?: { [key: string]: string };
  /**
   * Options that only some resource types have.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_AdvancedBackupSetting.html
   */
  readonly backupOptions?: BackupOptions;
  /**
   * Whether the recovery point gets a backup index; EBS and S3 only.
   *
   * @default - not sent
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-search.html
   */
  readonly index?: BackupIndex;
  /**
   * A logically air-gapped vault of the same account and Region that receives the recovery point.
   *
   * Types that AWS Backup fully manages are written straight into it. For other types `vault` receives a
   * temporary, billable recovery point, which is then copied.
   * Import one with `CfnLogicallyAirGappedBackupVault.fromBackupVaultName()`.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/lag-vault-primary-backup.html
   */
  readonly logicallyAirGappedVault?: backup.ILogicallyAirGappedBackupVaultRef;
  /**
   * Whether the deployment waits for the backup.
   *
   * @default - `BackupCompletion.waitFor()` as soon as something is gated, else `BackupCompletion.confirmStart()`
   */
  readonly completion?: BackupCompletion;
  /**
   * What a failed backup does to the deployment: a job that ended FAILED, ABORTED or EXPIRED, or that could not be started.
   *
   * With WARN the next update of the backup tries again. For what a timeout, PARTIAL and issues do, see `BackupWaitOptions`.
   *
   * @default BackupProblemAction.FAIL
   */
  readonly onFailure?: BackupProblemAction;
  /**
   * False renders nothing and gates nothing: for development and preview environments. The attributes then answer `NONE`.
   *
   * @default true
   */
  readonly enabled?: boolean;
}

/**
 * Props of `OnDemandBackup`.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartBackupJob.html
 */
export interface OnDemandBackupProps extends OnDemandBackupOptions {
  /** What to back up. */
  readonly source: BackupSource;
  /**
   * When a deployment starts a backup.
   *
   * @default - before changes of what is gated, else `BackupTrigger.once()`
   */
  readonly trigger?: BackupTrigger;
  /**
   * One more backup before the source is deleted or replaced; see `BackupGuardOptions.finalBackup`. The source must be
   * defined in the same stack.
   *
   * @default false
   */
  readonly finalBackup?: boolean;
  /**
   * Constructs that are deployed only after the backup, of this stack or others in the same stage. Not the source itself:
   * for that there is `OnDemandBackup.guard()`.
   *
   * Unless said otherwise, the backup is then repeated whenever CloudFormation is going to change one of them, and the
   * deployment waits until it is COMPLETED, for an hour at most.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html
   */
  readonly executeBefore?: IConstruct[];
  /**
   * What is deployed before the backup starts.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html
   */
  readonly executeAfter?: IDependable[];
  /**
   * Token by which AWS Backup recognises a repeated request, sent as it is.
   *
   * An error with a trigger that repeats: AWS Backup would answer success and do nothing.
   *
   * @default - derived from the CloudFormation request, so that a repeated request is one job
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartBackupJob.html
   */
  readonly idempotencyToken?: string;
  /**
   * Whether the stack has an output with the id of the job. Its name is made of the path of the backup and `BackupJobId`.
   *
   * CloudFormation allows 200 outputs in a stack.
   *
   * @default true
   */
  readonly jobIdOutput?: boolean;
  /**
   * Export name of that output.
   *
   * @default - not exported
   */
  readonly jobIdExportName?: string;
}

/**
 * Options of `OnDemandBackup.guard()`.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartBackupJob.html
 */
export interface BackupGuardOptions extends OnDemandBackupOptions {
  /**
   * Back up before CloudFormation changes or replaces the resource.
   *
   * @default true
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
   */
  readonly beforeChange?: boolean;
  /**
   * Back up once more before CloudFormation deletes the resource: with its stack, because it was taken out of the
   * template, or because it is replaced.
   *
   * The operation goes on only once that backup is COMPLETED without loss; else it fails with the resource still there.
   * It waits for an hour, or as long as `completion` says, and takes nothing else of `completion` and `onFailure`. A
   * resource that is retained is not deleted, so it gets no final backup.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
   */
  readonly finalBackup?: boolean;
  /**
   * Top-level CloudFormation properties whose change alone is no reason for a backup, such as `BillingMode`.
   *
   * Tags never are one: build tags on an app change with every deployment.
   *
   * @default - none beside the tags
   */
  readonly ignoreProperties?: string[];
}
