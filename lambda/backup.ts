import { createHash } from 'crypto';
import { soundsLikePropagation } from './errors';
import type { ResourceEvent } from './event';
import { BackupError } from './failure';
import { hasFailed, isQueued, Job } from './job';
import { describeJob, jobsSince, startJob } from './jobs';
import { log } from './log';
import type { BackupRequest } from './request';
import { backoff, Patience } from './retry';
import { sleep } from './sleep';

/** A job that has run for so long has a role, a key and a vault that it can use. */
const FIRST_MINUTE = 60_000;
/** A job may stay queued for hours, so nobody waits for the end of that here. */
const LONGEST_QUEUE = 90_000;
const POLL_PAUSE = 3_000;
/** How long permissions may take to be known, and how long a new job may stay invisible. */
const PROPAGATION = 180_000;
const VISIBILITY = 300_000;
/** How much older than the event a job may seem: the clocks of two services differ a little. */
const CLOCK_SKEW = 5_000;

/** Starts the job, or takes up the one that an earlier delivery of the event has started, and follows it as far as was asked. */
export async function backUp(event: ResourceEvent, request: BackupRequest, deadline: number): Promise<Job> {
  const patience = { deadline, propagation: Math.min(deadline, Date.now() + PROPAGATION) };
  for (let restarts = 0; ; restarts++) {
    const begun = await startOrResume(event, request, patience);
    const job = request.completion.kind === 'FIRE_AND_FORGET' ? begun : await followStart(begun, patience);
    const pause = 10 * backoff(restarts);
    if (!canStartAgain(job, request) || Date.now() + pause > patience.propagation) {
      return job;
    }
    log('job failed on permissions that may not have propagated', { job: job.id, message: job.statusMessage, pauseMs: Math.round(pause) });
    await sleep(pause);
  }
}

function canStartAgain(job: Job, request: BackupRequest): boolean {
  return hasFailed(job) && soundsLikePropagation(job.statusMessage) && request.job.IdempotencyToken === undefined;
}

/**
 * What tells one job of the event from another is only the count of those that failed before it. So any delivery
 * of the event, in any process, comes to the same token; and where the service has forgotten the token, the job is found.
 */
async function startOrResume(event: ResourceEvent, request: BackupRequest, patience: Patience): Promise<Job> {
  const earlier = await jobsSince(event.issuedAt, request, patience);
  const alive = earlier.find((job) => !hasFailed(job));
  if (alive) {
    log('job found', { job: alive.id, state: alive.state });
    return alive;
  }
  const started = await startJob({ ...request.job, IdempotencyToken: request.job.IdempotencyToken ?? tokenOf(event, earlier.length) }, patience)
    ?? (await jobsSince(event.issuedAt, request, patience)).find((job) => !hasFailed(job));
  if (!started) {
    throw new BackupError('AWS Backup took the request but started no job: it knows the idempotency token already. '
      + (request.job.IdempotencyToken === undefined ? 'Deploy again.' : 'Give another idempotencyToken, or none.'));
  }
  if (started.createdAt !== undefined && started.createdAt < event.issuedAt - CLOCK_SKEW) {
    throw new BackupError(`AWS Backup answered with job ${started.id} of ${new Date(started.createdAt).toISOString()}, which is older than this deployment: `
      + 'the idempotencyToken has been used before. Give another one, or none.');
  }
  log('job started', { job: started.id, resource: request.job.ResourceArn, vault: request.job.BackupVaultName });
  return started;
}

function tokenOf(event: ResourceEvent, attempt: number): string {
  return createHash('sha256').update(JSON.stringify([event.stackId, event.logicalResourceId, event.requestId, attempt])).digest('hex').slice(0, 40);
}

/** Until the job has ended, has come through its first minute, or has been queued for too long. */
async function followStart(begun: Job, { deadline }: Patience): Promise<Job> {
  const since = begun.createdAt ?? Date.now();
  const patience = { deadline, propagation: Math.min(deadline, since + VISIBILITY) };
  for (;;) {
    const job = await describeJob(begun.id, patience);
    log('job', { job: job.id, state: job.state });
    const age = Date.now() - since;
    const settled = isQueued(job) ? age >= LONGEST_QUEUE : job.state !== 'RUNNING' || age >= FIRST_MINUTE;
    if (settled || Date.now() + POLL_PAUSE > deadline) {
      return job;
    }
    await sleep(POLL_PAUSE * (0.8 + Math.random() * 0.4));
  }
}
