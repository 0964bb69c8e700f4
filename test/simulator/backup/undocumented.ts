/** Whether the service notices a problem in the call, or lets the call succeed and fails the job that many seconds later. */
export type Judged = { readonly in: 'call' } | { readonly in: 'job'; readonly afterSeconds: number };

/** Some problems may also be none. */
export type JudgedIfAtAll = Judged | { readonly in: 'nowhere' };

/** Behaviour of AWS Backup that its documentation leaves open. A design must be right under every setting. */
export interface Undocumented {
  /** The text for a missing vault is documented as a job's message; AccessDenied and ResourceNotFound of the call are both reported. */
  readonly missingVault: Judged;
  /** "Either the resource does not exist or you do not have permissions": which of the two errors a call gets. */
  readonly missingVaultError: 'ResourceNotFoundException' | 'AccessDeniedException';
  /** "cannot be assumed by AWS Backup" is documented without saying where it appears. */
  readonly roleNotAssumable: Judged;
  /** The same for a role whose policies are not there, or not there yet. */
  readonly roleNotPermitted: Judged;
  /** Texts for vanished sources are documented as job messages; whether the call checks first is not. */
  readonly sourceMissing: Judged;
  /** A source that is still being created. */
  readonly sourceNotReady: Judged;
  /** Two pages disagree whether a type that is not opted in is refused, skipped or backed up. */
  readonly notOptedIn: JudgedIfAtAll;
  /** "Unsupported resource type" is in the list of job messages. */
  readonly unsupportedResource: Judged;
  /** Only EBS and S3 can be indexed; what happens to others is not said. */
  readonly unsupportedIndex: JudgedIfAtAll;
  /** What the service says of a source that has gone; the documented texts by default. */
  readonly missingSourceText?: (resourceArn: string, resourceType: string) => string;
  /** Vault lock violations fail the job "asynchronously": after how long is not said. */
  readonly retentionFailureAfterSeconds: number;
  /** Which of the two jobs fails when the retention does not fit an air-gapped vault that is filled by a copy. */
  readonly airGappedRetention: 'backup-job' | 'copy-job';
  /** What becomes of the temporary recovery point when the copy has failed. */
  readonly temporaryPointAfterFailedCopy: 'kept' | 'deleted';
  /** How long a token is remembered; an older page says one hour, today's none. Infinity and 0 are possible. */
  readonly tokenLifetimeMinutes: number;
  /** "A success message with no action taken": whether it names the job of the first call. */
  readonly repeatedTokenReply: 'with-job-id' | 'without-job-id';
  /** The same token with other parameters. */
  readonly repeatedTokenWithOtherParameters: 'first-job' | 'InvalidParameterValueException';
  /** ListBackupJobs covers 30 days; how long DescribeBackupJob knows a finished job is not said. */
  readonly describeForgetsAfterDays: number;
  /** How long a new job may be unknown to DescribeBackupJob. */
  readonly describeLagSeconds: number;
  /** How long a new job may be missing in ListBackupJobs. */
  readonly listLagSeconds: number;
  /** -1 means "for ever" for existing recovery points; whether StartBackupJob takes it is not said. */
  readonly minusOneLifecycle: 'accepted' | 'rejected';
  /** "At least 60 minutes more than the start window" stands only in third-party documentation. */
  readonly completeWindowMinimum: 'enforced' | 'ignored';
  /** StopBackupJob of a job that has already finished. */
  readonly stopOfFinishedJob: 'InvalidRequestException' | 'success';
  /** How long a job stays ABORTING. */
  readonly stopSeconds: number;
  /** What a running job does when its source vanishes. */
  readonly sourceGoneWhileRunning: 'fails' | 'completes';
}

export const UNDOCUMENTED_DEFAULTS: Undocumented = {
  missingVault: { in: 'call' },
  missingVaultError: 'ResourceNotFoundException',
  roleNotAssumable: { in: 'call' },
  roleNotPermitted: { in: 'job', afterSeconds: 15 },
  sourceMissing: { in: 'job', afterSeconds: 10 },
  sourceNotReady: { in: 'job', afterSeconds: 10 },
  notOptedIn: { in: 'call' },
  unsupportedResource: { in: 'call' },
  unsupportedIndex: { in: 'call' },
  retentionFailureAfterSeconds: 5,
  airGappedRetention: 'backup-job',
  temporaryPointAfterFailedCopy: 'kept',
  tokenLifetimeMinutes: 60,
  repeatedTokenReply: 'with-job-id',
  repeatedTokenWithOtherParameters: 'first-job',
  describeForgetsAfterDays: 30,
  describeLagSeconds: 0,
  listLagSeconds: 0,
  minusOneLifecycle: 'rejected',
  completeWindowMinimum: 'enforced',
  stopOfFinishedJob: 'InvalidRequestException',
  stopSeconds: 5,
  sourceGoneWhileRunning: 'fails',
};
