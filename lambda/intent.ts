import { createHash } from 'crypto';
import { memoryOf } from './physical-id';
import type { ResourceRequest } from './request';

/**
 * What a resource is for, as one short text: two requests with the same intent need only one backup.
 *
 * Frozen: another fingerprint would back up everything once more when the library is upgraded.
 */
export function intentOf(request: ResourceRequest): string {
  const parts = request.backup === undefined ? backupParts(request) : waitParts(request.backup);
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20);
}

function backupParts({ start, trigger, terms, gated, source }: ResourceRequest): unknown[] {
  return [
    1,
    start.ResourceArn ?? source?.logicalId,
    start.BackupVaultName,
    start.LogicallyAirGappedBackupVaultArn ?? '',
    trigger.kind,
    trigger.values,
    terms.kind === 'WAIT_FOR',
    gated?.fingerprint ?? '',
    gated?.watch ?? [],
  ];
}

/** A resource that waits on is for what the one before it is for, and for the job that this one has; without a job, for this time that it asks. */
function waitParts(backup: string): unknown[] {
  const { intent, job, handedOn } = memoryOf(backup);
  return [1, intent ?? '', job?.id ?? handedOn ?? ''];
}
