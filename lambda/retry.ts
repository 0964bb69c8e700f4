import { classify } from './errors';
import { log } from './log';
import { sleep } from './sleep';

/** Until when a call is tried again, in milliseconds since the epoch. */
export interface Patience {
  /** For what passes by itself. */
  readonly deadline: number;
  /** For what CloudFormation has just made. */
  readonly propagation: number;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;

/** Makes the call until it succeeds, fails for good, or patience ends; then throws the last error. */
export async function withRetries<T>(what: string, patience: Patience, call: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const kind = classify(error);
      const pause = backoff(attempt);
      const until = kind === 'transient' ? patience.deadline : kind === 'propagation' ? patience.propagation : 0;
      if (Date.now() + pause > until) {
        throw error;
      }
      log('retry', { what, kind, attempt, error: String(error), pauseMs: Math.round(pause) });
      await sleep(pause);
    }
  }
}

/** Exponential with full-range jitter, so that many functions that were throttled together come back apart. */
export function backoff(attempt: number): number {
  return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt) * (0.5 + Math.random() / 2);
}
