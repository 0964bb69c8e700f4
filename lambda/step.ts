import { createHash } from 'crypto';
import { Attempt } from './attempt';
import { troubleOf } from './errors';
import type { ResourceEvent } from './event';
import { UserError } from './failure';
import { hasFailed, isKnown, isLive, Job } from './job';
import { copyOf, describeJob, jobsOf, startJob } from './jobs';
import { log } from './log';
import type { BackupRequest, ResourceRequest, StartInput } from './request';

/** How much older than the event a job may seem: the clocks of two services differ a little. */
const CLOCK_SKEW = 5_000;

/** What a step needs to know beside the attempt itself. */
export interface StepContext {
  readonly event: ResourceEvent;
  /** Undefined for a resource that only waits: it starts nothing. */
  readonly request?: BackupRequest;
  /** Whether jobs of the same resource are waited for before ours is started. */
  readonly waitsForOthers: boolean;
}

export function stepContext(event: ResourceEvent, request: ResourceRequest, waitsForOthers = request.terms.kind === 'WAIT_FOR'): StepContext {
  return { event, request: request.kind === 'backup' ? request : undefined, waitsForOthers };
}

/** Takes the attempt one step further, or notes why that failed. */
export async function step(attempt: Attempt, context: StepContext): Promise<Attempt> {
  try {
    const next = attempt.job ? await look(attempt, attempt.job, context) : await begin(attempt, context);
    return { ...next, trouble: undefined };
  } catch (error) {
    const trouble = troubleOf(error);
    log('trouble', { ...trouble });
    return { ...attempt, trouble: { ...trouble, times: (attempt.trouble?.times ?? 0) + 1 } };
  }
}

async function begin(attempt: Attempt, context: StepContext): Promise<Attempt> {
  const { event, request, waitsForOthers } = context;
  if (!request) {
    throw new UserError('There is no job to wait for.');
  }
  const start = request.start as StartInput;
  const jobs = await jobsOf(start.ResourceArn, waitsForOthers ? undefined : attempt.since);
  const { alive, failed } = ownJobs(jobs, attempt, request);
  if (alive) {
    log('job found', { job: alive.id, state: alive.state });
    return { ...attempt, job: alive, blockers: undefined };
  }
  const blockers = waitsForOthers ? jobs.filter(isLive) : [];
  if (blockers.length > 0) {
    log('waiting for other jobs of the resource', { jobs: blockers.map(({ id, state }) => ({ id, state })) });
    return { ...attempt, blockers };
  }
  const token = start.IdempotencyToken ?? tokenOf(event, failed);
  const job = await startJob({ ...start, IdempotencyToken: token })
    ?? ownJobs(await jobsOf(start.ResourceArn, attempt.since), attempt, request).alive;
  return { ...attempt, job: accepted(job, event, start.IdempotencyToken !== undefined), blockers: undefined };
}

/**
 * Jobs that an earlier delivery of the same event has started. What tells one from the next is the count of those
 * that failed before it, so any delivery, in any process, comes to the same token; and where AWS Backup has
 * forgotten the token, the job is found.
 */
function ownJobs(jobs: Job[], { since }: Attempt, { start }: BackupRequest): { alive?: Job; failed: number } {
  const own = jobs.filter((job) => (job.createdAt ?? 0) >= since && !job.planArn
    && job.roleArn === start.IamRoleArn && isInVault(job, start.BackupVaultName, start.LogicallyAirGappedBackupVaultArn));
  return { alive: own.find((job) => !hasFailed(job)), failed: own.filter(hasFailed).length };
}

function isInVault(job: Job, vaultName: string, airGappedVaultArn: string | undefined): boolean {
  return job.vaultName === vaultName || (airGappedVaultArn !== undefined && job.vaultArn === airGappedVaultArn);
}

function accepted(job: Job | undefined, event: ResourceEvent, tokenIsGiven: boolean): Job {
  const remedy = tokenIsGiven ? 'The idempotencyToken has been used before: give another one, or none.' : 'Deploy again.';
  if (!job) {
    throw new UserError(`AWS Backup took the request but started no job, because it knows the idempotency token already. ${remedy}`);
  }
  if (job.createdAt !== undefined && job.createdAt < event.issuedAt - CLOCK_SKEW) {
    throw new UserError(`AWS Backup answered with job ${job.id} of ${new Date(job.createdAt).toISOString()}, which is older than this deployment. ${remedy}`);
  }
  log('job started', { job: job.id, resource: job.resourceArn, vault: job.vaultName });
  return job;
}

function tokenOf({ stackId, logicalResourceId, requestId }: ResourceEvent, failedBefore: number): string {
  return createHash('sha256').update(JSON.stringify([stackId, logicalResourceId, requestId, failedBefore])).digest('hex').slice(0, 40);
}

async function look(attempt: Attempt, before: Job, { request }: StepContext): Promise<Attempt> {
  const job = await describeJob(before.id);
  log('job', { job: job.id, state: job.state, percentDone: job.percentDone, bytes: job.bytesTransferred ?? job.sizeInBytes, message: job.statusMessage });
  if (!isKnown(job) && job.state !== before.state) {
    log('unknown state', { job: job.id, state: job.state });
  }
  const wanted = attempt.airGappedVaultArn ?? request?.start.LogicallyAirGappedBackupVaultArn;
  if (wanted === undefined || job.state !== 'COMPLETED' || job.vaultArn === wanted || job.recoveryPointArn === undefined) {
    return { ...attempt, job };
  }
  const copy = await copyOf(job.recoveryPointArn, wanted);
  log('copy', { job: job.id, ...copy });
  return { ...attempt, job, copy, airGappedVaultArn: wanted };
}
