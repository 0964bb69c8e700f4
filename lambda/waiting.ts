import { createHash } from 'crypto';
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import type { Attempt } from './attempt';
import type { ResourceEvent } from './event';
import { log } from './log';
import { Patience, withRetries } from './retry';
import { CLIENT_OPTIONS } from './sdk';

/** What travels through the state machine. It is read by other versions of this function, so it can only grow. */
export interface Wait {
  readonly kind: 'wait';
  readonly version: string;
  readonly event: CloudFormationCustomResourceEvent;
  readonly attempt: Attempt;
  /** When AWS Backup is asked again, in milliseconds; the stack is looked at more often. */
  readonly lookAt: number;
  /** When the stack was last looked at, in milliseconds. */
  readonly stackSeenAt: number;
  /** Seconds until the function is called again. */
  readonly pause: number;
  /** Set by the state machine where calling the function failed for good. */
  readonly error?: { readonly Error?: string; readonly Cause?: string };
}

export const WAIT_VERSION = '1';

let client: SFNClient | undefined;

/** Made at its first use, because a function that starts cold for a backup that does not wait would pay for it. */
function states(): SFNClient {
  return client ??= new SFNClient(CLIENT_OPTIONS);
}

export function isWait(payload: object): payload is Wait {
  return 'kind' in payload && payload.kind === 'wait';
}

/** Hands the attempt to the state machine. The execution is named after the request, so that duplicates of the event meet in it. */
export async function handOver(stateMachineArn: string, event: ResourceEvent, wait: object, patience: Patience): Promise<void> {
  const { stackId, logicalResourceId, requestId } = event;
  const name = createHash('sha256').update(JSON.stringify([stackId, logicalResourceId, requestId])).digest('hex');
  try {
    await withRetries('StartExecution', patience, () => states().send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(wait) })));
    log('waiting', { execution: name });
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) {
      throw error;
    }
    log('already waiting', { execution: name });
  }
}
