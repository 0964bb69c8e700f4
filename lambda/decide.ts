import type { StackOperation } from './cloudformation';
import type { ResourceEvent } from './event';
import type { Memory } from './physical-id';

/** What to do about an event that asks for a backup. */
export type Decision =
  | { readonly kind: 'back up' }
  /** Nothing new is asked for: answer from memory. */
  | { readonly kind: 'answer'; readonly memory: Memory; readonly why: string }
  /** Nobody listens any more. */
  | { readonly kind: 'nothing'; readonly why: string };

/** Whether what is asked for has been fulfilled already, so that the stack's status does not matter. */
export function isFulfilled(event: ResourceEvent, intent: string, memory: Memory): boolean {
  return event.type === 'Update' && memory.intent === intent;
}

/** An unknown operation counts as one that goes forward: a backup too many does less harm than one too few. */
export function decide(event: ResourceEvent, intent: string, memory: Memory, operation: StackOperation | 'unknown'): Decision {
  if (isFulfilled(event, intent, memory)) {
    return { kind: 'answer', memory, why: 'nothing that asks for another backup has changed' };
  }
  switch (operation) {
    case 'over':
      return { kind: 'nothing', why: 'the stack operation that sent this event is over' };
    case 'rollback':
      return { kind: 'answer', memory: rolledBack(intent, memory), why: 'the stack is rolling back' };
    case 'unknown':
    case 'forward':
      return { kind: 'back up' };
  }
}

/** What the resource was before, or else a memory that fulfils no intent, so that the next update backs up again. */
function rolledBack(intent: string, memory: Memory): Memory {
  return memory.previous?.intent === intent ? memory.previous : { job: memory.job };
}
