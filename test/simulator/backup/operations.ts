import { NeededPermission } from '../service';
import { CopyJobs } from './copies';
import { notFound } from './errors';
import { Jobs } from './jobs';
import { BACKUP_JOB_FILTERS, COPY_JOB_FILTERS, Listed, page, RECOVERY_POINT_FILTERS } from './lists';
import { Job } from './model';
import { RecoveryPoints } from './points';
import { Call } from './routes';
import { startBackupJob, Starter } from './start';
import { DAY, SECOND, Surroundings } from './surroundings';
import { Vaults } from './vaults';
import { childCounts, copyJobView, jobView, pointView, vaultView, View } from './views';

/** The parts of the service that operations work on. */
export interface Parts extends Starter {
  readonly surroundings: Surroundings;
  readonly vaults: Vaults;
  readonly points: RecoveryPoints;
  readonly copies: CopyJobs;
  readonly jobs: Jobs;
}

interface Operation {
  permissions(input: Input, parts: Parts): readonly NeededPermission[];
  perform(input: Input, parts: Parts, caller: string): View;
}

type Input = Readonly<Record<string, any>>;

const anywhere = (action: string) => (): NeededPermission[] => [{ action: `backup:${action}`, resource: '*' }];
const onVault = (action: string) => (input: Input, { vaults }: Parts): NeededPermission[] =>
  [{ action: `backup:${action}`, resource: vaults.arn(input.BackupVaultName) }];
const onPoint = (action: string) => (input: Input): NeededPermission[] => [{ action: `backup:${action}`, resource: input.RecoveryPointArn }];

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  StartBackupJob: {
    permissions: (input, { vaults }) => [
      { action: 'backup:StartBackupJob', resource: vaults.arn(input.BackupVaultName) },
      { action: 'iam:PassRole', resource: input.IamRoleArn, context: { 'iam:PassedToService': 'backup.amazonaws.com' } },
    ],
    perform: startBackupJob,
  },
  DescribeBackupJob: {
    permissions: anywhere('DescribeBackupJob'),
    perform: ({ BackupJobId: id }, parts) => {
      const job = parts.jobs.get(id);
      if (!job || !describable(job, parts.surroundings)) throw notFound(`Backup job ${id} does not exist.`);
      const { accountId, clock } = parts.surroundings;
      return { ...jobView(job, accountId, clock.now()), ...childCounts(job, job.childIds.map((child) => parts.jobs.get(child)!)) };
    },
  },
  ListBackupJobs: {
    permissions: anywhere('ListBackupJobs'),
    perform: (input, { jobs, surroundings }) => {
      const { accountId, clock, undocumented } = surroundings;
      const now = clock.now();
      const listed = jobs.all()
        .filter((job) => now - job.createdAt >= undocumented.listLagSeconds * SECOND && now - (job.finishedAt ?? now) < 30 * DAY)
        .map((job): Listed => ({ sequence: job.sequence, view: jobView(job, accountId, now) }));
      const { views, NextToken } = page(listed, BACKUP_JOB_FILTERS, input);
      return { BackupJobs: views, NextToken };
    },
  },
  StopBackupJob: {
    permissions: anywhere('StopBackupJob'),
    perform: ({ BackupJobId: id }, { jobs }) => {
      jobs.stop(id);
      return {};
    },
  },
  ListCopyJobs: {
    permissions: anywhere('ListCopyJobs'),
    perform: (input, { copies, surroundings }) => {
      const now = surroundings.clock.now();
      const listed = copies.all()
        .filter((copy) => now - (copy.finishedAt ?? now) < 30 * DAY)
        .map((copy): Listed => ({ sequence: copy.sequence, view: copyJobView(copy, surroundings.accountId) }));
      const { views, NextToken } = page(listed, COPY_JOB_FILTERS, input);
      return { CopyJobs: views, NextToken };
    },
  },
  DescribeCopyJob: {
    permissions: anywhere('DescribeCopyJob'),
    perform: ({ CopyJobId: id }, { copies, surroundings }) => {
      const copy = copies.get(id);
      if (!copy || surroundings.clock.now() - (copy.finishedAt ?? Infinity) >= 30 * DAY) throw notFound(`Copy job ${id} does not exist.`);
      return { CopyJob: copyJobView(copy, surroundings.accountId) };
    },
  },
  DescribeBackupVault: {
    permissions: onVault('DescribeBackupVault'),
    perform: ({ BackupVaultName: name }, { vaults, points, surroundings }) => {
      const vault = vaults.get(name, surroundings.clock.now());
      if (!vault) throw notFound(`Backup vault ${name} does not exist.`);
      return vaultView(vault, points.inVault(name).length);
    },
  },
  ListRecoveryPointsByBackupVault: {
    permissions: onVault('ListRecoveryPointsByBackupVault'),
    perform: (input, { vaults, points, surroundings }) => {
      const vault = vaults.get(input.BackupVaultName, surroundings.clock.now());
      if (!vault) throw notFound(`Backup vault ${input.BackupVaultName} does not exist.`);
      const listed = points.inVault(vault.name).map((point): Listed => ({ sequence: point.sequence, view: pointView(point, vault) }));
      const { views, NextToken } = page(listed, RECOVERY_POINT_FILTERS, input);
      return { RecoveryPoints: views, NextToken };
    },
  },
  DescribeRecoveryPoint: {
    permissions: onPoint('DescribeRecoveryPoint'),
    perform: ({ BackupVaultName: name, RecoveryPointArn: arn }, { vaults, points, surroundings }) =>
      pointView(points.describe(name, arn), vaults.get(name, surroundings.clock.now())),
  },
  DeleteRecoveryPoint: {
    permissions: onPoint('DeleteRecoveryPoint'),
    perform: ({ BackupVaultName: name, RecoveryPointArn: arn }, { points }, caller) => {
      points.requestDeletion(name, arn, caller);
      return {};
    },
  },
  DescribeRegionSettings: {
    permissions: anywhere('DescribeRegionSettings'),
    perform: (_, { surroundings }) => {
      const { optIn, management } = surroundings.settings();
      return { ResourceTypeOptInPreference: optIn, ResourceTypeManagementPreference: management };
    },
  },
};

/** Records come late and go. */
function describable(job: Job, { clock, undocumented }: Surroundings): boolean {
  const now = clock.now();
  const forgotten = job.finishedAt !== undefined && now - job.finishedAt >= undocumented.describeForgetsAfterDays * DAY;
  return !forgotten && now - job.createdAt >= undocumented.describeLagSeconds * SECOND;
}

/** What a call is checked for before anything else is looked at. */
export const needed = (call: Call, parts: Parts): readonly NeededPermission[] => OPERATIONS[call.operation].permissions(call.input, parts);
