import { Protection, TableName, TABLES } from './app';
import type { GuardedOperation } from './history';
import type { GuardedPlayed } from './play';

/** What a stack was last brought to; undefined where there is none. */
export type Deployed = Pick<GuardedOperation, 'code' | 'parameters'> | undefined;

/** `'?'` where a failure without rollback has left the stack somewhere in between. */
export function deployedBefore(played: readonly GuardedPlayed[], index: number): Deployed | '?' {
  return played.slice(0, index).reduce<Deployed | '?'>((before, { operation, result }) => {
    switch (result.status) {
      case 'CREATE_COMPLETE':
      case 'UPDATE_COMPLETE':
        return operation;
      case 'UPDATE_FAILED':
      case 'CREATE_FAILED':
        return '?';
      case 'DELETE_COMPLETE':
      case 'ROLLBACK_COMPLETE':
        return undefined;
      default:
        // Rolled back to what was there, or not deleted.
        return before;
    }
  }, undefined);
}

/** How a table is protected, where its condition holds. */
export function protectionOf({ code, parameters }: NonNullable<Deployed>, name: TableName): Protection {
  return name === 'Orders' ? code.orders : parameters.invoices ? code.invoices : 'absent';
}

/** All of a table that counts as a change, as text; undefined where there is no such table. */
export function tableBody(deployed: NonNullable<Deployed>, name: TableName): string | undefined {
  const { code, parameters: { billing, key, topic } } = deployed;
  if (protectionOf(deployed, name) === 'absent') return undefined;
  return JSON.stringify(name === 'Orders' ? [billing, key, topic, code.expires, code.sorted] : [billing]);
}

export function migrationBody({ parameters: { release, topic } }: NonNullable<Deployed>): string {
  return JSON.stringify([release, topic]);
}

/** Whether no final backup is left in the template: then only the clean-up hears of what has left it. */
export function isOnlyGuardBefore(operation: GuardedOperation, deployed: NonNullable<Deployed>): boolean {
  // The condition of a source does not take the resource away that is about all of them.
  const hasFinal = ({ code }: NonNullable<Deployed>): boolean => TABLES.some((name) => (name === 'Orders' ? code.orders : code.invoices) === 'final');
  return operation.kind === 'deploy' && hasFinal(deployed) && !hasFinal(operation);
}
