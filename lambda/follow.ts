import type { Attempt } from './attempt';
import type { StackOperation } from './cloudformation';
import { log } from './log';
import { isSettled, Settled } from './outcome';
import { backoff, pauseAfter, pauseWhileConfirming } from './pause';
import { sleep } from './sleep';
import { step, StepContext } from './step';
import type { Terms } from './terms';
import { verdictOn } from './verdict';

/** An attempt after a step: settled, or to be looked at again. */
export type Followed =
  | { readonly attempt: Attempt; readonly settled: Settled }
  | { readonly attempt: Attempt; readonly settled?: undefined; readonly lookAt: number };

/** All in milliseconds. */
const FIRST_RESTART_PAUSE = 5_000;
const LONGEST_RESTART_PAUSE = 40_000;
/** After so long, the stack may have turned round before a job is started. */
const STACK_KNOWN_FOR = 5_000;

/** One step, and what it means. */
export async function followOnce(before: Attempt, context: StepContext, until: number): Promise<Followed> {
  const { terms, start } = context.request;
  const attempt = await step(before, context, until);
  const now = Date.now();
  const hasLooked = before.job !== undefined;
  const canStartAgain = start.IdempotencyToken === undefined;
  const verdict = verdictOn(attempt, { terms, eventType: context.event.type, hasLooked, now, until, canStartAgain });
  if (isSettled(verdict)) {
    return { attempt, settled: verdict };
  }
  if (verdict.kind === 'start again') {
    log('job failed on permissions that may not have propagated', { job: attempt.job?.id, message: attempt.job?.statusMessage });
    const pause = Math.min(LONGEST_RESTART_PAUSE, FIRST_RESTART_PAUSE * 2 ** attempt.restarts);
    return { attempt: { ...attempt, job: undefined, restarts: attempt.restarts + 1 }, lookAt: now + pause };
  }
  const isFree = before.blockers && !attempt.blockers && !attempt.job && !attempt.trouble;
  return { attempt, lookAt: isFree ? now : now + pauseBefore(attempt, terms, now) };
}

/** Steps until the attempt is settled; for what is over within minutes. No job is started in a rollback, however late. */
export async function followToEnd(
  begun: Attempt, context: StepContext, until: number, operation: () => Promise<StackOperation | undefined>,
): Promise<{ readonly attempt: Attempt; readonly settled: Settled }> {
  let knownAt = Date.now();
  let followed = await followOnce(begun, context, until);
  while (!followed.settled) {
    await sleep(Math.max(0, Math.min(followed.lookAt, until) - Date.now()));
    if (!followed.attempt.job && Date.now() > knownAt + STACK_KNOWN_FOR) {
      const now = await operation() ?? 'forward';
      if (now !== 'forward') {
        return { attempt: followed.attempt, settled: { kind: 'unwanted', operation: now } };
      }
      knownAt = Date.now();
    }
    followed = await followOnce(followed.attempt, context, until);
  }
  return followed;
}

function pauseBefore({ job, begunAt, trouble }: Attempt, terms: Terms, now: number): number {
  if (trouble && !job) {
    return backoff(trouble.times, Math.random);
  }
  const age = now - (job?.createdAt ?? begunAt);
  const pause = terms.kind === 'WAIT_FOR' ? pauseAfter(age / 1000, job, Math.random) * 1000 : pauseWhileConfirming(age, Math.random);
  return trouble ? Math.max(pause, backoff(trouble.times, Math.random)) : pause;
}
