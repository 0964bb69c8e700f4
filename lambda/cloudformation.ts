import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { messageOf } from './errors';
import { log } from './log';
import { Patience, withRetries } from './retry';
import { CLIENT_OPTIONS } from './sdk';

/** What the stack is doing, which no event says. */
export type StackOperation = 'forward' | 'rollback' | 'over' | 'unknown';

const client = new CloudFormationClient(CLIENT_OPTIONS);

const FORWARD = new Set(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'IMPORT_IN_PROGRESS', 'REVIEW_IN_PROGRESS']);

/** Unknown where the status cannot be read: the caller must then go on as if the stack went forward. */
export async function stackOperation(stackId: string, patience: Patience): Promise<StackOperation> {
  try {
    const { Stacks: stacks } = await withRetries('DescribeStacks', patience, () => client.send(new DescribeStacksCommand({ StackName: stackId })));
    return operationOf(stacks?.[0]?.StackStatus);
  } catch (error) {
    log('stack status unknown', { error: messageOf(error) });
    return 'unknown';
  }
}

export function operationOf(status: string | undefined): StackOperation {
  if (status === undefined) {
    return 'unknown';
  }
  if (FORWARD.has(status)) {
    return 'forward';
  }
  return status.includes('ROLLBACK') && status.endsWith('_IN_PROGRESS') ? 'rollback' : 'over';
}
