import { adviceFor } from './advice';
import { messageOf, nameOf } from './errors';
import type { Job } from './job';
import type { BackupRequest } from './request';

/** Something that the user has to know and that no call of AWS Backup says. */
export class BackupError extends Error {}

/** A job that ended without a recovery point: what it was, what the service said, what to do. */
export function jobFailure(request: BackupRequest, job: Job): string {
  const category = job.messageCategory ? ` (${job.messageCategory})` : '';
  const message = job.statusMessage ?? 'AWS Backup gave no message.';
  return `Backup job ${job.id} ended ${job.state}${category}: ${message} ${whereabouts(request)} ${adviceFor(job.statusMessage, job.state)}`;
}

/** A job that could not be started or followed. */
export function callFailure(request: BackupRequest, error: unknown): string {
  return error instanceof BackupError
    ? `${error.message} ${whereabouts(request)}`
    : `${nameOf(error)}: ${messageOf(error)} ${whereabouts(request)} ${adviceFor(nameOf(error), messageOf(error))}`;
}

function whereabouts({ job }: BackupRequest): string {
  return `Resource: ${job.ResourceArn}. Vault: ${job.BackupVaultName}.`;
}
