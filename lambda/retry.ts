import { troubleOf } from './errors';
import { log } from './log';
import { backoff } from './pause';
import { sleep } from './sleep';
import { STATUS_DENIED, STATUS_OUTAGE } from './timing';

/** Until when a call is tried again, in milliseconds since the epoch. */
export interface Patience {
  /** For what passes by itself. */
  readonly transient: number;
  /** For permissions that CloudFormation has just made. */
  readonly propagation: number;
}

/** Of whoever has to know what the stack is doing. */
export function statusPatience(): Patience {
  const now = Date.now();
  return { transient: now + STATUS_OUTAGE, propagation: now + STATUS_DENIED };
}

/** Of whoever knew it a while ago, and has until then: a denial is not going to pass. */
export function statusPatienceUntil(until: number): Patience {
  return { transient: Math.min(Date.now() + STATUS_OUTAGE, until), propagation: 0 };
}

/** Makes the call until it succeeds, fails for good, or patience ends; then throws the last error. */
export async function withRetries<T>(what: string, patience: Patience, call: () => Promise<T>): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await call();
    } catch (error) {
      const { kind, name, message } = troubleOf(error);
      const pause = backoff(failures, Math.random);
      if (kind === 'final' || Date.now() + pause > patience[kind]) {
        throw error;
      }
      log('retry', { what, kind, name, message });
      await sleep(pause);
    }
  }
}
