import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { Answer, deliver } from './answer';
import { firstAttempt } from './attempt';
import { StackState, stackState } from './cloudformation';
import { decide, isFulfilled } from './decide';
import { troubleOf } from './errors';
import { ResourceEvent, resourceEvent } from './event';
import { UserError } from './failure';
import { followOnce, followToEnd } from './follow';
import { intentOf } from './intent';
import { log } from './log';
import { Asked, failed, fulfilled, nothingYet, outcome, skipped, succeeded } from './outcome';
import { memoryOf, physicalIdOf } from './physical-id';
import { poll, waitOf } from './poll';
import { BackupRequest, located, ResourceRequest, resourceRequest, WaitRequest } from './request';
import { sourceOf } from './source';
import { stepContext } from './step';
import { handOver, isWait, Wait } from './waiting';

/** Kept for the answer when Lambda is about to end the function, in milliseconds. */
const LAST_WORDS = 20_000;
/** How long permissions that CloudFormation has just made may take to be known, in milliseconds. */
const PROPAGATION = 180_000;
/** How long a status that cannot be read is asked for, in milliseconds. */
const STATUS_PATIENCE = 30_000;

/** One event of CloudFormation in, at most one answer out; or one turn of the state machine that waits. */
export async function handler(payload: CloudFormationCustomResourceEvent | Wait, context: Context): Promise<unknown> {
  if (isWait(payload)) {
    return poll(payload);
  }
  const event = resourceEvent(payload, Date.now());
  log('event', { type: event.type, resource: event.logicalResourceId, requestId: event.requestId, physicalResourceId: event.physicalResourceId });
  if (Date.now() > event.deadline) {
    log('nothing', { why: 'CloudFormation no longer waits for an answer to this event' });
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
  if (event.type === 'Delete') {
    // Recovery points stay: they are what the user came for.
    return { status: 'SUCCESS', physicalResourceId: event.physicalResourceId ?? physicalIdOf({}) };
  }
  if (event.stackId !== process.env.STACK_ID) {
    throw new UserError(`This function serves the stack ${process.env.STACK_ID} only. Create the OnDemandBackup in the stack that deploys it.`);
  }
  const request = resourceRequest(event.resourceType, event.properties);
  const asked: Asked = { event, request, intent: intentOf(request) };
  const memory = memoryOf(event.physicalResourceId);
  const state = isFulfilled(event, asked.intent, memory) || skipOf(request) !== undefined ? undefined : await stateOf(event);
  const decision = decide(event, asked.intent, memory, state, Date.now());
  switch (decision.kind) {
    case 'nothing':
      log('nothing', { why: decision.why });
      return undefined;
    case 'answer':
      log('no backup', { why: decision.why });
      return succeeded(decision.memory, `No backup: ${decision.why}.`);
    case 'back up':
      return request.kind === 'backup'
        ? backUpSource({ ...asked, request }, state, payload, deadline)
        : follow(asked, payload, deadline);
  }
}

function skipOf(request: ResourceRequest): string | undefined {
  return request.kind === 'backup' ? request.skip : undefined;
}

/** Undefined where the status cannot be read. On Create that is an error, because no later rollback could be told from an update. */
async function stateOf(event: ResourceEvent): Promise<StackState | undefined> {
  const now = Date.now();
  const propagation = now + (event.type === 'Create' ? PROPAGATION : STATUS_PATIENCE);
  try {
    return await stackState(event.stackId, { transient: now + STATUS_PATIENCE, propagation });
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

/** What is to be backed up may not be there yet, or may not be wanted this time. */
async function backUpSource(
  asked: Asked & { readonly request: BackupRequest }, state: StackState | undefined, payload: CloudFormationCustomResourceEvent, deadline: number,
): Promise<Answer | undefined> {
  const { event, request } = asked;
  if (request.skip !== undefined) {
    log('skipped', { why: request.skip });
    return skipped(asked, request.skip);
  }
  const source = await sourceOf(request, event.stackId, state, { transient: deadline, propagation: Date.now() + PROPAGATION });
  if (source.kind === 'nothing yet') {
    log('nothing to back up', { why: source.why });
    return nothingYet(asked, source.why);
  }
  return follow({ ...asked, request: located(request, source.start.ResourceArn) }, payload, deadline);
}

async function follow(asked: Asked, payload: CloudFormationCustomResourceEvent, deadline: number): Promise<Answer | undefined> {
  const { event, request } = asked;
  const { terms } = request;
  const now = Date.now();
  const attempt = firstAttempt(request, event, now);
  if (!attempt) {
    return fulfilled(asked, memoryOf((request as WaitRequest).backup).job);
  }
  const context = stepContext(event, request);
  if (terms.kind !== 'WAIT_FOR' || terms.stateMachineArn === undefined) {
    const last = await followToEnd(attempt, context, terms, deadline);
    return outcome(last.settled, last.attempt, asked);
  }
  const first = await followOnce(attempt, context, terms, deadline);
  if (first.settled) {
    return outcome(first.settled, first.attempt, asked);
  }
  await handOver(terms.stateMachineArn, waitOf(payload, first.attempt, first.lookAt), { transient: deadline, propagation: now + PROPAGATION });
  return undefined;
}
