import {
  BackupClient, BackupJob, DescribeBackupJobCommand, paginateListBackupJobs, StartBackupJobCommand, StartBackupJobCommandInput,
} from '@aws-sdk/client-backup';
import { Job, jobOf } from './job';
import type { BackupRequest } from './request';
import { Patience, withRetries } from './retry';
import { CLIENT_OPTIONS } from './sdk';

const client = new BackupClient(CLIENT_OPTIONS);

/** Undefined where AWS Backup took the request and named no job, as it may for a token that it knows. */
export async function startJob(input: StartBackupJobCommandInput, patience: Patience): Promise<Job | undefined> {
  const { BackupJobId: id, ...reply } = await withRetries('StartBackupJob', patience, () => client.send(new StartBackupJobCommand(input)));
  return id === undefined ? undefined : {
    id,
    state: 'CREATED',
    recoveryPointArn: reply.RecoveryPointArn,
    createdAt: reply.CreationDate?.getTime(),
  };
}

export async function describeJob(id: string, patience: Patience): Promise<Job> {
  return jobOf(await withRetries('DescribeBackupJob', patience, () => client.send(new DescribeBackupJobCommand({ BackupJobId: id }))), id);
}

/** The jobs of the request's source, vault and role that began at the time or later, but for those of backup plans; newest first. */
export async function jobsSince(since: number, { job: request }: BackupRequest, patience: Patience): Promise<Job[]> {
  const jobs = await withRetries('ListBackupJobs', patience, async () => {
    const all: BackupJob[] = [];
    const filter = { ByResourceArn: request.ResourceArn, ByCreatedAfter: new Date(since - 1000) };
    for await (const page of paginateListBackupJobs({ client }, filter)) {
      all.push(...page.BackupJobs ?? []);
    }
    return all;
  });
  return jobs
    .filter((job) => job.IamRoleArn === request.IamRoleArn && job.BackupVaultName === request.BackupVaultName && !job.CreatedBy?.BackupPlanId)
    .filter((job) => (job.CreationDate?.getTime() ?? 0) >= since)
    .sort((a, b) => b.CreationDate!.getTime() - a.CreationDate!.getTime())
    .map((job) => jobOf({ ...job, $metadata: {} }, job.BackupJobId!));
}
