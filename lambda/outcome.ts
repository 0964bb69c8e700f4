import type { Answer } from './answer';
import type { Attempt } from './attempt';
import { attributesOf } from './attributes';
import type { StackOperation } from './cloudformation';
import type { ResourceEvent } from './event';
import { canBeBackup, isQueued, Job } from './job';
import { Memory, memoryOf, physicalIdOf, rememberable, rememberableText } from './physical-id';
import type { ResourceRequest } from './request';
import { stop, stopIfQueued } from './stop';
import { copyText, endText, timeoutText, troubleText, unwantedText } from './texts';
import type { Verdict } from './verdict';
import { NOT_AVAILABLE } from '../src/request';

/** After which CloudFormation gets its answer. */
export type Settled =
  | Exclude<Verdict, { kind: 'going on' | 'start again' }>
  /** The stack does not want the backup any more. */
  | { readonly kind: 'unwanted'; readonly operation: StackOperation };

/** What the resource is, and what was asked of it. */
export interface Asked {
  readonly event: ResourceEvent;
  readonly request: ResourceRequest;
  readonly intent: string;
}

export function isSettled(verdict: Verdict): verdict is Verdict & Settled {
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
  switch (verdict.kind) {
    case 'good':
      return fulfilled(asked, { job: verdict.job });
    case 'bad':
      return bad(verdict.what, verdict.job, attempt, asked);
    case 'broken':
      return missing(asked, broken(attempt), troubleText(request, attempt));
    case 'out of time':
      return request.terms.waitsOn ? handedOn(attempt, asked) : timedOut(attempt, asked);
    case 'unwanted':
      return failed(event, unwantedText(request, attempt, verdict.operation, attempt.job && (await stopIfQueued(attempt.job)).text));
  }
}

function bad(what: (Verdict & { kind: 'bad' })['what'], job: Job, attempt: Attempt, asked: Asked): Answer {
  const { request, event } = asked;
  const { terms } = request;
  switch (what) {
    case 'partial':
      return terms.onPartial === 'WARN' ? fulfilled(asked, { job }, endText(request, job)) : failed(event, endText(request, job));
    case 'issues':
      return terms.onIssues === 'WARN' ? fulfilled(asked, { job }, endText(request, job)) : failed(event, endText(request, job));
    case 'failed':
      return missing(asked, job, endText(request, job));
    case 'copy failed':
      return missing(asked, job, copyText(request, job, attempt));
  }
}

/** There was nothing to back up yet, and the intent is fulfilled all the same: what was just created needs no backup. */
export function nothingYet(asked: Asked, why: string): Answer {
  return fulfilled(asked, { instead: { state: 'NOTHING_TO_BACK_UP' } }, `Nothing to back up: ${why}.`);
}

/** The user wants no backup this time; the intent stays open, so that the next deployment backs up. */
export function skipped({ event }: Asked, why: string): Answer {
  return succeeded({ instead: { state: 'SKIPPED', message: rememberableText(why) }, previous: fulfilledBefore(event) }, `Skipped: ${why}`);
}

/** The intent is fulfilled: a later update with the same one starts nothing. */
export function fulfilled({ event, intent }: Asked, { job, instead, handedOn: since }: Memory, reason?: string): Answer {
  return succeeded({ intent, job: job && rememberable(job), instead, handedOn: since, previous: fulfilledBefore(event) }, reason);
}

function fulfilledBefore(event: ResourceEvent): Memory | undefined {
  const before = memoryOf(event.physicalResourceId);
  return before.intent === undefined ? undefined : before;
}

/** There is no backup: where that may be, the intent stays open, so that the next update tries again. */
function missing({ event, request }: Asked, job: Job, reason: string): Answer {
  return request.terms.onFailure === 'WARN' ? succeeded({ job: rememberable(job), previous: fulfilledBefore(event) }, reason) : failed(event, reason);
}

/** What is known where a call failed for good: a job that was started may go on. */
function broken({ job, trouble }: Attempt): Job {
  return { ...job, id: job?.id ?? NOT_AVAILABLE, state: job?.state ?? 'FAILED', statusMessage: trouble?.message };
}

function handedOn({ job, since, airGappedVaultArn }: Attempt, asked: Asked): Answer {
  return fulfilled(asked, { job: job && { ...job, pendingCopyTo: airGappedVaultArn }, handedOn: since });
}

async function timedOut(attempt: Attempt, asked: Asked): Promise<Answer> {
  const { request, event } = asked;
  const { terms } = request;
  const { job } = attempt;
  const mustStop = job && (isQueued(job) || terms.onTimeout === 'STOP_JOB_AND_FAIL');
  const stopped = mustStop ? await stop(job) : { job, isStopped: false, text: job && !canBeBackup(job) ? 'The job is being stopped.' : 'The job goes on.' };
  const reason = timeoutText(request, attempt, Date.now(), stopped.text);
  if (terms.kind !== 'WAIT_FOR') {
    return missing(asked, broken({ ...attempt, job: stopped.job }), reason);
  }
  if (terms.onTimeout !== 'WARN') {
    return failed(event, reason);
  }
  return stopped.job && !stopped.isStopped && canBeBackup(stopped.job)
    ? fulfilled(asked, { job: stopped.job }, reason)
    : succeeded({ job: stopped.job && rememberable(stopped.job), previous: fulfilledBefore(event) }, reason);
}
