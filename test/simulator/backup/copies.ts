import { CopyJob, Job } from './model';
import { RecoveryPoints } from './points';
import { backupPointArn, parseArn } from './resource-types';
import { SECOND, Surroundings } from './surroundings';
import { retentionProblem, Vaults } from './vaults';

/** The copies by which an air-gapped vault gets what cannot be written into it directly. */
export class CopyJobs {
  private readonly copies: CopyJob[] = [];

  constructor(private readonly surroundings: Surroundings, private readonly vaults: Vaults, private readonly points: RecoveryPoints) {}

  /** Begins when the backup job has COMPLETED. */
  public start(job: Job, vaultName: string, time: number): void {
    const { ids, agenda } = this.surroundings;
    const plan = job.plan.copy;
    const copy: CopyJob = {
      id: ids.uuid().toUpperCase(),
      sequence: ids.sequence(),
      createdAt: time,
      sourceJobId: job.id,
      sourceVaultArn: job.vault.arn,
      sourceRecoveryPointArn: job.recoveryPointArn!,
      destinationVaultName: vaultName,
      destinationVaultArn: this.vaults.arn(vaultName),
      resourceArn: job.request.ResourceArn,
      resourceType: job.resourceType,
      roleArn: job.request.IamRoleArn,
      lifecycle: job.request.Lifecycle,
      bytes: job.plan.bytes,
      state: 'CREATED',
    };
    this.copies.push(copy);
    this.tell(copy, time);
    agenda.at(time + plan.queuedFor * SECOND, (due) => {
      copy.state = 'RUNNING';
      this.tell(copy, due);
      agenda.at(due + plan.runningFor * SECOND, (end) => this.end(copy, job, end));
    });
  }

  public get(id: string): CopyJob | undefined {
    return this.copies.find((copy) => copy.id === id);
  }

  public all(): readonly CopyJob[] {
    return this.copies;
  }

  private end(copy: CopyJob, job: Job, time: number): void {
    const vault = this.vaults.get(copy.destinationVaultName, time);
    const problem = vault ? retentionProblem(vault, copy.lifecycle?.DeleteAfterDays) : `Copy job failed because backup vault ${copy.destinationVaultArn} does not exist.`;
    const { state, statusMessage, messageCategory } = problem === undefined ? job.plan.copy.outcome : { state: 'FAILED', statusMessage: problem };
    copy.state = state;
    copy.statusMessage = statusMessage;
    copy.messageCategory = messageCategory ?? (state === 'COMPLETED' && statusMessage === undefined ? 'SUCCESS' : 'MISCELLANEOUS');
    copy.finishedAt = time;
    if (state === 'COMPLETED' || state === 'PARTIAL') this.replaceTemporaryPoint(copy, job, state, time);
    else if (this.surroundings.undocumented.temporaryPointAfterFailedCopy === 'deleted') this.points.discard(copy.sourceRecoveryPointArn);
    this.tell(copy, time);
  }

  /** The content is that of the backup, however long the copy took. */
  private replaceTemporaryPoint(copy: CopyJob, job: Job, status: 'COMPLETED' | 'PARTIAL', time: number): void {
    const { ids, region, accountId: account } = this.surroundings;
    const temporary = this.points.get(copy.sourceRecoveryPointArn);
    const arn = backupPointArn(parseArn(copy.resourceArn)!, { region, account, uuid: ids.uuid(), time });
    this.points.add({
      arn,
      sequence: ids.sequence(),
      vaultName: copy.destinationVaultName,
      jobId: job.id,
      resourceArn: copy.resourceArn,
      resourceType: copy.resourceType,
      roleArn: copy.roleArn,
      createdAt: temporary?.createdAt ?? job.createdAt,
      lifecycle: copy.lifecycle,
      tags: job.request.RecoveryPointTags ?? {},
      createdBy: job.createdBy,
      isParent: false,
      content: temporary?.content,
      status: 'CREATING',
    });
    this.points.complete(arn, status, copy.bytes, time);
    this.points.discard(copy.sourceRecoveryPointArn);
    copy.destinationRecoveryPointArn = arn;
  }

  private tell(copy: CopyJob, time: number): void {
    this.surroundings.record({ kind: 'copy-state', time, copyJobId: copy.id, sourceJobId: copy.sourceJobId, state: copy.state });
  }
}
