import * as http from 'http';
import * as https from 'https';
import type { ResourceEvent } from './event';
import { log } from './log';
import { backoff } from './pause';
import { sleep } from './sleep';
import type { OnDemandBackupAttribute } from '../src/request';

/** What CloudFormation is told. */
export interface Answer {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly physicalResourceId: string;
  /** Needed on FAILED; on SUCCESS it is shown in the stack's events. */
  readonly reason?: string;
  readonly attributes?: Readonly<Record<OnDemandBackupAttribute, string>>;
}

/** CloudFormation's limit for the whole body. */
const MAX_BYTES = 4096;
const PUT_TIMEOUT = 10_000;
const MORE = '…';

function answerBody(event: ResourceEvent, answer: Answer): string {
  const body = (reason: string | undefined) => JSON.stringify({
    Status: answer.status,
    Reason: reason,
    PhysicalResourceId: answer.physicalResourceId,
    StackId: event.stackId,
    RequestId: event.requestId,
    LogicalResourceId: event.logicalResourceId,
    Data: answer.attributes,
  });
  const whole = body(answer.reason);
  if (Buffer.byteLength(whole) <= MAX_BYTES || answer.reason === undefined) {
    return whole;
  }
  const characters = [...answer.reason];
  let kept = characters.length;
  let cut = whole;
  while (kept > 0 && Buffer.byteLength(cut) > MAX_BYTES) {
    kept = Math.max(0, kept - Math.ceil((Buffer.byteLength(cut) - MAX_BYTES) / 6));
    cut = body(characters.slice(0, kept).join('') + MORE);
  }
  return cut;
}

/** Delivers the answer, as often as it takes until the deadline: without it the stack hangs. */
export async function deliver(event: ResourceEvent, answer: Answer): Promise<void> {
  const body = answerBody(event, answer);
  for (let attempt = 0; ; attempt++) {
    const outcome = await put(event.responseUrl, body).catch((error: Error) => error);
    if (typeof outcome === 'number' && outcome < 300) {
      log('answered', { status: answer.status, reason: answer.reason, physicalResourceId: answer.physicalResourceId });
      return;
    }
    const problem = typeof outcome === 'number' ? `HTTP ${outcome}` : outcome.message;
    if (typeof outcome === 'number' && outcome < 500) {
      log('answer refused', { problem });
      return;
    }
    const pause = backoff(attempt, Math.random);
    if (Date.now() + pause > event.deadline) {
      // Thrown, so that Lambda delivers the event again while CloudFormation may still wait for it.
      throw new Error(`the answer could not be delivered to CloudFormation: ${problem}`);
    }
    await sleep(pause);
  }
}

function put(url: string, body: string): Promise<number> {
  const { request } = url.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    // The URL is signed for an empty content type.
    const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
    const sent = request(url, { method: 'PUT', headers, timeout: PUT_TIMEOUT }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0)).on('error', reject);
    });
    sent.on('timeout', () => sent.destroy(new Error(`no response within ${PUT_TIMEOUT / 1000} seconds`)));
    sent.on('error', reject).end(body);
  });
}
