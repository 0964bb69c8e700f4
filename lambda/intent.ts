import { createHash } from 'crypto';
import type { BackupRequest } from './request';

/**
 * What a backup is for, as one short text: two requests with the same intent need only one backup.
 *
 * Frozen: another fingerprint would back up everything once more when the library is upgraded.
 */
export function intentOf(request: BackupRequest): string {
  const { job, trigger } = request;
  const parts = [1, job.ResourceArn, job.BackupVaultName, job.LogicallyAirGappedBackupVaultArn ?? '', trigger.kind, ...trigger.values];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20);
}
