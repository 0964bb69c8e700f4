import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { Answer, deliver } from './answer';
import { Attempt, attemptHandedOn, newAttempt } from './attempt';
import { operationSince, StackOperation, StackState, stackState } from './cloudformation';
import { decide, isFulfilled, rolledBack } from './decide';
import { troubleOf } from './errors';
import { isOfOwnStack, ofOwnStack, ResourceEvent, resourceEvent } from './event';
import { UserError } from './failure';
import { answerToFinal } from './final';
import { FinalWait, isFinalWait, pollFinal } from './final/task';
import { followToEnd } from './follow';
import { intentOf } from './intent';
import { log } from './log';
import { Asked, failed, fulfilled, nothingYet, outcome, skipped, succeeded } from './outcome';
import { memoryOf, physicalIdOf } from './physical-id';
import { firstTurn, poll } from './poll';
import { located, resourceRequest } from './request';
import { statusPatience, statusPatienceUntil } from './retry';
import { sourceOf } from './source';
import { PROPAGATION } from './timing';
import { isTooLate } from './turn';
import { handOver, isWait, Wait } from './waiting';
import { FINAL_RESOURCE_TYPE } from '../src/request';

/** Kept for the answer when Lambda is about to end the function, in milliseconds. */
const LAST_WORDS = 20_000;

/** One event of CloudFormation in, at most one answer out; or one turn of the state machine that waits. */
export async function handler(payload: CloudFormationCustomResourceEvent | Wait | FinalWait, context: Context): Promise<unknown> {
  if (isWait(payload)) {
    return poll(payload);
  }
  if (isFinalWait(payload)) {
    return pollFinal(payload);
  }
  const event = resourceEvent(payload, Date.now());
  log('event', { type: event.type, resource: event.logicalResourceId, requestId: event.requestId, physicalResourceId: event.physicalResourceId });
  if (isTooLate(event)) {
    return undefined;
  }
  const deadline = Math.min(event.deadline, Date.now() + context.getRemainingTimeInMillis() - LAST_WORDS);
  const answer = await answerTo(event, payload, deadline).catch((error: unknown) => failed(event, troubleOf(error).message));
  if (answer) {
    await deliver(event, answer);
  }
  return undefined;
}

/** Undefined where nobody listens, or where the state machine will answer. */
async function answerTo(event: ResourceEvent, payload: CloudFormationCustomResourceEvent, deadline: number): Promise<Answer | undefined> {
  if (event.resourceType === FINAL_RESOURCE_TYPE && isOfOwnStack(event)) {
    return answerToFinal(event, payload);
  }
  if (event.type === 'Delete') {
    // Recovery points stay: they are what the user came for.
    return { status: 'SUCCESS', physicalResourceId: event.physicalResourceId ?? physicalIdOf({}) };
  }
  ofOwnStack(event);
  const memory = memoryOf(event.physicalResourceId);
  const asked = await understood(event);
  if (!asked) {
    return succeeded(rolledBack(undefined, memory), 'No backup: the stack is rolling back.');
  }
  const state = isFulfilled(asked, memory) || asked.request.skip !== undefined ? undefined : await stateOf(event);
  const decision = decide(asked, memory, state, Date.now());
  switch (decision.kind) {
    case 'nothing':
      log('nothing', { why: decision.why });
      return undefined;
    case 'answer':
      log('no backup', { why: decision.why });
      return succeeded(decision.memory, `No backup: ${decision.why}.`);
    case 'back up':
      return backUp(asked, state, payload, deadline);
  }
}

/** A rollback succeeds also where it brings back what another version of this function wrote: undefined then. */
async function understood(event: ResourceEvent): Promise<Asked | undefined> {
  try {
    const request = resourceRequest(event.properties);
    return { event, request, intent: intentOf(request) };
  } catch (error) {
    if (event.type === 'Update' && (await stateOf(event))?.operation === 'rollback') {
      return undefined;
    }
    throw error;
  }
}

/** Undefined where the status cannot be read. On Create that is an error, because no later rollback could be told from an update. */
async function stateOf(event: ResourceEvent): Promise<StackState | undefined> {
  const longest = Date.now() + PROPAGATION;
  const patience = event.type === 'Create' ? { transient: longest, propagation: longest } : statusPatience();
  try {
    return await stackState(event.stackId, patience);
  } catch (error) {
    const { name, message } = troubleOf(error);
    log('stack status unknown', { name, message });
    if (event.type === 'Create') {
      throw new UserError(`The status of the stack cannot be read, so a rollback could not be told from an update: ${name}: ${message} `
        + 'Let the function call cloudformation:DescribeStacks; in a VPC without a way out it needs an interface endpoint for CloudFormation.');
    }
    return undefined;
  }
}

/** Asked again while a job is still to be started; a status that cannot be read for good then changes nothing. */
async function operationNow(stackId: string, begun: number | undefined, until: number): Promise<StackOperation | undefined> {
  try {
    return operationSince(await stackState(stackId, statusPatienceUntil(until)), begun);
  } catch (error) {
    const { name, message } = troubleOf(error);
    log('stack status unknown', { name, message });
    return undefined;
  }
}

async function backUp(asked: Asked, state: StackState | undefined, payload: CloudFormationCustomResourceEvent, deadline: number): Promise<Answer | undefined> {
  const { event, request } = asked;
  if (request.skip !== undefined) {
    log('skipped', { why: request.skip });
    return skipped(asked, request.skip);
  }
  const fresh = newAttempt(event, state, Date.now());
  if (request.backup !== undefined) {
    const before = memoryOf(request.backup);
    // What is handed on to nobody is settled, whatever came of it.
    return before.handedOn === undefined ? fulfilled(asked, before) : backUpSource(asked, attemptHandedOn(before, fresh), state, payload, deadline);
  }
  return backUpSource(asked, fresh, state, payload, deadline);
}

/** What is to be backed up may not be there yet. */
async function backUpSource(
  asked: Asked, begun: Attempt, state: StackState | undefined, payload: CloudFormationCustomResourceEvent, deadline: number,
): Promise<Answer | undefined> {
  const { event, request } = asked;
  const { terms } = request;
  const propagation = Date.now() + PROPAGATION;
  const source = await sourceOf(request, event.stackId, state, { transient: deadline, propagation });
  if (source.kind === 'nothing yet') {
    log('nothing to back up', { why: source.why });
    return nothingYet(asked, source.why);
  }
  const attempt = { ...begun, resourceArn: source.start.ResourceArn };
  if (terms.kind === 'WAIT_FOR' && terms.stateMachineArn !== undefined) {
    await handOver(terms.stateMachineArn, event, firstTurn(payload, attempt), { transient: deadline, propagation });
    return undefined;
  }
  const context = { event, request: located(request, attempt.resourceArn) };
  const last = await followToEnd(attempt, context, deadline, () => operationNow(event.stackId, attempt.operationStartedAt, deadline));
  return outcome(last.settled, last.attempt, { ...asked, request: context.request });
}
