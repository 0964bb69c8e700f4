import { Duration } from 'aws-cdk-lib';
import { aws_backup as backup } from 'aws-cdk-lib/interfaces';

/**
 * The rules of `OnDemandBackupChecks`. The values are their stable ids: what `Validations.of(…).acknowledge()` takes after
 * `cdk-on-demand-backup::`, and what reports name.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export enum BackupRule {
  /** Resources that AWS Backup can back up are protected; on by `protectedResources`. */
  RESOURCE_PROTECTED = 'ResourceProtected',
  /** What would be lost with its stack has a final backup; on by `finalBackups`. */
  FINAL_BACKUP = 'FinalBackup',
  /** Gates open only after a COMPLETED backup; on by `gatesWait`. */
  GATES_WAIT = 'GatesWait',
  /** Backups say how long recovery points are kept; on by `retentionSaid`. */
  RETENTION_SAID = 'RetentionSaid',
  /** Recovery points are kept long enough; on by `minRetention`. */
  RETENTION_AT_LEAST = 'RetentionAtLeast',
  /** Recovery points are not kept too long; on by `maxRetention`. */
  RETENTION_AT_MOST = 'RetentionAtMost',
  /** Backups go into vaults that are allowed; on by `allowedVaults` or `allowedVaultNames`. */
  VAULT_ALLOWED = 'VaultAllowed',
  /** Backups go into vaults that are locked or logically air-gapped; on by `lockedVault`. */
  VAULT_LOCKED = 'VaultLocked',
  /** Recovery points have the tags that are required; on by `requiredRecoveryPointTags`. */
  RECOVERY_POINT_TAGS = 'RecoveryPointTags',
  /** Vaults and roles of backups outlive their stack; on by `vaultAndRoleRetained`. */
  VAULT_AND_ROLE_RETAINED = 'VaultAndRoleRetained',
  /** No backup is taken on every deployment; on by `notEveryDeployment`. */
  NOT_EVERY_DEPLOYMENT = 'NotEveryDeployment',
  /** A deployment that skips its backups says why, in the form that is wanted; on by `skipReasonPattern`. */
  SKIP_REASON = 'SkipReason',
  /** A central exemption has expired; always on. */
  EXEMPTION_EXPIRED = 'ExemptionExpired',
  /** A rule could not be evaluated; always on, always a warning: it blocks nobody. */
  COULD_NOT_RUN = 'CouldNotRun',
}

/**
 * What protects a resource from loss.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export enum BackupProtection {
  /** `OnDemandBackup.guard()`, or an `OnDemandBackup` of the resource that is repeated before its changes. */
  GUARD = 'GUARD',
  /** A final backup before it is deleted or replaced. */
  FINAL_BACKUP = 'FINAL_BACKUP',
  /**
   * A backup plan of this app that selects it, by reference, ARN or tag; or the automatic backups of EFS.
   *
   * Plans that are not in the app, such as those of an AWS Organizations backup policy, cannot be seen.
   */
  BACKUP_PLAN = 'BACKUP_PLAN',
  /** Point-in-time recovery of DynamoDB, or a retention for automated backups of RDS, Aurora, DocumentDB or Neptune that its template says. */
  POINT_IN_TIME_RECOVERY = 'POINT_IN_TIME_RECOVERY',
  /** A DeletionPolicy and UpdateReplacePolicy of Snapshot. */
  SNAPSHOT_POLICY = 'SNAPSHOT_POLICY',
}

/**
 * Which resources have to be protected, and by what.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export interface BackupProtectionRequirement {
  /**
   * CloudFormation types, such as `AWS::DynamoDB::Table`.
   *
   * @default - every type that AWS Backup can back up, except nested stacks, whose resources count themselves
   */
  readonly types?: string[];
  /**
   * What counts; one is enough.
   *
   * @default - a guard, a backup plan, point-in-time recovery, a Snapshot policy
   */
  readonly by?: BackupProtection[];
}

/**
 * A finding that the owner of the checks accepts for a while.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export interface BackupRuleExemption {
  /** The rule. */
  readonly rule: BackupRule;
  /** Path of the construct, such as `Prod/Shop/Orders`; holds for everything in it. */
  readonly path: string;
  /** Why. */
  readonly reason: string;
  /** Where it was decided, such as the number of a ticket. */
  readonly ticket: string;
  /** The last day on which it holds, as `YYYY-MM-DD` in UTC. After it the exemption itself is a finding. */
  readonly expires: string;
}

/**
 * Which rules hold. Each is off unless its prop is set.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export interface OnDemandBackupChecksProps {
  /**
   * Resources that AWS Backup can back up are protected. `{}` means all of them, by anything that counts.
   *
   * @default - not checked
   */
  readonly protectedResources?: BackupProtectionRequirement;
  /**
   * Resources that AWS Backup can back up, and that are neither retained nor snapshotted when their stack deletes or replaces
   * them, have a final backup.
   *
   * @default false
   */
  readonly finalBackups?: boolean;
  /**
   * What is gated waits for a COMPLETED backup: `waitFor()`, and neither `onFailure`, `onTimeout` nor `onPartial` is WARN.
   *
   * @default false
   */
  readonly gatesWait?: boolean;
  /**
   * Backups have `deleteAfter` or `keepForever`.
   *
   * @default false
   */
  readonly retentionSaid?: boolean;
  /**
   * Recovery points are kept at least so long; whole days. What is kept for ever is kept long enough.
   *
   * @default - no lower bound
   */
  readonly minRetention?: Duration;
  /**
   * Recovery points are kept at most so long; whole days. What is kept for ever is kept too long.
   *
   * @default - no upper bound
   */
  readonly maxRetention?: Duration;
  /**
   * Vaults that backups may go into.
   *
   * @default - any, unless `allowedVaultNames` is given
   */
  readonly allowedVaults?: backup.IBackupVaultRef[];
  /**
   * Names of vaults that backups may go into, beside `allowedVaults`: for vaults that the app does not define.
   *
   * @default - any, unless `allowedVaults` is given
   */
  readonly allowedVaultNames?: string[];
  /**
   * Backups go into a vault that has a vault lock, or into a logically air-gapped one.
   *
   * @default false
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
   */
  readonly lockedVault?: boolean;
  /**
   * Names of vaults that are locked, though the app does not define them.
   *
   * @default - only vaults that the app defines can be seen to be locked
   */
  readonly lockedVaultNames?: string[];
  /**
   * Keys of tags that recovery points have.
   *
   * @default - none
   */
  readonly requiredRecoveryPointTags?: string[];
  /**
   * Vaults and roles of backups outlive the stack that defines them: recovery points need both.
   *
   * @default false
   */
  readonly vaultAndRoleRetained?: boolean;
  /**
   * No backup is taken on every deployment.
   *
   * @default false
   */
  readonly notEveryDeployment?: boolean;
  /**
   * Regular expression for the reason given with `-c cdk-on-demand-backup:skip="<reason>"`, for example `OPS-[0-9]+`.
   *
   * A reason has to be given in any case; this says what it has to name.
   *
   * @default - any reason
   */
  readonly skipReasonPattern?: string;
  /**
   * Rules that no team may waive: acknowledgements of them do not count, only `exemptions` do.
   *
   * @default - none: each rule is an error, which a team can acknowledge on the construct
   */
  readonly fatal?: BackupRule[];
  /**
   * Rules that only warn.
   *
   * @default - none
   */
  readonly warnings?: BackupRule[];
  /**
   * Findings that are accepted for a while.
   *
   * @default - none
   */
  readonly exemptions?: BackupRuleExemption[];
  /**
   * Report everything as a warning and fail nothing: for the time in which teams are told.
   *
   * @default false
   */
  readonly reportOnly?: boolean;
}
