import { createHash } from 'crypto';
import { Attempt } from './attempt';
import { troubleOf } from './errors';
import type { ResourceEvent } from './event';
import { NotYetError, UserError } from './failure';
import { failedOnPropagation, hasEnded, isKnown, isLive, Job } from './job';
import { copyOf, describeJob, jobsOf, startJob } from './jobs';
import { log } from './log';
import type { ResourceRequest, StartInput } from './request';
import { CLOCK_SKEW } from './timing';

/** What a step needs to know beside the attempt itself. */
export interface StepContext {
  readonly event: ResourceEvent;
  readonly request: ResourceRequest;
}

/** Takes the attempt one step further, or notes why that failed. Once time is up, it is what it was before. */
export async function step(attempt: Attempt, context: StepContext, until: number): Promise<Attempt> {
  try {
    const next = attempt.job ? await look(attempt, attempt.job, context) : await begin(attempt, context, until);
    return next ? { ...next, trouble: undefined } : attempt;
  } catch (error) {
    const trouble = troubleOf(error);
    log('trouble', { ...trouble });
    const { trouble: before } = attempt;
    const since = before?.kind === trouble.kind ? before.since : Date.now();
    return { ...attempt, trouble: { ...trouble, since, times: (before?.times ?? 0) + 1 } };
  }
}

async function begin(attempt: Attempt, { event, request }: StepContext, until: number): Promise<Attempt | undefined> {
  const start = request.start as StartInput;
  const waits = request.terms.kind === 'WAIT_FOR';
  const jobs = await jobsOf(start.ResourceArn, waits ? undefined : attempt.since);
  // The turn before has waited for others and started nothing, and this one starts nothing either: what began meanwhile is not ours.
  const own = attempt.blockers ? [] : ownJobs(jobs, attempt, start).filter(({ createdAt }) => createdAt! >= (attempt.freeSince ?? 0));
  const found = own.find((job) => !failedOnPropagation(job));
  if (found) {
    log('job found', { job: found.id, state: found.state });
    return withCopy({ ...attempt, blockers: undefined }, found, request);
  }
  const blockers = waits ? jobs.filter(isLive) : [];
  if (blockers.length > 0) {
    log('waiting for other jobs of the resource', { jobs: blockers.map(({ id, state }) => ({ id, state })) });
    return { ...attempt, blockers };
  }
  // The answer says that there is no job. A last turn that is repeated after it may not start one.
  if (Date.now() >= until) {
    return undefined;
  }
  if (attempt.blockers) {
    return { ...attempt, blockers: undefined, freeSince: Date.now() - CLOCK_SKEW };
  }
  const token = start.IdempotencyToken ?? tokenOf(event, start.ResourceArn, Math.max(own.length, attempt.restarts));
  const job = await startJob({ ...start, IdempotencyToken: token }) ?? await jobOfToken(attempt, start);
  return withCopy({ ...attempt, blockers: undefined }, accepted(job, event, start.IdempotencyToken !== undefined), request);
}

/**
 * Jobs that an earlier delivery of the same event has started, newest first. What tells one from the next is the count
 * of those that failed before it, so any delivery, in any process, comes to the same token; and where AWS Backup has
 * forgotten the token, the job is found.
 */
function ownJobs(jobs: readonly Job[], { since, endedSince = since }: Attempt, start: StartInput): Job[] {
  return jobs.filter((job) => (job.createdAt ?? 0) >= (hasEnded(job) ? endedSince : since) && !job.planArn
    && job.roleArn === start.IamRoleArn && isInVault(job, start.BackupVaultName, start.LogicallyAirGappedBackupVaultArn));
}

function isInVault(job: Job, vaultName: string, airGappedVaultArn: string | undefined): boolean {
  return job.vaultName === vaultName || (airGappedVaultArn !== undefined && job.vaultArn === airGappedVaultArn);
}

/** AWS Backup may answer a token that it knows without naming the job. */
async function jobOfToken(attempt: Attempt, start: StartInput): Promise<Job> {
  const job = ownJobs(await jobsOf(start.ResourceArn, attempt.since), attempt, start).find((each) => !failedOnPropagation(each));
  if (!job) {
    throw new NotYetError(`AWS Backup took the request but started no job, because it knows the idempotency token already. ${remedyFor(start.IdempotencyToken !== undefined)}`);
  }
  return job;
}

function accepted(job: Job, event: ResourceEvent, tokenIsGiven: boolean): Job {
  if (job.createdAt !== undefined && job.createdAt < event.issuedAt - CLOCK_SKEW) {
    throw new UserError(`AWS Backup answered with job ${job.id} of ${new Date(job.createdAt).toISOString()}, `
      + `which is older than this deployment. ${remedyFor(tokenIsGiven)}`);
  }
  log('job started', { job: job.id, resource: job.resourceArn, vault: job.vaultName });
  return job;
}

function remedyFor(tokenIsGiven: boolean): string {
  return tokenIsGiven ? 'The idempotencyToken has been used before: give another one, or none.' : 'Deploy again.';
}

function tokenOf({ stackId, logicalResourceId, requestId }: ResourceEvent, resourceArn: string, failedBefore: number): string {
  return createHash('sha256').update(JSON.stringify([stackId, logicalResourceId, requestId, resourceArn, failedBefore])).digest('hex').slice(0, 40);
}

async function look(attempt: Attempt, before: Job, { request }: StepContext): Promise<Attempt> {
  const job = await describeJob(before.id);
  log('job', {
    job: job.id,
    state: job.state,
    percentDone: job.percentDone,
    bytes: job.bytesTransferred ?? job.sizeInBytes,
    elapsedSeconds: Math.round((Date.now() - (job.createdAt ?? attempt.begunAt)) / 1000),
    message: job.statusMessage,
  });
  if (!isKnown(job) && job.state !== before.state) {
    log('unknown state', { job: job.id, state: job.state });
  }
  return withCopy(attempt, job, request);
}

/** COMPLETED is not the end of a job whose recovery point has to be copied, whichever way the job was found. */
async function withCopy(attempt: Attempt, job: Job, request: ResourceRequest): Promise<Attempt> {
  const wanted = attempt.airGappedVaultArn ?? request.start.LogicallyAirGappedBackupVaultArn;
  const needsCopy = request.terms.kind === 'WAIT_FOR' && job.state === 'COMPLETED' && job.recoveryPointArn !== undefined;
  if (!needsCopy || wanted === undefined || job.vaultArn === wanted) {
    return { ...attempt, job };
  }
  const copy = await copyOf(job.recoveryPointArn!, wanted);
  log('copy', { job: job.id, ...copy });
  return { ...attempt, job, copy, airGappedVaultArn: wanted };
}
