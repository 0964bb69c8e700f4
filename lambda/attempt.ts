import type { StackState } from './cloudformation';
import type { Trouble } from './errors';
import type { ResourceEvent } from './event';
import type { Job } from './job';
import type { Copy } from './jobs';
import type { Memory } from './physical-id';
import { CLOCK_SKEW } from './timing';

/**
 * One backup on its way: all that is known of it between two looks. It travels through the state machine as JSON,
 * so it can only grow.
 */
export interface Attempt {
  /** When CloudFormation asked for the backup: only a job that began since is this one. */
  readonly since: number;
  /** The same for jobs that have ended, where those that still run may be of an earlier operation. */
  readonly endedSince?: number;
  /** When the function began to work on it. */
  readonly begunAt: number;
  /** When the stack operation began that asks for it; undefined where the stack could not be read. */
  readonly operationStartedAt?: number;
  readonly resourceArn?: string;
  readonly job?: Job;
  /** Set where only the copy into this logically air-gapped vault is the backup that was asked for. */
  readonly airGappedVaultArn?: string;
  readonly copy?: Copy;
  /** Jobs of the same resource that have to end before this one can start. */
  readonly blockers?: readonly Job[];
  /** When those had ended: what began before is not taken for this backup by its looks alone. */
  readonly freeSince?: number;
  /** Why the last call failed, how many have failed in a row, and since when for this kind of reason. */
  readonly trouble?: Trouble & { readonly times: number; readonly since: number };
  /** Jobs of this backup that failed on permissions which may not have propagated. */
  readonly restarts: number;
}

export function newAttempt(event: ResourceEvent, state: StackState | undefined, begunAt: number): Attempt {
  return { since: event.issuedAt, begunAt, operationStartedAt: state?.startedAt, restarts: 0 };
}

/**
 * Goes on with what another resource handed on. What an earlier operation has left is not gone on with: the job
 * of a failed deployment is no backup of what this one is going to change.
 */
export function attemptHandedOn({ handedOn, job }: Memory, fresh: Attempt): Attempt {
  const isOfThisOperation = handedOn! >= (fresh.operationStartedAt ?? 0) - CLOCK_SKEW;
  return isOfThisOperation ? { ...fresh, since: handedOn!, job, airGappedVaultArn: job?.pendingCopyTo } : fresh;
}
