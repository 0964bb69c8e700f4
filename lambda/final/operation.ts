import { describeStack, operationOf, StackDescription, stackResource } from '../cloudformation';
import { troubleOf } from '../errors';
import type { ResourceEvent } from '../event';
import { log } from '../log';
import type { Patience } from '../retry';

/** What a stack does to the sources of its last backups. */
export interface FinalOperation {
  readonly kind: 'going on' | 'rolling back' | 'creating again' | 'waiting for fewer hours' | 'over';
  /** When the update began, in milliseconds; what a deletion says of that is not documented. */
  readonly updateStartedAt?: number;
}

const CLEANING_UP = 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS';

/**
 * Judges an operation by the status of the stack and, where it is deleted as a nested one, by those of its parents: CloudFormation
 * deletes a nested stack that it rolls back. What cannot be read counts as going on, because then a backup is made.
 */
export async function finalOperation(
  { type, stackId }: Pick<ResourceEvent, 'type' | 'stackId'>, first: string | undefined, patience: Patience,
): Promise<FinalOperation> {
  const stack = await described(stackId, patience);
  if (!stack) {
    return { kind: 'going on' };
  }
  return type === 'Update' ? { kind: updateBy(stack), updateStartedAt: stack.startedAt } : { kind: await deletionBy(stack, stackId, first, patience) };
}

function updateBy({ status }: StackDescription): FinalOperation['kind'] {
  return status === 'UPDATE_IN_PROGRESS' || status === 'IMPORT_IN_PROGRESS' ? 'going on' : turnedBy(status);
}

async function deletionBy(
  { status, parentId, startedAt }: StackDescription, stackId: string, first: string | undefined, patience: Patience,
): Promise<FinalOperation['kind']> {
  if (status === CLEANING_UP) {
    return first !== undefined && await isUpdatedSince(startedAt, stackId, first, patience) ? 'waiting for fewer hours' : 'going on';
  }
  if (operationOf(status) === 'forward') {
    // Without rollback, what could not be created is deleted first by the next operation. No source goes with it.
    return 'creating again';
  }
  if (status !== 'DELETE_IN_PROGRESS') {
    return turnedBy(status);
  }
  return parentId && await isRolledBack(parentId, patience) ? 'rolling back' : 'going on';
}

/** The update that takes away a part changes the first one, which has backed up what leaves, or takes it away too. */
async function isUpdatedSince(startedAt: number | undefined, stackId: string, logicalId: string, patience: Patience): Promise<boolean> {
  try {
    const { status, updatedAt } = await stackResource(stackId, logicalId, patience) ?? {};
    return status === 'UPDATE_COMPLETE' && updatedAt !== undefined && startedAt !== undefined && updatedAt >= startedAt;
  } catch (error) {
    log('resource unknown', { error: String(error) });
    return false;
  }
}

function turnedBy(status: string): FinalOperation['kind'] {
  return operationOf(status) === 'rollback' ? 'rolling back' : 'over';
}

async function isRolledBack(stackId: string, patience: Patience): Promise<boolean> {
  const { status = '', parentId } = await described(stackId, patience) ?? {};
  // A parent that has been rolled back once is at rest, and the nested stack is deleted by itself.
  return operationOf(status) === 'rollback' || (status === 'DELETE_IN_PROGRESS' && parentId !== undefined && isRolledBack(parentId, patience));
}

async function described(stackId: string, patience: Patience): Promise<StackDescription | undefined> {
  try {
    return await describeStack(stackId, patience);
  } catch (error) {
    const { name, message } = troubleOf(error);
    log('stack status unknown', { stackId, name, message });
    return undefined;
  }
}
