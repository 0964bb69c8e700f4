import { Vault } from './model';
import { Outcome } from './plan';
import { ResourceKind } from './resource-types';

/** Where the recovery point of a job goes. */
export interface Target {
  readonly vault: Vault;
  readonly copyTo?: Vault;
  /** How a job ends that could not do what was asked and yet COMPLETED. */
  readonly issue?: Outcome;
}

/** Fully managed types go straight into an air-gapped vault, others by a copy, and some not at all. */
export function target(kind: ResourceKind, standard: Vault, airGapped: Vault | undefined): Target {
  if (!airGapped) return { vault: standard };
  switch (kind.airGapped) {
    case 'direct': return { vault: airGapped };
    case 'copy': return { vault: standard, copyTo: airGapped };
    case 'unsupported': return {
      vault: standard,
      issue: {
        state: 'COMPLETED',
        statusMessage: 'Backup job completed successfully to the target backup vault. ' +
          'This resource type is not supported by logically air-gapped backup vault.',
        messageCategory: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT_NOT_SUPPORTED',
      },
    };
  }
}
