import { describeStack, StackDescription } from '../cloudformation';
import { troubleOf } from '../errors';
import { log } from '../log';
import type { Patience } from '../retry';

/** What a stack does to the sources of its last backups. */
export type FinalOperation = 'going on' | 'rolling back' | 'over';

const CLEANING_UP = 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS';

/**
 * Judges an operation by the status of the stack and, where it is deleted as a nested one, by those of its parents: CloudFormation
 * deletes a nested stack that it rolls back. What cannot be read counts as going on, because then a backup is made.
 */
export async function finalOperation(type: 'Update' | 'Delete', stackId: string, patience: Patience): Promise<FinalOperation> {
  const stack = await described(stackId, patience);
  const { status, parentId } = stack ?? {};
  if (status === undefined) {
    return 'going on';
  }
  if (status.includes('ROLLBACK')) {
    return status.endsWith('_IN_PROGRESS') ? 'rolling back' : 'over';
  }
  if (type === 'Update') {
    return status === 'UPDATE_IN_PROGRESS' || status === 'IMPORT_IN_PROGRESS' ? 'going on' : 'over';
  }
  if (status === CLEANING_UP) {
    return 'going on';
  }
  if (status !== 'DELETE_IN_PROGRESS') {
    return 'over';
  }
  return parentId && await isRolledBack(parentId, patience) ? 'rolling back' : 'going on';
}

async function isRolledBack(stackId: string, patience: Patience): Promise<boolean> {
  const { status = '', parentId } = await described(stackId, patience) ?? {};
  return status.includes('ROLLBACK') || (status === 'DELETE_IN_PROGRESS' && parentId !== undefined && isRolledBack(parentId, patience));
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
