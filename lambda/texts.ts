import { adviceFor } from './advice';
import type { Attempt } from './attempt';
import type { StackOperation } from './cloudformation';
import type { Trouble } from './errors';
import { isQueued, Job } from './job';
import type { ResourceRequest } from './request';

/** A job that ended, and not well: what it was, what the service said, what to do. */
export function endText(request: ResourceRequest, job: Job): string {
  const category = job.messageCategory ? ` (${job.messageCategory})` : '';
  const message = job.statusMessage ?? 'AWS Backup gave no message.';
  return `Backup job ${job.id} ended ${job.state}${category}: ${message} ${whereabouts(request)} ${adviceFor(job.statusMessage, job.state)}`;
}

/** A copy into an air-gapped vault that failed, or that never began. */
export function copyText(request: ResourceRequest, job: Job, { copy, airGappedVaultArn }: Attempt): string {
  const what = copy
    ? `the copy job ${copy.id} into ${airGappedVaultArn} ended ${copy.state}: ${copy.statusMessage ?? 'AWS Backup gave no message.'}`
    : `AWS Backup started no copy job into ${airGappedVaultArn}.`;
  return `Backup job ${job.id} is COMPLETED, but ${what} ${whereabouts(request)} ${adviceFor(copy?.statusMessage, 'copy')}`;
}

/** A call that failed for good. */
export function troubleText(request: ResourceRequest, { job, trouble }: Attempt): string {
  const known = job ? ` Backup job ${job.id} was last seen ${job.state}.` : '';
  return `${describe(trouble!)}${known} ${whereabouts(request)} ${adviceFor(trouble!.name, trouble!.message)}`;
}

/** Time ran out: how far the backup was, whether it goes on, what to do. */
export function timeoutText(request: ResourceRequest, attempt: Attempt, now: number, stopped: string): string {
  const { job, blockers = [], trouble } = attempt;
  const minutes = Math.round((now - attempt.begunAt) / 60_000);
  const last = trouble ? ` The last call failed: ${describe(trouble)}` : '';
  if (!job) {
    const others = blockers.map(({ id, state, planArn }) => `${id} (${state}${planArn ? `, of backup plan ${planArn}` : ''})`).join(', ');
    return others
      ? `No backup after ${minutes} minutes: AWS Backup runs one job per resource at a time, and ${others} had not ended. ${whereabouts(request)} `
        + `Deploy again when that job has ended, or give BackupCompletion.waitFor() a longer timeout.${last}`
      : `No backup job could be started within ${minutes} minutes. ${whereabouts(request)}${last} ${adviceFor(trouble?.name, trouble?.message)}`;
  }
  const percent = job.percentDone === undefined || isQueued(job) ? '' : `, ${job.percentDone} % done`;
  const state = isQueued(job) ? `still queued (${job.state})` : job.state;
  return `Backup job ${job.id} is ${state}${percent} after ${minutes} minutes, and the deployment waits no longer. ${stopped} ${whereabouts(request)} `
    + `Deploy again when it is COMPLETED, or give BackupCompletion.waitFor() a longer timeout.${last}`;
}

/** The stack turned round while the backup was on its way. */
export function unwantedText(request: ResourceRequest, { job }: Attempt, operation: StackOperation, stopped: string | undefined): string {
  const why = operation === 'rollback' ? 'the stack is rolling back' : 'the stack operation is over';
  return `Waiting for ${job ? `backup job ${job.id}` : 'a backup job to be started'} ended, because ${why}.${stopped ? ` ${stopped}` : ''} ${whereabouts(request)}`;
}

function describe({ name, message }: Trouble): string {
  return name === 'Error' ? message : `${name}: ${message}`;
}

function whereabouts({ start }: ResourceRequest): string {
  return `Resource: ${start.ResourceArn}. Vault: ${start.BackupVaultName}.`;
}
