import type { Attempt } from './attempt';
import { soundsLikePropagation } from './errors';
import { hasEnded, hasFailed, hasIssues, isQueued, Job } from './job';
import type { Terms } from './terms';

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
const FIRST_MINUTE = 60_000;
/** A job may stay queued for hours, so that only a resource that waits stays with it. */
const LONGEST_QUEUE = 90_000;
/** How long permissions may take to be known. */
const PROPAGATION = 180_000;
/** How long a new job may stay invisible. */
const VISIBILITY = 300_000;
/** How long after its end a job may wait for its copy to appear where AWS Backup says nothing of issues. */
const COPY_VISIBILITY = 600_000;

export function verdictOn(attempt: Attempt, terms: Terms, now: number, until: number, canStartAgain: boolean): Verdict {
  const { job, trouble } = attempt;
  if (trouble && !mayPass(attempt, now)) {
    return { kind: 'broken' };
  }
  if (job && hasFailed(job)) {
    const again = canStartAgain && soundsLikePropagation(job.statusMessage) && now < attempt.begunAt + PROPAGATION;
    return again && now < until ? { kind: 'start again' } : { kind: 'bad', job, what: 'failed' };
  }
  const ended = job && hasEnded(job) ? verdictOnEnded(attempt, job, now) : undefined;
  if (ended) {
    return ended;
  }
  if (job && !trouble && isFarEnough(job, terms, now)) {
    return { kind: 'good', job };
  }
  return now >= until ? { kind: 'out of time' } : { kind: 'going on' };
}

function mayPass({ trouble, job, begunAt }: Attempt, now: number): boolean {
  switch (trouble!.kind) {
    case 'transient':
      return true;
    case 'propagation':
      return now < (job ? (job.createdAt ?? begunAt) + VISIBILITY : begunAt + PROPAGATION);
    case 'final':
      return false;
  }
}

function verdictOnEnded({ airGappedVaultArn, copy }: Attempt, job: Job, now: number): Verdict | undefined {
  if (job.state === 'PARTIAL') {
    return { kind: 'bad', job, what: 'partial' };
  }
  if (hasIssues(job)) {
    return { kind: 'bad', job, what: 'issues' };
  }
  if (airGappedVaultArn === undefined) {
    return { kind: 'good', job };
  }
  switch (copy?.state) {
    case 'COMPLETED':
      return { kind: 'good', job: { ...job, recoveryPointArn: copy.recoveryPointArn ?? job.recoveryPointArn } };
    case 'FAILED':
    case 'PARTIAL':
      return { kind: 'bad', job, what: 'copy failed' };
    case undefined:
      return now < (job.completedAt ?? now) + COPY_VISIBILITY ? undefined : { kind: 'bad', job, what: 'copy failed' };
    default:
      return undefined;
  }
}

/** Whether a resource that does not wait for the end has seen enough. */
function isFarEnough(job: Job, terms: Terms, now: number): boolean {
  const age = now - (job.createdAt ?? now);
  switch (terms.kind) {
    case 'FIRE_AND_FORGET':
      return true;
    case 'CONFIRM_START':
      return age >= (isQueued(job) ? LONGEST_QUEUE : FIRST_MINUTE);
    case 'WAIT_FOR':
      return false;
  }
}
