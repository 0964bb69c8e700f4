import { Answer, deliver } from './answer';
import type { ResourceEvent } from './event';
import { log } from './log';

/** The state machine calls again as long as it is given something to hand back. */
export type Turn<W> = W | Record<string, never>;

/** One turn of the state machine: it ends with an answer, or when nobody listens any more. */
export async function turn<W extends object>(event: ResourceEvent, answerOrNext: () => Promise<Answer | W>): Promise<Turn<W>> {
  if (isTooLate(event)) {
    return {};
  }
  const result = await answerOrNext();
  if (!('status' in result)) {
    return result;
  }
  await deliver(event, result);
  return {};
}

/** CloudFormation takes no answer after its deadline. */
export function isTooLate({ deadline }: ResourceEvent): boolean {
  const late = Date.now() > deadline;
  if (late) {
    log('nothing', { why: 'CloudFormation no longer waits for an answer to this event' });
  }
  return late;
}
