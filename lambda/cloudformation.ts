import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { Patience, withRetries } from './retry';
import { CLIENT_OPTIONS } from './sdk';

/** What the stack is doing, which no event says. */
export type StackOperation = 'forward' | 'rollback' | 'over';

const client = new CloudFormationClient(CLIENT_OPTIONS);

const FORWARD = new Set(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'IMPORT_IN_PROGRESS', 'REVIEW_IN_PROGRESS']);

/** Throws where the status cannot be read. */
export async function stackOperation(stackId: string, patience: Patience): Promise<StackOperation> {
  const { Stacks: stacks } = await withRetries('DescribeStacks', patience, () => client.send(new DescribeStacksCommand({ StackName: stackId })));
  return operationOf(stacks?.[0]?.StackStatus ?? '');
}

export function operationOf(status: string): StackOperation {
  if (FORWARD.has(status)) {
    return 'forward';
  }
  return status.includes('ROLLBACK') && status.endsWith('_IN_PROGRESS') ? 'rollback' : 'over';
}
