import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { Answer } from './answer';
import type { Attempt } from './attempt';
import { operationSince, StackOperation, stackState } from './cloudformation';
import { troubleOf } from './errors';
import { ofOwnStack, ResourceEvent, resourceEvent } from './event';
import { Followed, followOnce } from './follow';
import { intentOf } from './intent';
import { log } from './log';
import { failed, outcome } from './outcome';
import { located, ResourceRequest, resourceRequest } from './request';
import { statusPatienceUntil } from './retry';
import { stopIfQueued } from './stop';
import { ANSWER_MARGIN, STACK_PAUSE } from './timing';
import { turn, Turn } from './turn';
import { Wait, WAIT_VERSION } from './waiting';

/** When CloudFormation is asked again that did not answer, in milliseconds. */
const STACK_RETRY = 10_000;
/** How much earlier, in milliseconds, a look at the stack is as good. */
const STACK_SLACK = 3_000;

/** One turn of the state machine about one backup. */
export async function poll(wait: Wait): Promise<Turn<Wait>> {
  const event = resourceEvent(wait.event, wait.attempt?.since ?? Date.now());
  return turn(event, () => answerOrNext(wait, event));
}

async function answerOrNext(wait: Wait, event: ResourceEvent): Promise<Answer | Wait> {
  if (wait.error || wait.version !== WAIT_VERSION) {
    return givenUp(wait, event);
  }
  ofOwnStack(event);
  const asRequested = resourceRequest(event.properties);
  const request = located(asRequested, wait.attempt.resourceArn);
  const asked = { event, request, intent: intentOf(asRequested) };
  const until = untilOf(wait, event, request);
  const { operation, seenAt } = await currentOperation(wait, event, until);
  if (operation !== 'forward') {
    return outcome({ kind: 'unwanted', operation }, wait.attempt, asked);
  }
  const followed = await follow(wait, event, request, until);
  return followed.settled ? outcome(followed.settled, followed.attempt, asked) : nextTurn(wait, followed.attempt, followed.lookAt, seenAt);
}

function nextTurn(wait: Wait, attempt: Attempt, lookAt: number, seenAt: number): Wait {
  const pause = Math.ceil((Math.min(lookAt, seenAt + STACK_PAUSE) - Date.now()) / 1000);
  return { ...wait, attempt, lookAt, stackSeenAt: seenAt, pause: Math.max(1, pause) };
}

function untilOf({ attempt }: Wait, event: ResourceEvent, { terms }: ResourceRequest): number {
  return Math.min(attempt.begunAt + (terms.timeout ?? 0) * 1000, event.deadline - ANSWER_MARGIN);
}

/** AWS Backup is asked only when the attempt is due, or when there is no more time. */
async function follow({ attempt, lookAt }: Wait, event: ResourceEvent, request: ResourceRequest, until: number): Promise<Followed> {
  if (Date.now() < Math.min(lookAt, until)) {
    return { attempt, lookAt: Math.min(lookAt, until) };
  }
  const followed = await followOnce(attempt, { event, request }, until);
  return followed.settled ? followed : { ...followed, lookAt: Math.min(followed.lookAt, until) };
}

/**
 * The stack is looked at about every minute, and before a job is started: then with patience. A status that cannot be read is
 * asked for again in the next turn, and until then the wait goes on.
 */
async function currentOperation({ attempt, stackSeenAt }: Wait, event: ResourceEvent, until: number): Promise<{ operation: StackOperation; seenAt: number }> {
  const now = Date.now();
  if (attempt.job && now < stackSeenAt + STACK_PAUSE - STACK_SLACK) {
    return { operation: 'forward', seenAt: stackSeenAt };
  }
  try {
    const state = await stackState(event.stackId, statusPatienceUntil(attempt.job ? 0 : until));
    return { operation: operationSince(state, attempt.operationStartedAt), seenAt: now };
  } catch (error) {
    const { kind, name, message } = troubleOf(error);
    log('stack status unknown', { name, message });
    // As if seen so long ago that the next look is due soon: the message between turns can only grow.
    return { operation: 'forward', seenAt: kind === 'transient' ? now - STACK_PAUSE + STACK_RETRY : now };
  }
}

async function givenUp({ error, version, attempt }: Wait, event: ResourceEvent): Promise<Answer> {
  const stopped = attempt?.job && await stopIfQueued(attempt.job);
  const job = stopped ? `Backup job ${stopped.job.id} was last seen ${stopped.job.state}. ${stopped.text}` : 'No backup job was seen.';
  const why = error
    ? `Waiting for the backup failed: ${error.Error ?? 'unknown error'}: ${error.Cause ?? 'no cause given'}.`
    : `Waiting for the backup failed: it was begun by another version of cdk-on-demand-backup (${version}).`;
  return failed(event, `${job} ${why} See the log of the function, then deploy again.`);
}

/** What the state machine begins with: it calls at once. */
export function firstTurn(event: CloudFormationCustomResourceEvent, attempt: Attempt): Wait {
  return { kind: 'wait', version: WAIT_VERSION, event, attempt, lookAt: attempt.begunAt, stackSeenAt: attempt.begunAt, pause: 0 };
}
