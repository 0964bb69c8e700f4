import { hasIssues } from '../job';
import { memoryOf } from '../physical-id';
import type { FinalItem, FinalRequest } from './request';

/** The items whose resource an update is going to delete, in its clean-up: those that have left the template, and those that were replaced. */
export function leaving(before: FinalRequest, now: FinalRequest): FinalItem[] {
  return before.items.filter((item) => {
    const successor = now.items.find(({ logicalId }) => logicalId === item.logicalId);
    if (successor) {
      return successor.start.ResourceArn !== item.start.ResourceArn && !isBackedUpByGuard(item, successor);
    }
    // A guard that has gone while its source stays asks for nothing.
    return !now.present.has(item.logicalId);
  });
}

/** Whether the guard has backed up the old resource in this very operation: its id is another one only if it did. */
function isBackedUpByGuard(item: FinalItem, successor: FinalItem): boolean {
  const { job } = memoryOf(successor.guard);
  return successor.guard !== item.guard && job?.state === 'COMPLETED' && !hasIssues(job);
}
