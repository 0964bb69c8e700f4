import type { Attempt } from './attempt';
import { log } from './log';
import { isSettled, Settled } from './outcome';
import { backoff, pauseAfter } from './pause';
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
const FOLLOW_PAUSE = 3_000;

/** One step, and what it means. */
export async function followOnce(before: Attempt, context: StepContext, terms: Terms, until: number): Promise<Followed> {
  const attempt = await step(before, context);
  const now = Date.now();
  const canStartAgain = context.request !== undefined && context.request.start.IdempotencyToken === undefined;
  const verdict = verdictOn(attempt, terms, now, until, canStartAgain);
  if (isSettled(verdict)) {
    return { attempt, settled: verdict };
  }
  if (verdict.kind === 'start again') {
    log('job failed on permissions that may not have propagated', { job: attempt.job?.id, message: attempt.job?.statusMessage });
    const pause = Math.min(LONGEST_RESTART_PAUSE, FIRST_RESTART_PAUSE * 2 ** attempt.restarts);
    return { attempt: { ...attempt, job: undefined, restarts: attempt.restarts + 1 }, lookAt: now + pause };
  }
  return { attempt, lookAt: now + pauseBefore(attempt, terms, now) };
}

/** Steps until the attempt is settled; for what is over within minutes. */
export async function followToEnd(
  begun: Attempt, context: StepContext, terms: Terms, until: number,
): Promise<{ readonly attempt: Attempt; readonly settled: Settled }> {
  let followed = await followOnce(begun, context, terms, until);
  while (!followed.settled) {
    await sleep(Math.max(0, Math.min(followed.lookAt, until) - Date.now()));
    followed = await followOnce(followed.attempt, context, terms, until);
  }
  return followed;
}

function pauseBefore({ job, begunAt, trouble }: Attempt, terms: Terms, now: number): number {
  if (trouble && !job) {
    return backoff(trouble.times, Math.random);
  }
  const pause = terms.kind === 'WAIT_FOR'
    ? pauseAfter((now - (job?.createdAt ?? begunAt)) / 1000, job, Math.random) * 1000
    : FOLLOW_PAUSE * (0.8 + 0.4 * Math.random());
  return trouble ? Math.max(pause, backoff(trouble.times, Math.random)) : pause;
}
