import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { Answer, deliver } from './answer';
import { attributesOf } from './attributes';
import { backUp } from './backup';
import { stackOperation } from './cloudformation';
import { decide, isFulfilled } from './decide';
import { messageOf, nameOf } from './errors';
import { ResourceEvent, resourceEvent } from './event';
import { intentOf } from './intent';
import { BackupError, callFailure, jobFailure } from './failure';
import { hasFailed, Job } from './job';
import { log } from './log';
import { Memory, memoryOf, physicalIdOf, rememberable } from './physical-id';
import { BackupRequest, backupRequest, RequestError } from './request';

/** Kept for the answer when Lambda is about to end the function, in milliseconds. */
const LAST_WORDS = 20_000;
/** How long a status that nobody can read is asked for, in milliseconds. */
const STATUS_PATIENCE = 30_000;

/** One event in, at most one answer out. */
export async function handler(rawEvent: CloudFormationCustomResourceEvent, context: Context): Promise<void> {
  const event = resourceEvent(rawEvent, Date.now());
  const deadline = Math.min(event.deadline, Date.now() + context.getRemainingTimeInMillis() - LAST_WORDS);
  log('event', {
    type: event.type, resource: event.logicalResourceId, requestId: event.requestId, physicalResourceId: event.physicalResourceId,
  });
  if (Date.now() > event.deadline) {
    log('nothing', { why: 'CloudFormation no longer waits for an answer to this event' });
    return;
  }
  const answer = await answerTo(event, deadline).catch((error: unknown) => failed(event, textOf(error)));
  if (answer) {
    await deliver(event, answer);
  }
}

async function answerTo(event: ResourceEvent, deadline: number): Promise<Answer | undefined> {
  if (event.type === 'Delete') {
    // Recovery points stay: they are what the user came for.
    return { status: 'SUCCESS', physicalResourceId: event.physicalResourceId ?? physicalIdOf({}) };
  }
  if (event.stackId !== process.env.STACK_ID) {
    return failed(event, `This function serves the stack ${process.env.STACK_ID} only. Create the OnDemandBackup in the stack that deploys it.`);
  }
  const request = backupRequest(event.properties);
  const intent = intentOf(request);
  const memory = memoryOf(event.physicalResourceId);
  const statusPatience = Math.min(deadline, Date.now() + STATUS_PATIENCE);
  const operation = isFulfilled(event, intent, memory)
    ? 'forward'
    : await stackOperation(event.stackId, { deadline: statusPatience, propagation: statusPatience });
  const decision = decide(event, intent, memory, operation);
  switch (decision.kind) {
    case 'nothing':
      log('nothing', { why: decision.why });
      return undefined;
    case 'answer':
      log('no backup', { why: decision.why });
      return succeeded(decision.memory, `No backup: ${decision.why}.`);
    case 'back up':
      return afterBackup(event, request, intent, memory, await backUp(event, request, deadline).catch((error) => {
        throw new BackupError(callFailure(request, error));
      }));
  }
}

function afterBackup(event: ResourceEvent, request: BackupRequest, intent: string, before: Memory, ended: Job): Answer {
  const job = rememberable(ended);
  if (!hasFailed(job)) {
    return succeeded({ intent, job, previous: before.intent === undefined ? undefined : before });
  }
  const reason = jobFailure(request, ended);
  return request.failsDeployment ? failed(event, reason) : succeeded({ job }, reason);
}

function succeeded(memory: Memory, reason?: string): Answer {
  return { status: 'SUCCESS', physicalResourceId: physicalIdOf(memory), attributes: attributesOf(memory.job), reason };
}

/** The old id stays, so that the next update knows which intent was last fulfilled. */
function failed(event: ResourceEvent, reason: string): Answer {
  log('failed', { reason });
  return { status: 'FAILED', physicalResourceId: event.physicalResourceId ?? physicalIdOf({}), reason };
}

function textOf(error: unknown): string {
  return error instanceof BackupError || error instanceof RequestError ? error.message : `${nameOf(error)}: ${messageOf(error)}`;
}
