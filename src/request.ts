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

export interface OnDemandBackupExtension {
  readonly Version: string;
  readonly Trigger: { readonly Kind: string; readonly Values?: string[] };
  readonly Completion: { readonly Kind: string };
  readonly OnFailure: string;
  /** Seconds; the same as the resource's ServiceTimeout, which is not documented to reach the function. */
  readonly ServiceTimeout: Scalar;
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
