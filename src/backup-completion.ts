/** The variants of `BackupCompletion`. */
export enum BackupCompletionKind {
  /** `BackupCompletion.confirmStart()` */
  CONFIRM_START = 'CONFIRM_START',
  /** `BackupCompletion.fireAndForget()` */
  FIRE_AND_FORGET = 'FIRE_AND_FORGET',
}

/**
 * Whether the deployment waits for the backup.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup.html
 */
export class BackupCompletion {
  /**
   * Follow the job through its first minute, or for 90 seconds while it is still queued.
   *
   * A job that dies at once (a role that AWS Backup cannot assume, a key that it may not use, a retention
   * outside the vault's lock) then fails the deployment, instead of being found missing when it is needed.
   * The default when nothing is gated.
   */
  public static confirmStart(): BackupCompletion {
    return new BackupCompletion(BackupCompletionKind.CONFIRM_START);
  }

  /** Start the job and go on at once, whatever becomes of the job. */
  public static fireAndForget(): BackupCompletion {
    return new BackupCompletion(BackupCompletionKind.FIRE_AND_FORGET);
  }

  private constructor(
    /** Name of the variant, for policy checks. */
    public readonly kind: BackupCompletionKind,
  ) {}
}
