import { Retrier } from './definition';
import { matches, StateFailure } from './failures';

/** Counts the attempts of one visit to a state; each retrier has its own. */
export class Retries {
  private readonly attempts = new Map<Retrier, number>();
  private total = 0;

  constructor(private readonly retriers: readonly Retrier[], private readonly random: () => number) {}

  /** As the context object shows it. */
  public get count(): number {
    return this.total;
  }

  /** Milliseconds until the state is tried again; undefined where it is not. */
  public delayAfter(failure: StateFailure): number | undefined {
    const retrier = this.retriers.find(({ ErrorEquals }) => matches(ErrorEquals, failure));
    if (!retrier) return undefined;
    const attempt = this.attempts.get(retrier) ?? 0;
    if (attempt >= (retrier.MaxAttempts ?? 3)) return undefined;
    this.attempts.set(retrier, attempt + 1);
    this.total += 1;
    const grown = (retrier.IntervalSeconds ?? 1) * Math.pow(retrier.BackoffRate ?? 2, attempt);
    const delay = Math.min(grown, retrier.MaxDelaySeconds ?? Infinity) * 1000;
    return Math.round(retrier.JitterStrategy === 'FULL' ? delay * this.random() : delay);
  }
}
