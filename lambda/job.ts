import type { DescribeBackupJobCommandOutput } from '@aws-sdk/client-backup';

/** A backup job as AWS Backup last described it. */
export interface Job {
  readonly id: string;
  readonly state: string;
  readonly statusMessage?: string;
  readonly messageCategory?: string;
  readonly recoveryPointArn?: string;
  readonly resourceType?: string;
  readonly createdAt?: number;
  readonly completedAt?: number;
  readonly sizeInBytes?: number;
}

export function jobOf(description: DescribeBackupJobCommandOutput, id: string): Job {
  return {
    id,
    state: description.State ?? 'UNKNOWN',
    statusMessage: description.StatusMessage,
    messageCategory: description.MessageCategory,
    recoveryPointArn: description.RecoveryPointArn,
    resourceType: description.ResourceType,
    createdAt: description.CreationDate?.getTime(),
    completedAt: description.CompletionDate?.getTime(),
    sizeInBytes: description.BackupSizeInBytes,
  };
}

/** Whether the job has ended without a usable recovery point. */
export function hasFailed(job: Job): boolean {
  return job.state === 'FAILED' || job.state === 'ABORTED' || job.state === 'EXPIRED';
}

/** Whether AWS Backup has not begun to work on the job. */
export function isQueued(job: Job): boolean {
  return job.state === 'CREATED' || job.state === 'PENDING';
}

/** Whether the job has ended with a recovery point. */
export function hasRecoveryPoint(job: Job): boolean {
  return job.state === 'COMPLETED' || job.state === 'PARTIAL';
}
