import { adviceFor } from './advice';
import type { Attempt } from './attempt';
import type { Trouble } from './errors';
import { isQueued, Job } from './job';
import type { ResourceRequest } from './request';

/** A job that ended, and not well: what it was, what the service said, what to do. */
export function endText(request: ResourceRequest, job: Job): string {
  const category = job.messageCategory ? ` (${job.messageCategory})` : '';
  const message = job.statusMessage ?? 'AWS Backup gave no message.';
  return `Backup job ${job.id} ended ${job.state}${category}: ${message} ${whereabouts(request, job)} ${adviceFor(job.statusMessage, job.state)}`;
}

/** A copy into an air-gapped vault that failed, or that never began. */
export function copyText(request: ResourceRequest, job: Job, { copy, airGappedVaultArn }: Attempt): string {
  const what = copy
    ? `the copy job ${copy.id} into ${airGappedVaultArn} ended ${copy.state}: ${copy.statusMessage ?? 'AWS Backup gave no message.'}`
    : `AWS Backup started no copy job into ${airGappedVaultArn}.`;
  return `Backup job ${job.id} is COMPLETED, but ${what} ${whereabouts(request, job)} ${adviceFor(copy?.statusMessage, 'copy')}`;
}

/** A call that failed for good. */
export function troubleText(request: ResourceRequest, { job, trouble }: Attempt): string {
  const known = job ? ` Backup job ${job.id} was last seen ${job.state}.` : '';
  return `${describe(trouble!)}${known} ${whereabouts(request, job)} ${adviceFor(trouble!.name, trouble!.message)}`;
}

/** Time ran out: how far the backup was, whether it goes on, what to do. */
export function timeoutText(request: ResourceRequest, attempt: Attempt, now: number, stopped: string): string {
  const { job, blockers = [], trouble } = attempt;
  const minutes = Math.round((now - attempt.since) / 60_000);
  const last = trouble ? ` The last call failed: ${describe(trouble)}` : '';
  if (!job) {
    const others = blockers.map(({ id, state, planArn }) => `${id} (${state}${planArn ? `, of backup plan ${planArn}` : ''})`).join(', ');
    return others
      ? `No backup after ${minutes} minutes: AWS Backup runs one job per resource at a time, and ${others} had not ended. ${whereabouts(request, job)} `
        + `Deploy again when that job has ended, or give BackupCompletion.waitFor() a longer timeout.${last}`
      : `No backup job could be started within ${minutes} minutes. ${whereabouts(request, job)}${last} ${adviceFor(trouble?.name, trouble?.message)}`;
  }
  const percent = job.percentDone === undefined || isQueued(job) ? '' : `, ${job.percentDone} % done`;
  const state = isQueued(job) ? `still queued (${job.state})` : job.state;
  return `Backup job ${job.id} is ${state}${percent} after ${minutes} minutes, and the deployment waits no longer. ${stopped} ${whereabouts(request, job)} `
    + `Deploy again when it is COMPLETED, or give BackupCompletion.waitFor() a longer timeout.${last}`;
}

function describe({ name, message }: Trouble): string {
  return name === 'Error' ? message : `${name}: ${message}`;
}

function whereabouts(request: ResourceRequest, job: Job | undefined): string {
  const resource = request.kind === 'backup' ? request.start.ResourceArn : job?.resourceArn;
  const vault = request.kind === 'backup' ? request.start.BackupVaultName : job?.vaultName;
  return resource ? `Resource: ${resource}. Vault: ${vault}.` : '';
}
