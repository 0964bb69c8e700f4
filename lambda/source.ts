import { StackResource, stackResource, StackState } from './cloudformation';
import { troubleOf } from './errors';
import { UserError } from './failure';
import type { ResourceRequest, StartInput } from './request';
import type { Patience } from './retry';
import { arnFromFormat } from '../src/source-arn-format';

/** A request whose resource is known, or why there is nothing to back up. */
export type Source =
  | { readonly kind: 'there'; readonly start: StartInput }
  | { readonly kind: 'nothing yet'; readonly why: string };

/** Statuses of a resource that the stack names and that does not exist. */
const ABSENT = new Set(['', 'CREATE_FAILED', 'CREATE_IN_PROGRESS', 'DELETE_COMPLETE', 'DELETE_SKIPPED']);

/**
 * Finds what is to be backed up. A guard knows its source by logical id, and finds it while the old resource still
 * stands. What this very operation has created is empty, so there is nothing to back up yet.
 */
export async function sourceOf(request: ResourceRequest, stackId: string, state: StackState | undefined, patience: Patience): Promise<Source> {
  const { start, source } = request;
  if (!source) {
    return { kind: 'there', start: start as StartInput };
  }
  const resource = await stackResource(stackId, source.logicalId, patience).catch((error: unknown) => {
    const { name, message } = troubleOf(error);
    throw new UserError(`Whether ${source.logicalId} exists cannot be found out: ${name}: ${message} `
      + 'Let the function call cloudformation:DescribeStackResource; in a VPC without a way out it needs an interface endpoint for CloudFormation.');
  });
  // A guarded source comes after its guard; but an event may be delivered once more when the source has been created.
  const absence = absenceOf(resource, source.logicalId, state);
  if (absence !== undefined) {
    return { kind: 'nothing yet', why: absence };
  }
  const arn = source.arnFormat === undefined ? start.ResourceArn : arnFromFormat(source.arnFormat, resource!.physicalId!);
  return { kind: 'there', start: { ...start, ResourceArn: arn! } };
}

/** Why there is nothing to back up; undefined where there is something, or where that cannot be told. */
function absenceOf(resource: StackResource | undefined, logicalId: string, state: StackState | undefined): string | undefined {
  if (resource === undefined || resource.physicalId === undefined || ABSENT.has(resource.status)) {
    return `${logicalId} does not exist yet`;
  }
  const startedAt = state?.startedAt;
  const isNew = resource.status === 'CREATE_COMPLETE' && startedAt !== undefined && (resource.updatedAt ?? 0) > startedAt;
  return isNew ? `${logicalId} was created by this very operation` : undefined;
}
