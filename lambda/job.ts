import { soundsLikePropagation } from './errors';

/** A backup job as AWS Backup last described it. */
export interface Job {
  readonly id: string;
  readonly state: string;
  readonly statusMessage?: string;
  readonly messageCategory?: string;
  readonly recoveryPointArn?: string;
  readonly resourceArn?: string;
  readonly resourceType?: string;
  readonly vaultName?: string;
  readonly vaultArn?: string;
  readonly roleArn?: string;
  /** The backup plan that started it. */
  readonly planArn?: string;
  readonly createdAt?: number;
  readonly completedAt?: number;
  readonly sizeInBytes?: number;
  /** As text, as the service gives it. */
  readonly percentDone?: string;
  readonly bytesTransferred?: number;
  /** Set where a resource handed over to the next while the copy into this logically air-gapped vault was awaited. */
  readonly pendingCopyTo?: string;
}

const QUEUED = new Set(['CREATED', 'PENDING']);
const UNDER_WAY = new Set(['CREATED', 'PENDING', 'RUNNING', 'ABORTING']);
const FAILED = new Set(['FAILED', 'ABORTED', 'EXPIRED']);

/** Whether the job has ended without a usable recovery point. */
export function hasFailed(job: Job): boolean {
  return FAILED.has(job.state);
}

/** Whether the job is a backup, or can still become one. */
export function canBeBackup(job: Job): boolean {
  return !hasFailed(job) && job.state !== 'ABORTING';
}

/** Whether the job failed on permissions that may not have been known yet. */
export function failedOnPropagation(job: Job): boolean {
  return hasFailed(job) && soundsLikePropagation(job.statusMessage);
}

/** Whether AWS Backup has not begun to work on the job. */
export function isQueued(job: Job): boolean {
  return QUEUED.has(job.state);
}

/** Whether another job of the same resource has to wait for this one: also in a state that this library does not know. */
export function isLive(job: Job): boolean {
  return !hasEnded(job);
}

/** Whether this library knows what the state means. */
export function isKnown(job: Job): boolean {
  return UNDER_WAY.has(job.state) || hasEnded(job);
}

/** Whether the job stays as it is. */
export function hasEnded(job: Job): boolean {
  return hasFailed(job) || job.state === 'COMPLETED' || job.state === 'PARTIAL';
}

/** COMPLETED with a message: something was left out. */
export function hasIssues(job: Job): boolean {
  return job.state === 'COMPLETED' && (Boolean(job.statusMessage) || (job.messageCategory ?? 'SUCCESS') !== 'SUCCESS');
}
