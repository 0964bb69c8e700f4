import { Duration, Token } from 'aws-cdk-lib';
import { BackupProblemAction } from './backup-problem-action';
import { WAIT_RULES } from './validation/factories';
import { assertRules } from './validation/run-rules';

/**
 * The variants of `BackupCompletion`.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DescribeBackupJob.html
 */
export enum BackupCompletionKind {
  /** `BackupCompletion.confirmStart()` */
  CONFIRM_START = 'CONFIRM_START',
  /** `BackupCompletion.fireAndForget()` */
  FIRE_AND_FORGET = 'FIRE_AND_FORGET',
  /** `BackupCompletion.waitFor()` */
  WAIT_FOR = 'WAIT_FOR',
}

/**
 * What happens when a backup is not done in time.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StopBackupJob.html
 */
export enum BackupTimeoutAction {
  /** The deployment fails. A job that is running goes on, one that is still queued is stopped. */
  FAIL = 'FAIL',
  /**
   * The job is stopped and the deployment fails. AWS Backup cannot stop jobs of every resource type.
   *
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StopBackupJob.html
   */
  STOP_JOB_AND_FAIL = 'STOP_JOB_AND_FAIL',
  /** The deployment goes on. So does a job that is running; one that is still queued is stopped, as it would start too late. */
  WARN = 'WARN',
}

/**
 * How to wait.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DescribeBackupJob.html
 */
export interface BackupWaitOptions {
  /**
   * How long to wait, 1 minute to 12 hours.
   *
   * A custom resource of CloudFormation lives for an hour at most, so each further hour adds one small resource
   * to the stack. An answer leaves about a minute before CloudFormation would give up.
   *
   * @default Duration.hours(1)
   */
  readonly timeout?: Duration;
  /**
   * What happens when the backup is not done in time.
   *
   * @default BackupTimeoutAction.FAIL
   */
  readonly onTimeout?: BackupTimeoutAction;
  /**
   * What a composite backup (CloudFormation stack, EKS cluster) of which a part failed does: state PARTIAL.
   *
   * @default BackupProblemAction.FAIL
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/applicationstackbackups.html
   */
  readonly onPartial?: BackupProblemAction;
  /**
   * What a backup that completed with issues does: state COMPLETED with a message, for example that objects were skipped.
   *
   * @default BackupProblemAction.WARN
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-dashboards.html
   */
  readonly onIssues?: BackupProblemAction;
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
   * The default when nothing is gated. The function is held for it; where its event has waited for an execution
   * for more than three minutes, it follows the job for less long.
   */
  public static confirmStart(): BackupCompletion {
    return new BackupCompletion(BackupCompletionKind.CONFIRM_START);
  }

  /** Start the job and go on at once, whatever becomes of the job. */
  public static fireAndForget(): BackupCompletion {
    return new BackupCompletion(BackupCompletionKind.FIRE_AND_FORGET);
  }

  /**
   * Hold the deployment until the backup is COMPLETED.
   *
   * @throws an error if the timeout is a token, shorter than a minute or longer than twelve hours
   */
  public static waitFor(options: BackupWaitOptions = {}): BackupCompletion {
    const timeout = options.timeout ?? Duration.hours(1);
    const seconds = timeout.toSeconds({ integral: false });
    assertRules('BackupCompletion.waitFor', WAIT_RULES, Token.isUnresolved(seconds) ? { text: 'a token' } : { seconds, text: timeout.toHumanString() });
    return new BackupCompletion(
      BackupCompletionKind.WAIT_FOR,
      timeout,
      options.onTimeout ?? BackupTimeoutAction.FAIL,
      options.onPartial ?? BackupProblemAction.FAIL,
      options.onIssues ?? BackupProblemAction.WARN,
    );
  }

  private constructor(
    /** Name of the variant, for policy checks. */
    public readonly kind: BackupCompletionKind,
    /** For how long, if it waits. */
    public readonly timeout?: Duration,
    /** What a timeout does, if it waits. */
    public readonly onTimeout?: BackupTimeoutAction,
    /** What PARTIAL does, if it waits. */
    public readonly onPartial?: BackupProblemAction,
    /** What COMPLETED with issues does, if it waits. */
    public readonly onIssues?: BackupProblemAction,
  ) {}
}
