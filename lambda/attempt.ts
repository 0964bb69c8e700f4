import type { Trouble } from './errors';
import type { ResourceEvent } from './event';
import { hasEnded, Job } from './job';
import type { Copy } from './jobs';
import { memoryOf } from './physical-id';
import type { ResourceRequest } from './request';

/**
 * One backup on its way: all that is known of it between two looks. It travels through the state machine as JSON,
 * so it can only grow.
 */
export interface Attempt {
  /** When CloudFormation asked for the backup: only a job that began since is this one. */
  readonly since: number;
  /** When the function began to work on it. */
  readonly begunAt: number;
  /** What is backed up; undefined for a resource that only waits. */
  readonly resourceArn?: string;
  readonly job?: Job;
  /** Set where only the copy into this logically air-gapped vault is the backup that was asked for. */
  readonly airGappedVaultArn?: string;
  readonly copy?: Copy;
  /** Jobs of the same resource that have to end before this one can start. */
  readonly blockers?: readonly Job[];
  /** Why the last call failed, and how many have failed in a row. */
  readonly trouble?: Trouble & { readonly times: number };
  /** Jobs of this backup that failed on permissions which may not have propagated. */
  readonly restarts: number;
}

/** Undefined where a resource that waits on finds nothing left to wait for. */
export function firstAttempt(request: ResourceRequest, event: ResourceEvent, begunAt: number): Attempt | undefined {
  const attempt = { since: event.issuedAt, begunAt, restarts: 0 };
  if (request.kind === 'backup') {
    return { ...attempt, resourceArn: request.start.ResourceArn };
  }
  const { job } = memoryOf(request.backup);
  const isOver = job === undefined || (hasEnded(job) && job.pendingCopyTo === undefined);
  return isOver ? undefined : { ...attempt, job, airGappedVaultArn: job.pendingCopyTo };
}
