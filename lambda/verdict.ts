import type { Attempt } from './attempt';
import { failedOnPropagation, hasEnded, hasFailed, hasIssues, isQueued, Job } from './job';
import type { Terms } from './terms';
import { FIRST_MINUTE, PROPAGATION } from './timing';

/** Where a backup stands, by the terms under which it is followed. */
export type Verdict =
  | { readonly kind: 'going on' }
  /** The job failed on permissions that may not have propagated: start another one. */
  | { readonly kind: 'start again' }
  /** As good as was asked for. */
  | { readonly kind: 'good'; readonly job: Job }
  /** Ended, and not well. */
  | { readonly kind: 'bad'; readonly job: Job; readonly what: 'failed' | 'partial' | 'issues' | 'copy failed' }
  /** A call failed for good. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'out of time' };

/** All in milliseconds. */
/** A job may stay queued for hours, so that only a resource that waits stays with it. */
const LONGEST_QUEUE = 90_000;
/** An event that has waited so long for an execution shows that others need them: it is followed for less, and then looked at once. */
const SCARCE = 180_000;
const LONGEST_QUEUE_WHERE_SCARCE = 15_000;
/** Lambda tries again after seven and a half minutes at most, so what comes later than this may come but once before the deadline. */
const VERY_SCARCE = 360_000;
/** What is deleted had its permissions for long. */
const PROPAGATION_IN_DELETE = 60_000;
/** How long a new job may stay invisible. */
const VISIBILITY = 300_000;
/** How long after its end a job may wait for its copy to appear. */
const COPY_VISIBILITY = 600_000;
/** The category of a job whose resource cannot get into an air-gapped vault at all. */
const NO_COPY = 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT_NOT_SUPPORTED';

/** What a verdict depends on beside the attempt. */
export interface Circumstances {
  readonly terms: Terms;
  readonly eventType: 'Create' | 'Update' | 'Delete';
  /** False of a job that has just been started, or found: a token that AWS Backup knows may have named one that died long ago. */
  readonly hasLooked: boolean;
  readonly now: number;
  readonly until: number;
  /** False where the user gave the idempotency token: there is no other. */
  readonly canStartAgain: boolean;
}

export function verdictOn(attempt: Attempt, { terms, eventType, hasLooked, now, until, canStartAgain }: Circumstances): Verdict {
  const { job, trouble } = attempt;
  const patience = eventType === 'Delete' ? PROPAGATION_IN_DELETE : PROPAGATION;
  if (trouble && !mayPass(attempt, now, patience)) {
    return { kind: 'broken' };
  }
  if (job && terms.kind === 'FIRE_AND_FORGET') {
    return { kind: 'good', job };
  }
  if (job && hasFailed(job)) {
    const again = canStartAgain && failedOnPropagation(job) && now < attempt.begunAt + patience;
    return again && now < until ? { kind: 'start again' } : { kind: 'bad', job, what: 'failed' };
  }
  const ended = job && hasEnded(job) ? verdictOnEnded(attempt, job, now) : undefined;
  if (ended) {
    return ended;
  }
  if (job && !trouble && terms.kind === 'CONFIRM_START' && (now >= until || (hasLooked && now - (job.createdAt ?? now) >= followedFor(job, attempt)))) {
    return { kind: 'good', job };
  }
  return now >= until ? { kind: 'out of time' } : { kind: 'going on' };
}

/** The age at which the start of a job that goes on is confirmed. */
function followedFor(job: Job, { begunAt, since }: Attempt): number {
  const waited = begunAt - since;
  if (waited > VERY_SCARCE) {
    return 0;
  }
  if (waited > SCARCE) {
    return isQueued(job) ? LONGEST_QUEUE_WHERE_SCARCE : 0;
  }
  return isQueued(job) ? LONGEST_QUEUE : FIRST_MINUTE;
}

function mayPass({ trouble, job, begunAt }: Attempt, now: number, patience: number): boolean {
  switch (trouble!.kind) {
    case 'transient':
      return true;
    case 'propagation':
      return now < trouble!.since + patience || (job !== undefined && now < (job.createdAt ?? begunAt) + VISIBILITY);
    case 'final':
      return false;
  }
}

function verdictOnEnded({ airGappedVaultArn, copy }: Attempt, job: Job, now: number): Verdict | undefined {
  if (job.state === 'PARTIAL') {
    return { kind: 'bad', job, what: 'partial' };
  }
  const asCompleted = (completed: Job): Verdict => hasIssues(completed) ? { kind: 'bad', job: completed, what: 'issues' } : { kind: 'good', job: completed };
  if (airGappedVaultArn === undefined || job.messageCategory === NO_COPY) {
    return asCompleted(job);
  }
  switch (copy?.state) {
    case 'COMPLETED':
      return asCompleted({ ...job, recoveryPointArn: copy.recoveryPointArn ?? job.recoveryPointArn });
    case 'FAILED':
    case 'PARTIAL':
      return { kind: 'bad', job, what: 'copy failed' };
    case undefined:
      return now < (job.completedAt ?? now) + COPY_VISIBILITY ? undefined : { kind: 'bad', job, what: 'copy failed' };
    default:
      return undefined;
  }
}
