import { CloudFormationClient, DescribeStackEventsCommand, DescribeStackResourceCommand, DescribeStacksCommand, StackEvent } from '@aws-sdk/client-cloudformation';
import { Patience, withRetries } from './retry';
import { CLIENT_OPTIONS } from './sdk';

/** What the stack is doing, which no event says. */
export type StackOperation = 'forward' | 'rollback' | 'over';

export interface StackState {
  readonly operation: StackOperation;
  /** When the operation began, in milliseconds: tells one from the next. */
  readonly startedAt?: number;
}

/** A stack, as far as it matters here. */
export interface StackDescription {
  readonly status: string;
  /** The stack that it is nested in. */
  readonly parentId?: string;
  /** When the operation began, in milliseconds. */
  readonly startedAt?: number;
}

/** A resource as the stack knows it. */
export interface StackResource {
  readonly physicalId?: string;
  readonly status: string;
  /** When it got this status, in milliseconds. */
  readonly updatedAt?: number;
}

const client = new CloudFormationClient(CLIENT_OPTIONS);

const FORWARD = new Set(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'IMPORT_IN_PROGRESS', 'REVIEW_IN_PROGRESS']);

/** Throws where the stack cannot be described. */
export async function describeStack(stackId: string, patience: Patience): Promise<StackDescription> {
  const { Stacks: stacks } = await withRetries('DescribeStacks', patience, () => client.send(new DescribeStacksCommand({ StackName: stackId })));
  const stack = stacks?.[0];
  return {
    status: stack?.StackStatus ?? '',
    parentId: stack?.ParentId,
    startedAt: (stack?.LastUpdatedTime ?? stack?.CreationTime)?.getTime(),
  };
}

/** Throws where the status cannot be read. */
export async function stackState(stackId: string, patience: Patience): Promise<StackState> {
  const { status, startedAt } = await describeStack(stackId, patience);
  return { operation: operationOf(status), startedAt };
}

/** How much the start of one and the same operation may seem to differ, in milliseconds. */
const SAME_OPERATION = 1_000;

/** What has become of the operation that began then: another one that comes after it may go forward too. */
export function operationSince({ operation, startedAt }: StackState, begun: number | undefined): StackOperation {
  return operation === 'forward' && isAnother(startedAt, begun) ? 'over' : operation;
}

/** Whether one operation is another than the one that began then. Where it is not known when they began, they count as the same. */
export function isAnother(startedAt: number | undefined, begun: number | undefined): boolean {
  return startedAt !== undefined && begun !== undefined && Math.abs(startedAt - begun) > SAME_OPERATION;
}

/** When the stack began to be deleted, in milliseconds. Only its events tell: what else it says of a deletion is not documented. */
export async function deletionStart(stackId: string, patience: Patience): Promise<number | undefined> {
  let nextToken: string | undefined;
  do {
    const page = await withRetries('DescribeStackEvents', patience,
      () => client.send(new DescribeStackEventsCommand({ StackName: stackId, NextToken: nextToken })));
    // Newest first.
    const begin = page.StackEvents?.find((event) => isOfStack(event, stackId) && event.ResourceStatus === 'DELETE_IN_PROGRESS');
    if (begin) {
      return begin.Timestamp?.getTime();
    }
    nextToken = page.NextToken;
  } while (nextToken !== undefined);
  return undefined;
}

/** A nested stack has the same type, but another id. */
function isOfStack({ ResourceType: type, PhysicalResourceId: id }: StackEvent, stackId: string): boolean {
  return type === 'AWS::CloudFormation::Stack' && id === stackId;
}

export function operationOf(status: string): StackOperation {
  if (FORWARD.has(status)) {
    return 'forward';
  }
  return status.includes('ROLLBACK') && status.endsWith('_IN_PROGRESS') ? 'rollback' : 'over';
}

/** Undefined where the stack has no such resource. Every other error is thrown: it must not be taken for an absence. */
export async function stackResource(stackId: string, logicalId: string, patience: Patience): Promise<StackResource | undefined> {
  try {
    const { StackResourceDetail: detail } = await withRetries('DescribeStackResource', patience,
      () => client.send(new DescribeStackResourceCommand({ StackName: stackId, LogicalResourceId: logicalId })));
    return {
      physicalId: detail?.PhysicalResourceId || undefined,
      status: detail?.ResourceStatus ?? '',
      updatedAt: detail?.LastUpdatedTimestamp?.getTime(),
    };
  } catch (error) {
    if (isAboutResource(error, logicalId)) {
      return undefined;
    }
    throw error;
  }
}

/** A stack that does not exist is a ValidationError too. The rest of the text is nobody's contract: others put brackets around the id. */
function isAboutResource(error: unknown, logicalId: string): boolean {
  return error instanceof Error && error.name === 'ValidationError' && new RegExp(`Resource \\W?${logicalId}\\W? does not exist`).test(error.message);
}
