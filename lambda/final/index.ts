import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { Answer } from '../answer';
import { isOfEarlierOperation } from '../decide';
import type { ResourceEvent } from '../event';
import { log } from '../log';
import { failed, succeeded } from '../outcome';
import { memoryOf } from '../physical-id';
import { statusPatience } from '../retry';
import { isBackedUpByGuard, leaving } from './leaving';
import { FinalOperation, finalOperation } from './operation';
import { finalIntentOf, FinalItem, FinalRequest, finalRequest } from './request';
import { Since, sinceOf } from './since';
import { isSuperseded } from './superseded';
import { backUpAll, FinalTask } from './task';
import { UNKNOWN_BEFORE } from './texts';

/** An event of `Custom::OnDemandBackupFinal`. Undefined where nobody listens, or where the state machine will answer. */
export async function answerToFinal(event: ResourceEvent, payload: CloudFormationCustomResourceEvent): Promise<Answer | undefined> {
  const request = finalRequest(event.properties);
  if (event.type === 'Create') {
    return done(event, request);
  }
  const items = await itemsToBackUp(event, request, payload);
  if (items.length === 0) {
    return done(event, request);
  }
  const operation = await finalOperation(event, request.first, statusPatience());
  switch (operation.kind) {
    case 'over':
      log('nothing', { why: 'the stack operation that sent this event is over' });
      return undefined;
    case 'rolling back':
    case 'creating again':
    case 'waiting for fewer hours':
      log('no final backup', { why: `the stack is ${operation.kind}` });
      return done(event, request);
    case 'going on':
      if (isOfEarlierOperation(event, operation.updateStartedAt, Date.now())) {
        log('nothing', { why: 'an earlier stack operation sent this event' });
        return undefined;
      }
      return backUp(items.filter((item) => event.type === 'Delete' || !isBackedUpByGuard(item, request, operation.updateStartedAt)), event, request, payload, operation);
  }
}

async function backUp(
  items: readonly FinalItem[], event: ResourceEvent, request: FinalRequest, payload: CloudFormationCustomResourceEvent, operation: FinalOperation,
): Promise<Answer | undefined> {
  if (items.length === 0) {
    return done(event, request);
  }
  return event.type === 'Update' && isOfFailedUpdate(event, payload)
    ? failed(event, UNKNOWN_BEFORE)
    : backUpAll(taskOf(event, request, items, await sinceOf(event, request), operation));
}

function taskOf(event: ResourceEvent, request: FinalRequest, items: readonly FinalItem[], since: Since, { updateStartedAt }: FinalOperation): FinalTask {
  return {
    // The properties can be large, and what travels through the state machine is limited.
    event: { ...event, properties: {} },
    items: items.map(({ guard, ...item }) => item),
    since,
    updateStartedAt,
    terms: request.terms,
    waitedOnFor: items.filter((item) => isWaitedOnFor(item, event, request)).map(({ logicalId }) => logicalId),
    success: done(event, request),
  };
}

/** An update asks those parts about a source that have had an entry for it, and that stay; a deletion all of them, and the first at the end. */
function isWaitedOnFor({ parts }: FinalItem, event: ResourceEvent, request: FinalRequest): boolean {
  return event.type === 'Update' ? request.part < Math.min(parts, request.parts) : request.part > 1;
}

/** All is well, and the next update will know what this one left behind. */
function done(event: ResourceEvent, request: FinalRequest): Answer {
  return event.type === 'Delete'
    ? { status: 'SUCCESS', physicalResourceId: event.physicalResourceId! }
    : succeeded({ intent: finalIntentOf(request) });
}

async function itemsToBackUp(event: ResourceEvent, request: FinalRequest, payload: CloudFormationCustomResourceEvent): Promise<readonly FinalItem[]> {
  if (event.type === 'Update') {
    return leaving(finalRequest(oldProperties(payload)), request);
  }
  return await isSuperseded(event) ? [] : request.items;
}

/** Whether the old properties are of an attempt that failed, so that they do not say what is deployed. */
function isOfFailedUpdate(event: ResourceEvent, payload: CloudFormationCustomResourceEvent): boolean {
  const { intent } = memoryOf(event.physicalResourceId);
  return intent !== undefined && intent !== finalIntentOf(finalRequest(oldProperties(payload)));
}

function oldProperties(payload: CloudFormationCustomResourceEvent): Readonly<Record<string, unknown>> {
  return payload.RequestType === 'Update' ? payload.OldResourceProperties : {};
}
