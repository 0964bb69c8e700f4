import type { Answer } from './answer';
import type { Attempt } from './attempt';
import { attributesOf } from './attributes';
import { troubleOf } from './errors';
import type { ResourceEvent } from './event';
import { isQueued, Job } from './job';
import { stopJob } from './jobs';
import { log } from './log';
import { Memory, memoryOf, physicalIdOf, rememberable } from './physical-id';
import type { ResourceRequest } from './request';
import { copyText, endText, timeoutText, troubleText } from './texts';
import type { Verdict } from './verdict';
import { NOT_AVAILABLE } from '../src/request';

/** A verdict after which CloudFormation gets its answer. */
export type Settled = Exclude<Verdict, { kind: 'going on' | 'start again' }>;

/** What the resource is, and what was asked of it. */
export interface Asked {
  readonly event: ResourceEvent;
  readonly request: ResourceRequest;
  readonly intent: string;
}

export function isSettled(verdict: Verdict): verdict is Settled {
  return verdict.kind !== 'going on' && verdict.kind !== 'start again';
}

export function succeeded(memory: Memory, reason?: string): Answer {
  return { status: 'SUCCESS', physicalResourceId: physicalIdOf(memory), attributes: attributesOf(memory), reason };
}

/** The old id stays, so that the next update knows which intent was last fulfilled. */
export function failed(event: ResourceEvent, reason: string): Answer {
  return { status: 'FAILED', physicalResourceId: event.physicalResourceId ?? physicalIdOf({}), reason };
}

/** Stops a job that must not go on, and says what CloudFormation is told. */
export async function outcome(verdict: Settled, attempt: Attempt, asked: Asked): Promise<Answer> {
  const { request, event } = asked;
  const { terms } = request;
  switch (verdict.kind) {
    case 'good':
      return fulfilled(asked, verdict.job);
    case 'bad':
      switch (verdict.what) {
        case 'partial':
          return terms.onPartial === 'WARN' ? fulfilled(asked, verdict.job, endText(request, verdict.job)) : failed(event, endText(request, verdict.job));
        case 'issues':
          return terms.onIssues === 'WARN' ? fulfilled(asked, verdict.job, endText(request, verdict.job)) : failed(event, endText(request, verdict.job));
        case 'failed':
          return missing(asked, verdict.job, endText(request, verdict.job));
        case 'copy failed':
          return missing(asked, verdict.job, copyText(request, verdict.job, attempt));
      }
      // eslint-disable-next-line no-fallthrough -- the switch above is exhaustive, which the rule does not see
    case 'broken':
      return missing(asked, { ...attempt.job, id: attempt.job?.id ?? NOT_AVAILABLE, state: 'FAILED', statusMessage: attempt.trouble?.message },
        troubleText(request, attempt));
    case 'out of time':
      return timedOut(attempt, asked);
  }
}

/** There was nothing to back up yet, and the intent is fulfilled all the same: what was just created needs no backup. */
export function nothingYet({ event, intent }: Asked, why: string): Answer {
  return succeeded({ intent, instead: { state: 'NOTHING_TO_BACK_UP' }, previous: fulfilledBefore(event) }, `Nothing to back up: ${why}.`);
}

/** The user wants no backup this time; the intent stays open, so that the next deployment backs up. */
export function skipped({ event }: Asked, why: string): Answer {
  return succeeded({ instead: { state: 'SKIPPED', message: why }, previous: fulfilledBefore(event) }, `Skipped: ${why}`);
}

/** The intent is fulfilled: a later update with the same one starts nothing. */
export function fulfilled({ event, intent }: Asked, job: Job | undefined, reason?: string): Answer {
  return succeeded({ intent, job: job && rememberable(job), previous: fulfilledBefore(event) }, reason);
}

function fulfilledBefore(event: ResourceEvent): Memory | undefined {
  const before = memoryOf(event.physicalResourceId);
  return before.intent === undefined ? undefined : before;
}

/** There is no backup: where that may be, the intent stays open, so that the next update tries again. */
function missing({ event, request }: Asked, job: Job, reason: string): Answer {
  return request.terms.onFailure === 'WARN' ? succeeded({ job: rememberable(job) }, reason) : failed(event, reason);
}

async function timedOut(attempt: Attempt, asked: Asked): Promise<Answer> {
  const { request, event } = asked;
  const { terms } = request;
  const { job } = attempt;
  const goesOn = job && (terms.kind !== 'WAIT_FOR' || terms.waitsOn || terms.onTimeout === 'WARN');
  const stopped = job && !goesOn ? await stopIfWanted(job, terms.onTimeout === 'STOP_JOB_AND_FAIL') : 'The job goes on.';
  const reason = timeoutText(request, attempt, Date.now(), stopped);
  if (goesOn) {
    return fulfilled(asked, { ...job, pendingCopyTo: attempt.airGappedVaultArn }, terms.waitsOn ? undefined : reason);
  }
  return terms.onTimeout === 'WARN' ? succeeded({}, reason) : failed(event, reason);
}

/** Only what was asked for is tried: IAM allows stopping every job of the account or none, so the permission comes with the wish. */
export async function stopIfWanted(job: Job, wanted: boolean): Promise<string> {
  if (!wanted) {
    return isQueued(job) ? 'The job is still queued: it starts within its start window, or expires.' : 'The job goes on.';
  }
  try {
    await stopJob(job.id);
    log('job stopped', { job: job.id });
    return 'The job was stopped.';
  } catch (error) {
    const { message } = troubleOf(error);
    log('job not stopped', { job: job.id, message });
    return `The job could not be stopped (${message}), so it goes on.`;
  }
}
