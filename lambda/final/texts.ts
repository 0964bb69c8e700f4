import type { Attempt } from '../attempt';
import type { ResourceEvent } from '../event';
import type { Settled } from '../outcome';
import type { ResourceRequest } from '../request';
import { copyText, endText, timeoutText, troubleText, unwantedText } from '../texts';
import type { FinalItem } from './request';

/** What went wrong with one last backup. */
export function problemText(settled: Exclude<Settled, { kind: 'good' }>, attempt: Attempt, { logicalId }: FinalItem, request: ResourceRequest): string {
  return `${logicalId}: ${textOf(settled, attempt, request)}`;
}

function textOf(settled: Exclude<Settled, { kind: 'good' }>, attempt: Attempt, request: ResourceRequest): string {
  switch (settled.kind) {
    case 'bad':
      return settled.what === 'copy failed' ? copyText(request, settled.job, attempt) : endText(request, settled.job);
    case 'broken':
      return troubleText(request, attempt);
    case 'out of time':
      return timeoutText(request, attempt, Date.now(), 'The job goes on.');
    case 'unwanted':
      return unwantedText(request, attempt, settled.operation, undefined);
  }
}

/** Why the operation fails, what is still there, and the ways out. */
export function refusalText({ type, logicalResourceId }: ResourceEvent, problems: readonly string[]): string {
  const waysOut = type === 'Delete'
    ? 'Delete the stack again when the cause is gone; or, to delete without this backup, deploy without finalBackup first, '
      + `or delete the stack with --retain-resources ${logicalResourceId}.`
    : 'Deploy again when the cause is gone; or, to go on without this backup, deploy without finalBackup first.';
  return `No final backup, so nothing has been deleted. ${problems.join(' ')} ${waysOut}`;
}

export const UNKNOWN_BEFORE = 'The update before this one failed and was not rolled back, and CloudFormation does not say what was deployed before it: '
  + 'sources that were removed then could be deleted without a final backup. Roll the stack back (cdk rollback), then deploy again.';

export const TOO_MANY = 'There are more final backups at once than can be waited for: what a state machine hands on is limited to 256 KiB. '
  + 'Remove some of the sources first, or give the backups fewer recoveryPointTags.';
