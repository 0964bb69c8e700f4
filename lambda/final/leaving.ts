import { hasIssues } from '../job';
import { memoryOf } from '../physical-id';
import { CLOCK_SKEW } from '../timing';
import type { FinalItem, FinalRequest } from './request';

/** The items whose resource an update is going to delete, in its clean-up: those that have left the template, and those that were replaced. */
export function leaving(before: FinalRequest, now: FinalRequest): FinalItem[] {
  return before.items.filter((item) => {
    const successor = now.items.find(({ logicalId }) => logicalId === item.logicalId);
    if (successor) {
      return successor.start.ResourceArn !== item.start.ResourceArn;
    }
    // A guard that has gone while its source stays asks for nothing.
    return !now.present.has(item.logicalId);
  });
}

/**
 * Whether the guard has backed up the old resource in this very operation. Its id is another one also where it did so in one
 * that failed and was not rolled back, and the old resource may have been in use since.
 */
export function isBackedUpByGuard(item: FinalItem, now: FinalRequest, operationStartedAt: number | undefined): boolean {
  const successor = now.items.find(({ logicalId }) => logicalId === item.logicalId);
  const { job } = memoryOf(successor?.guard);
  return successor?.guard !== item.guard && job?.state === 'COMPLETED' && !hasIssues(job)
    && operationStartedAt !== undefined && (job.createdAt ?? 0) >= operationStartedAt - CLOCK_SKEW;
}
