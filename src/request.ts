/**
 * The wire contract between the construct and its function: the properties of `Custom::OnDemandBackup`.
 *
 * It is part of the public contract (policy tools read it in templates) and can only grow.
 */
export interface OnDemandBackupRequest extends StartBackupJobParameters {
  readonly ServiceToken: string;
  /** Seconds. */
  readonly ServiceTimeout: Scalar;
  readonly [EXTENSION]: OnDemandBackupExtension;
}

/** A number or boolean where a template is read, a string where CloudFormation delivers it to the function. */
export type Scalar = string | number | boolean;

/** The parameters of StartBackupJob, in AWS Backup's own names and nesting. */
export interface StartBackupJobParameters {
  readonly BackupVaultName: string;
  readonly LogicallyAirGappedBackupVaultArn?: string;
  readonly ResourceArn: string;
  readonly IamRoleArn: string;
  readonly IdempotencyToken?: string;
  readonly StartWindowMinutes?: Scalar;
  readonly CompleteWindowMinutes?: Scalar;
  readonly Lifecycle?: {
    readonly MoveToColdStorageAfterDays?: Scalar;
    readonly DeleteAfterDays?: Scalar;
    readonly OptInToArchiveForSupportedResources?: Scalar;
  };
  readonly RecoveryPointTags?: Readonly<Record<string, string>>;
  readonly BackupOptions?: Readonly<Record<string, string>>;
  readonly Index?: string;
}

/** The type of the custom resource. Frozen: CloudFormation does not change the type of an existing one. */
export const RESOURCE_TYPE = 'Custom::OnDemandBackup';

/** The one key that holds everything which StartBackupJob does not know. */
export const EXTENSION = 'OnDemandBackup';

/** Version of the extension: a number that goes up when an older function could not read it. */
export const EXTENSION_VERSION = '1';

/** Flat and without defaults: a hundred backups have to fit a template. */
export interface OnDemandBackupExtension {
  readonly Version: string;
  readonly Trigger: string;
  /** What a trigger that repeats compares between two deployments. */
  readonly TriggerValues?: string[];
  readonly Completion: string;
  /** `WARN`; the deployment fails where nothing is said. */
  readonly OnFailure?: string;
}

/**
 * Seconds that CloudFormation gives the function: three minutes for permissions to propagate, a minute and a
 * half to follow the job, two retries after a crash, and room for events that queue where Lambda has few
 * executions to spare.
 */
export const SERVICE_TIMEOUT = 900;

/** The attributes (`Fn::GetAtt`) that every answer carries, whatever happened. */
export type OnDemandBackupAttribute =
  | 'BackupJobId'
  | 'RecoveryPointArn'
  | 'CreationDate'
  | 'ResourceType'
  | 'State'
  | 'StatusMessage'
  | 'CompletionDate'
  | 'BackupSizeInBytes';

/** What an attribute answers where there is nothing to say, because CloudFormation fails on an attribute that is missing. */
export const NOT_AVAILABLE = 'NONE';
