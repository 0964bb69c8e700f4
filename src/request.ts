/**
 * The wire contract between the constructs and their function: the properties of the custom resources.
 *
 * It is part of the public contract (policy tools read it in templates) and can only grow.
 */

/** The type of a backup. Frozen, like the other type: CloudFormation does not change the type of an existing resource. */
export const BACKUP_RESOURCE_TYPE = 'Custom::OnDemandBackup';
/** The type of one more hour of waiting for a backup. */
export const WAIT_RESOURCE_TYPE = 'Custom::OnDemandBackupWait';

/** The type of the last backups of a stack; there is one, or one for each hour that they may take. */
export const FINAL_RESOURCE_TYPE = 'Custom::OnDemandBackupFinal';

/** A number or boolean where a template is read, a string where CloudFormation delivers it to the function. */
export type Scalar = string | number | boolean;

/** The parameters of StartBackupJob, in AWS Backup's own names and nesting. */
export interface StartBackupJobParameters {
  readonly BackupVaultName: string;
  readonly LogicallyAirGappedBackupVaultArn?: string;
  /** Missing for a guard, which knows its source by logical id, because a reference to it would be a cycle. */
  readonly ResourceArn?: string;
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

/** The one key that holds everything which StartBackupJob does not know. */
export const EXTENSION = 'OnDemandBackup';

/** Version of the extension: a number that goes up when an older function could not read it. */
export const EXTENSION_VERSION = '1';

/** Flat and without defaults: hundreds of backups have to fit a template. */
export interface BackupExtension extends Partial<WaitSettings>, Partial<GateExtension> {
  readonly Version: string;
  readonly Trigger: string;
  /** What a trigger that repeats compares between two deployments. */
  readonly TriggerValues?: string[];
  readonly Completion: string;
  /** `WARN`; the deployment fails where nothing is said. */
  readonly OnFailure?: string;
  /** Why this deployment backs up nothing; no part of the intent, so that the next deployment backs up. */
  readonly Skip?: string;
}

/** What a backup knows of the resources that wait for it. */
export interface GateExtension {
  /** Fingerprint of the resources that are looked at for changes, as they are rendered. */
  readonly Gated: string;
  /** What they take from elsewhere: a change of it changes them too, though not their fingerprint. */
  readonly Watch: readonly unknown[];
  /** Logical id of the source in this stack: of a guard always, of a gate where the source is in its stack. */
  readonly SourceLogicalId: string;
  /** Of a guard only: the ARN of its source with placeholders for the physical id; see `source-arn-format.ts`. */
  readonly SourceArnFormat: string;
  /** Of a guard only: AWS Backup's name for the kind of its source, where it is known at synthesis. */
  readonly SourceResourceType: string;
}

export interface WaitExtension extends WaitSettings, Partial<GateExtension> {
  readonly Version: string;
  /** The PhysicalResourceId of the backup, which holds the job and what is known of it. */
  readonly Backup: string;
  readonly OnFailure?: string;
}

/**
 * The last backups of a stack: what to do about sources that leave it.
 *
 * Where they may take longer than an hour, there are several of these resources, each depending on the one before it. In
 * an update part 1 comes first and the last part last; in a deletion the last part goes first and part 1 last. Each starts
 * what has not been started in this operation and waits on for what has; only the one that is last in the operation fails
 * for want of time.
 */
export interface FinalExtension {
  readonly Version: string;
  readonly StateMachineArn: string;
  /** Seconds that this resource waits. */
  readonly Timeout: Scalar;
  /** Which part this is, from 1; only where there are several. */
  readonly Part?: Scalar;
  readonly Parts?: Scalar;
  /** Logical id of the first part, where this is another: tells whether this one alone leaves the template. */
  readonly First?: string;
  /** One for each source whose removal or replacement deletes it; in part n those that may take longer than n - 1 hours. */
  readonly Entries: readonly FinalEntry[];
  /** Logical ids of everything in the template that AWS Backup can back up, so that a source that stays is known from one that goes. */
  readonly Present: readonly string[];
}

/** A source and the request for its last backup, in StartBackupJob's names. */
export interface FinalEntry extends Omit<StartBackupJobParameters, 'IdempotencyToken'> {
  readonly LogicalId: string;
  readonly ResourceArn: string;
  /** The PhysicalResourceId of the guard of the same source, which tells whether that has backed it up in this operation. */
  readonly Guard?: string;
  /** AWS Backup's name for the kind of the source, where it is known at synthesis. */
  readonly SourceResourceType?: string;
  /** How many parts, from the first, have an entry for the source; only where there are several. */
  readonly Parts?: Scalar;
}

/** How one resource waits. */
export interface WaitSettings {
  /** Seconds that this resource waits, not counting those of the resources that wait on. */
  readonly Timeout: Scalar;
  /** `true` where another resource waits on; then time running out here is no failure. */
  readonly WaitsOn?: Scalar;
  readonly StateMachineArn: string;
  /** `STOP_JOB_AND_FAIL` or `WARN`; FAIL where nothing is said. */
  readonly OnTimeout?: string;
  /** `WARN`; FAIL where nothing is said. */
  readonly OnPartial?: string;
  /** `FAIL`; WARN where nothing is said. */
  readonly OnIssues?: string;
}

/**
 * Seconds that CloudFormation gives the function where nothing waits: three minutes for permissions to propagate,
 * a minute and a half to follow the job, two retries after a crash, and room for events that queue where Lambda
 * has few executions to spare.
 */
const SERVICE_TIMEOUT = 900;

/** CloudFormation's own limit, in seconds. */
export const MAX_SERVICE_TIMEOUT = 3600;

/** Seconds that CloudFormation gives the function, by how long the resource waits. */
export function serviceTimeoutFor(waitSeconds: number | undefined): number {
  return Math.min(MAX_SERVICE_TIMEOUT, SERVICE_TIMEOUT + (waitSeconds ?? 0));
}

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
