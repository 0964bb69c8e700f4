import {
  BackupClient,
  BackupJob,
  DescribeBackupJobCommand,
  DescribeBackupJobCommandOutput,
  ListCopyJobsCommand,
  paginateListBackupJobs,
  StartBackupJobCommand,
  StartBackupJobCommandInput,
  StopBackupJobCommand,
} from '@aws-sdk/client-backup';
import type { Job } from './job';
import { CLIENT_OPTIONS } from './sdk';

const client = new BackupClient(CLIENT_OPTIONS);

/** A copy of a recovery point into a logically air-gapped vault. */
export interface Copy {
  readonly id: string;
  readonly state: string;
  readonly statusMessage?: string;
  readonly recoveryPointArn?: string;
}

/** Undefined where AWS Backup took the request and named no job, as it may for a token that it knows. */
export async function startJob(input: StartBackupJobCommandInput): Promise<Job | undefined> {
  const { BackupJobId: id, RecoveryPointArn: recoveryPointArn, CreationDate: created } = await client.send(new StartBackupJobCommand(input));
  return id === undefined ? undefined : {
    id,
    state: 'CREATED',
    recoveryPointArn,
    createdAt: created?.getTime(),
    resourceArn: input.ResourceArn,
    vaultName: input.BackupVaultName,
    roleArn: input.IamRoleArn,
  };
}

export async function describeJob(id: string): Promise<Job> {
  return jobOf(await client.send(new DescribeBackupJobCommand({ BackupJobId: id })), id);
}

/** The jobs of a resource, newest first; AWS Backup lists those of the last 30 days. */
export async function jobsOf(resourceArn: string, createdAfter?: number): Promise<Job[]> {
  const jobs: Job[] = [];
  // AWS Backup compares whole seconds in a way that is not documented.
  const after = createdAfter === undefined ? undefined : new Date(createdAfter - 1000);
  for await (const page of paginateListBackupJobs({ client }, { ByResourceArn: resourceArn, ByCreatedAfter: after, MaxResults: 1000 })) {
    jobs.push(...(page.BackupJobs ?? []).map((job) => jobOf(job, job.BackupJobId!)));
  }
  return jobs
    .filter((job) => createdAfter === undefined || (job.createdAt ?? 0) >= createdAfter)
    .sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
}

export async function stopJob(id: string): Promise<void> {
  await client.send(new StopBackupJobCommand({ BackupJobId: id }));
}

/** The latest copy of the recovery point into the vault. */
export async function copyOf(recoveryPointArn: string, vaultArn: string): Promise<Copy | undefined> {
  const filter = { BySourceRecoveryPointArn: recoveryPointArn, ByDestinationVaultArn: vaultArn };
  const { CopyJobs: copies = [] } = await client.send(new ListCopyJobsCommand(filter));
  const [latest] = copies.sort((a, b) => (b.CreationDate?.getTime() ?? 0) - (a.CreationDate?.getTime() ?? 0));
  return latest && {
    id: latest.CopyJobId!,
    state: latest.State ?? 'UNKNOWN',
    statusMessage: latest.StatusMessage,
    recoveryPointArn: latest.DestinationRecoveryPointArn,
  };
}

function jobOf(description: BackupJob | DescribeBackupJobCommandOutput, id: string): Job {
  return {
    id,
    state: description.State ?? 'UNKNOWN',
    statusMessage: description.StatusMessage,
    messageCategory: description.MessageCategory,
    recoveryPointArn: description.RecoveryPointArn,
    resourceArn: description.ResourceArn,
    resourceType: description.ResourceType,
    vaultName: description.BackupVaultName,
    vaultArn: description.BackupVaultArn,
    roleArn: description.IamRoleArn,
    planArn: description.CreatedBy?.BackupPlanArn ?? description.CreatedBy?.BackupPlanId,
    createdAt: description.CreationDate?.getTime(),
    completedAt: description.CompletionDate?.getTime(),
    sizeInBytes: description.BackupSizeInBytes,
    percentDone: description.PercentDone,
    bytesTransferred: description.BytesTransferred,
  };
}
