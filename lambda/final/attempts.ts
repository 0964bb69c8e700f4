import { saysGone } from '../../src/resource-facts';
import { RESOURCE_TABLE } from '../../src/resource-table';
import type { Attempt } from '../attempt';
import type { ResourceEvent } from '../event';
import { followOnce } from '../follow';
import type { Job } from '../job';
import { log } from '../log';
import type { ResourceRequest } from '../request';
import type { Terms } from '../terms';
import type { FinalItem } from './request';
import type { Since } from './since';
import { problemText } from './texts';

/** The last backup of one source on its way. It travels through the state machine as JSON, so it can only grow. */
export interface FinalAttempt {
  readonly logicalId: string;
  readonly attempt: Attempt;
  /** When AWS Backup is asked again, in milliseconds. */
  readonly lookAt: number;
  /** Set at the end; without a problem where all is well. */
  readonly ended?: { readonly problem?: string; readonly outOfTime?: boolean };
}

/** Calls of AWS Backup at the same time. */
const AT_ONCE = 5;

export function newAttempts(items: readonly FinalItem[], since: Since, now: number): FinalAttempt[] {
  return items.map(({ logicalId, start }) => ({
    logicalId,
    attempt: { ...since, begunAt: now, resourceArn: start.ResourceArn, restarts: 0 },
    lookAt: now,
  }));
}

/** What has to be known at the next look: hundreds of attempts travel together. */
export function brief({ attempt, ended, ...rest }: FinalAttempt): FinalAttempt {
  const { job, blockers, since, begunAt, restarts } = attempt;
  return ended
    ? { ...rest, ended, attempt: { since, begunAt, restarts } }
    : { ...rest, attempt: { ...attempt, resourceArn: undefined, job: job && briefJob(job), blockers: blockers?.map(briefJob) } };
}

function briefJob({ id, state, createdAt, percentDone, planArn }: Job): Job {
  return { id, state, createdAt, percentDone, planArn };
}

/** Takes every attempt that is due one step further. */
export async function stepAll(
  attempts: readonly FinalAttempt[], items: readonly FinalItem[], event: ResourceEvent, terms: Terms, until: number,
): Promise<FinalAttempt[]> {
  const now = Date.now();
  const isDue = ({ ended, lookAt }: FinalAttempt) => !ended && now >= Math.min(lookAt, until);
  const stepped = [...attempts];
  const due = attempts.map((_, i) => i).filter((i) => isDue(attempts[i]));
  for (let first = 0; first < due.length; first += AT_ONCE) {
    await Promise.all(due.slice(first, first + AT_ONCE).map(async (i) => {
      stepped[i] = await stepOne(attempts[i], items.find(({ logicalId }) => logicalId === attempts[i].logicalId)!, event, terms, until);
    }));
  }
  return stepped;
}

async function stepOne(before: FinalAttempt, item: FinalItem, event: ResourceEvent, terms: Terms, until: number): Promise<FinalAttempt> {
  const request: ResourceRequest = { start: item.start, trigger: { values: [] }, terms };
  const followed = await followOnce(before.attempt, { event, request }, until);
  const { attempt, settled } = followed;
  if (!settled) {
    return { ...before, attempt, lookAt: followed.lookAt };
  }
  if (settled.kind === 'good') {
    return { ...before, attempt, ended: {} };
  }
  const gone = isGone(item, attempt);
  if (gone) {
    log('source is gone', { resource: item.start.ResourceArn, message: gone });
    return { ...before, attempt, ended: {} };
  }
  return { ...before, attempt, ended: { problem: problemText(settled, attempt, item, request), outOfTime: settled.kind === 'out of time' } };
}

/** The words by which the service says that the source no longer exists: then there is nothing left to lose. */
function isGone({ start, resourceType }: FinalItem, { job, trouble }: Attempt): string | undefined {
  const rows = RESOURCE_TABLE.filter(({ type }) => resourceType === undefined || type === resourceType);
  return [trouble?.message, job?.statusMessage].find((message) => message !== undefined && saysGone(rows, message, start.ResourceArn));
}
