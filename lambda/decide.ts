import type { StackState } from './cloudformation';
import type { ResourceEvent } from './event';
import type { Asked } from './outcome';
import type { Memory } from './physical-id';
import { CLOCK_SKEW } from './timing';

/** What to do about an event that asks for a backup. */
export type Decision =
  | { readonly kind: 'back up' }
  /** Nothing new is asked for: answer from memory. */
  | { readonly kind: 'answer'; readonly memory: Memory; readonly why: string }
  /** Nobody listens any more. */
  | { readonly kind: 'nothing'; readonly why: string };

/** Only an event that Lambda has kept for longer, in milliseconds, can be one of an earlier stack operation. */
const PROMPT = 30_000;

/**
 * Whether what is asked for has been fulfilled already, so that the stack's status does not matter. What was handed on
 * to a resource that is no longer there is not: nobody else knows what came of it.
 */
export function isFulfilled({ event, intent, request }: Asked, memory: Memory): boolean {
  return event.type === 'Update' && memory.intent === intent && (memory.handedOn === undefined || request.terms.waitsOn);
}

/** An unknown operation counts as one that goes forward: a backup too many does less harm than one too few. */
export function decide(asked: Asked, memory: Memory, state: StackState | undefined, now: number): Decision {
  const { event, intent } = asked;
  if (isFulfilled(asked, memory)) {
    return { kind: 'answer', memory, why: 'nothing that asks for another backup has changed' };
  }
  switch (state?.operation) {
    case 'over':
      return { kind: 'nothing', why: 'the stack operation that sent this event is over' };
    case 'rollback':
      return { kind: 'answer', memory: rolledBack(intent, memory), why: 'the stack is rolling back' };
    case undefined:
      return { kind: 'back up' };
    case 'forward':
      return isOfEarlierOperation(event, state!.startedAt, now)
        ? { kind: 'nothing', why: 'an earlier stack operation sent this event' }
        : { kind: 'back up' };
  }
}

/** Whether an event comes so late that the operation that began then is not the one that sent it. */
export function isOfEarlierOperation(event: ResourceEvent, startedAt: number | undefined, now: number): boolean {
  return startedAt !== undefined && now > event.issuedAt + PROMPT && event.issuedAt < startedAt - CLOCK_SKEW;
}

/** What the resource was before, or else a memory that fulfils no intent, so that the next update backs up again. */
export function rolledBack(intent: string | undefined, memory: Memory): Memory {
  return intent !== undefined && memory.previous?.intent === intent ? memory.previous : { job: memory.job };
}
