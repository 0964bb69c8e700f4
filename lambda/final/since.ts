import type { FinalRequest } from './request';
import { deletionStart, describeStack } from '../cloudformation';
import { troubleOf } from '../errors';
import type { ResourceEvent } from '../event';
import { UserError } from '../failure';
import { statusPatience } from '../retry';
import { CLOCK_SKEW } from '../timing';

/** What one part may take beside its waiting, in milliseconds. */
const PART_OVERHEAD = 300_000;

/** Which jobs count: those that began since then, in milliseconds. */
export interface Since {
  readonly since: number;
  /** For jobs that have ended. */
  readonly endedSince: number;
}

/**
 * Parts that came before this one in the operation may have started jobs, which count. One that still runs counts whoever
 * started it, because a backup of several hours could not be made again in the last one; one that ended before this
 * operation does not hold what has changed since.
 */
export async function sinceOf(event: ResourceEvent, { part, parts, terms }: FinalRequest): Promise<Since> {
  const earlier = event.type === 'Update' ? part - 1 : parts - part;
  const since = event.issuedAt - earlier * ((terms.timeout ?? 0) * 1000 + PART_OVERHEAD);
  return { since, endedSince: earlier === 0 ? since : Math.max(since, await operationStart(event) - CLOCK_SKEW) };
}

/** Where nothing says so, the operation began with this event: then what ended before it does not count. */
async function operationStart({ stackId, issuedAt }: ResourceEvent): Promise<number> {
  const patience = statusPatience();
  try {
    const { status, startedAt } = await describeStack(stackId, patience);
    return (status === 'DELETE_IN_PROGRESS' ? await deletionStart(stackId, patience) : startedAt) ?? issuedAt;
  } catch (error) {
    const { name, message } = troubleOf(error);
    throw new UserError(`When this operation began cannot be found out, so the job of an earlier one could be taken for the final backup: ${name}: ${message} `
      + 'Let the function call cloudformation:DescribeStackEvents and cloudformation:DescribeStacks.');
  }
}
