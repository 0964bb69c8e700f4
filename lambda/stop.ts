import { troubleOf } from './errors';
import { canBeBackup, isQueued, Job } from './job';
import { describeJob, stopJob } from './jobs';
import { log } from './log';
import { withRetries } from './retry';

/** What became of a job that was to be stopped. */
export interface Stopped {
  /** As it was last seen. */
  readonly job: Job;
  readonly isStopped: boolean;
  readonly text: string;
}

/** How long stopping is tried, in milliseconds: the answer must leave meanwhile. */
const PATIENCE = 15_000;

/** Not every kind of job can be stopped, and by then the job may have ended. */
export async function stop(job: Job): Promise<Stopped> {
  try {
    await withRetries('StopBackupJob', { transient: Date.now() + PATIENCE, propagation: 0 }, () => stopJob(job.id));
    log('job stopped', { job: job.id });
    return { job: await describeJob(job.id).catch(() => job), isStopped: true, text: 'The job was stopped.' };
  } catch (error) {
    const { message } = troubleOf(error);
    log('job not stopped', { job: job.id, message });
    const now = await describeJob(job.id).catch(() => job);
    return { job: now, isStopped: false, text: `The job could not be stopped (${message}), ${canBeBackup(now) ? 'so it goes on' : `and is ${now.state}`}.` };
  }
}

/** A job that is still queued would start when nobody waits for it any more; one that has begun meanwhile goes on. */
export async function stopIfQueued(job: Job): Promise<Stopped> {
  const now = await describeJob(job.id).catch(() => job);
  return isQueued(now) ? stop(now) : { job: now, isStopped: false, text: `The job is ${now.state} and is left as it is.` };
}
