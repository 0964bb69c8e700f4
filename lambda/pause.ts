import type { Job } from './job';
import { FIRST_MINUTE } from './timing';

/** All in seconds. */
const SHORTEST = 5;
const LONGEST_OF_FIRST_HOUR = 105;
const GROWTH = 0.09;
/** How late, at best, the end of a job is noticed: as a part of its duration. */
const LAG = 0.03;

/**
 * Seconds until a job is looked at again.
 *
 * Pauses grow with the age of the job, so that an hour costs fewer than 80 looks; towards the end that the
 * service's own percentage foretells, they are as short as the lag asks for.
 */
export function pauseAfter(ageSeconds: number, job: Pick<Job, 'percentDone'> | undefined, random: () => number): number {
  const finest = Math.max(SHORTEST, LAG * ageSeconds);
  const coarsest = Math.max(finest, Math.min(LONGEST_OF_FIRST_HOUR, GROWTH * ageSeconds));
  const percent = Number(job?.percentDone);
  const foretold = percent > 0 && percent < 100 ? ageSeconds * (100 - percent) / percent / 4 : Infinity;
  // Only ever shorter: many jobs that began together are looked at apart, and none is noticed later.
  return Math.min(coarsest, Math.max(finest, foretold)) * (1 - 0.1 * random());
}

/** In milliseconds. */
const FOLLOW_PAUSE = 3_000;
/** Of a job's age, so that many that began together do not use up what AWS Backup answers in a second. */
const FOLLOW_GROWTH = 0.5;

/** Milliseconds until a job whose start is confirmed is looked at again. The last look of its first minute is at its end. */
export function pauseWhileConfirming(age: number, random: () => number): number {
  const pause = Math.max(FOLLOW_PAUSE, FOLLOW_GROWTH * age) * (0.8 + 0.4 * random());
  return age < FIRST_MINUTE ? Math.max(1000, Math.min(pause, FIRST_MINUTE - age)) : pause;
}

/** Milliseconds until a call is tried again that failed for the nth time: exponential, with jitter. */
export function backoff(failures: number, random: () => number): number {
  return Math.min(10_000, 500 * 2 ** failures) * (0.5 + random() / 2);
}
