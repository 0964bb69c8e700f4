import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { Answer, deliver } from './answer';
import type { Attempt } from './attempt';
import { StackOperation, stackState } from './cloudformation';
import { troubleOf } from './errors';
import { ResourceEvent, resourceEvent } from './event';
import { Followed, followOnce } from './follow';
import { intentOf } from './intent';
import { isQueued } from './job';
import { log } from './log';
import { failed, outcome, stopIfWanted } from './outcome';
import { located, ResourceRequest, resourceRequest } from './request';
import { stepContext } from './step';
import { Wait, WAIT_VERSION } from './waiting';

/** Seconds between two looks at the stack: nobody else says that it no longer waits. */
const LONGEST_PAUSE = 60;
/** Between the end of a wait and the answer that CloudFormation must have, in milliseconds. */
const MARGIN = 45_000;

/** The state machine calls again as long as it is given a pause. */
export type Turn = Wait | Record<string, never>;

export function waitOf(event: CloudFormationCustomResourceEvent, attempt: Attempt, lookAt: number): Wait {
  const pause = Math.max(1, Math.min(LONGEST_PAUSE, Math.ceil((lookAt - Date.now()) / 1000)));
  return { kind: 'wait', version: WAIT_VERSION, event, attempt, lookAt, pause };
}

/** One turn of the state machine. */
export async function poll(wait: Wait): Promise<Turn> {
  const event = resourceEvent(wait.event, wait.attempt?.since ?? Date.now());
  if (Date.now() > event.deadline) {
    log('nothing', { why: 'CloudFormation no longer waits for an answer to this event' });
    return {};
  }
  const turn = await answerOrTurn(wait, event);
  if ('status' in turn) {
    await deliver(event, turn as Answer);
    return {};
  }
  return turn as Wait;
}

async function answerOrTurn(wait: Wait, event: ResourceEvent): Promise<Answer | Wait> {
  if (wait.error || wait.version !== WAIT_VERSION) {
    return failed(event, givenUpText(wait));
  }
  const asRequested = resourceRequest(event.resourceType, event.properties);
  const request = located(asRequested, wait.attempt.resourceArn);
  const operation = await currentOperation(event);
  if (operation !== 'forward') {
    return abandoned(event, request, wait.attempt, operation);
  }
  const followed = await follow(wait, event, request);
  return followed.settled
    ? outcome(followed.settled, followed.attempt, { event, request, intent: intentOf(asRequested) })
    : waitOf(wait.event, followed.attempt, followed.lookAt);
}

/** AWS Backup is asked only when the attempt is due, or when there is no more time. */
async function follow({ attempt, lookAt }: Wait, event: ResourceEvent, request: ResourceRequest): Promise<Followed> {
  const { terms } = request;
  const until = Math.min(event.issuedAt + (terms.timeout ?? 0) * 1000, event.deadline - MARGIN);
  if (Date.now() < Math.min(lookAt, until)) {
    return { attempt, lookAt: Math.min(lookAt, until) };
  }
  // What waits on can only follow a job, not start one.
  const lastCall = terms.waitsOn && Date.now() > until - 2 * LONGEST_PAUSE * 1000;
  const followed = await followOnce(attempt, stepContext(event, request, !lastCall), terms, until);
  return followed.settled ? followed : { ...followed, lookAt: Math.min(followed.lookAt, until) };
}

/** One look: an unknown status is asked for again in a minute, and until then the wait goes on. */
async function currentOperation(event: ResourceEvent): Promise<StackOperation> {
  try {
    return (await stackState(event.stackId, { transient: 0, propagation: 0 })).operation;
  } catch (error) {
    const { name, message } = troubleOf(error);
    log('stack status unknown', { name, message });
    return 'forward';
  }
}

async function abandoned(event: ResourceEvent, { terms }: ResourceRequest, { job }: Attempt, operation: 'rollback' | 'over'): Promise<Answer> {
  // It would start when nobody waits for it any more.
  const stopped = job ? ` ${await stopIfWanted(job, terms.onTimeout === 'STOP_JOB_AND_FAIL' && isQueued(job))}` : '';
  const why = operation === 'rollback' ? 'the stack is rolling back' : 'the stack operation is over';
  return failed(event, `Waiting for backup job ${job?.id ?? '(none started)'} ended, because ${why}.${stopped}`);
}

function givenUpText({ error, version, attempt }: Wait): string {
  const job = attempt?.job ? `Backup job ${attempt.job.id} was last seen ${attempt.job.state}; it may go on.` : 'No backup job was seen.';
  const why = error
    ? `Waiting for the backup failed: ${error.Error ?? 'unknown error'}: ${error.Cause ?? 'no cause given'}.`
    : `Waiting for the backup failed: it was begun by another version of cdk-on-demand-backup (${version}).`;
  return `${job} ${why} See the log of the function, then deploy again.`;
}
