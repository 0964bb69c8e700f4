import { Appointment } from './agenda';
import { childEnd, compositeOutcome, newChild } from './children';
import { CopyJobs } from './copies';
import { invalidRequest, notFound } from './errors';
import { FINAL_STATES, Job } from './model';
import { failure, newJob, NewJob } from './new-job';
import { Obstacles } from './obstacles';
import { Outcome } from './plan';
import { RecoveryPoints } from './points';
import { Slots } from './slots';
import { SECOND, Surroundings } from './surroundings';
import { Vaults } from './vaults';

const RUNNING_JOB_OF_THE_SAME_RESOURCE = 'Backup job failed because there was a running job for the same resource.';
const EXPIRED_BEFORE_COMPLETION = 'Backup job expired before completion.';

/** The lives of backup jobs. */
export class Jobs {
  private readonly jobs = new Map<string, Job>();
  private readonly appointments = new Map<Job, Appointment[]>();
  private readonly slots = new Slots();

  constructor(
    private readonly surroundings: Surroundings,
    private readonly vaults: Vaults,
    private readonly points: RecoveryPoints,
    private readonly copies: CopyJobs,
    private readonly obstacles: Obstacles,
  ) {}

  public get(id: string): Job | undefined {
    return this.jobs.get(id);
  }

  public all(): Job[] {
    return [...this.jobs.values()];
  }

  public create(input: NewJob): Job {
    const { job, doom } = newJob(input, this.surroundings, this.vaults);
    this.jobs.set(job.id, job);
    this.tell(job, job.createdAt);
    if (doom) {
      this.appoint(job, job.createdAt + doom.afterSeconds * SECOND, (time) => this.finish(job, doom.outcome, time));
    } else {
      this.slots.enqueue(job);
      this.appoint(job, job.createdAt + job.plan.queuedFor * SECOND, (time) => this.beginNext(job.request.ResourceArn, time));
      this.appoint(job, job.startBy, (time) => this.closeStartWindow(job, time));
      this.appoint(job, job.completeBy, (time) => this.finish(job, { state: 'EXPIRED', statusMessage: EXPIRED_BEFORE_COMPLETION }, time));
    }
    this.surroundings.agenda.settle();
    return job;
  }

  public stop(id: string): void {
    const { undocumented, clock } = this.surroundings;
    const job = this.jobs.get(id);
    if (!job) throw notFound(`Backup job ${id} does not exist.`);
    if (!job.kind.stoppable) throw invalidRequest(`Stopping a backup job is not supported for resource type ${job.resourceType}.`);
    if (job.finishedAt !== undefined && undocumented.stopOfFinishedJob === 'success') return;
    if (job.finishedAt !== undefined) throw invalidRequest(`Backup job ${id} has already finished.`);
    if (job.state === 'ABORTING') return;
    this.enter(job, 'ABORTING', clock.now());
    this.cancelAppointments(job);
    this.appoint(job, clock.now() + undocumented.stopSeconds * SECOND, (time) =>
      this.finish(job, { state: 'ABORTED', statusMessage: 'Backup job was stopped by user.' }, time));
  }

  private beginNext(resourceArn: string, time: number): void {
    const job = this.slots.take(resourceArn, (next) => next.state === 'CREATED' && next.createdAt + next.plan.queuedFor * SECOND <= time);
    if (!job) return;
    const { pendingFor, strangeState } = job.plan;
    const obstacle = this.obstacles.atWork(job.request, job.kind, time);
    if (obstacle) return this.finish(job, failure(obstacle), time);
    const runs = time + (pendingFor + (strangeState?.seconds ?? 0)) * SECOND;
    if (runs === time) return this.run(job, time);
    if (pendingFor > 0) this.enter(job, 'PENDING', time);
    if (strangeState) this.appoint(job, time + pendingFor * SECOND, (due) => this.enter(job, strangeState.state, due));
    this.appoint(job, runs, (due) => this.run(job, due));
  }

  private run(job: Job, time: number): void {
    job.runningSince = time;
    job.plannedEnd = time + job.plan.runningFor * SECOND;
    job.recoveryPointArn = job.plannedPointArn;
    this.addPoint(job);
    this.enter(job, 'RUNNING', time);
    (job.plan.children ?? []).forEach((plan, index) => {
      const child = newChild(job, plan, this.surroundings, time);
      this.jobs.set(child.id, child);
      job.childIds.push(child.id);
      this.addPoint(child);
      this.tell(child, time);
      this.appoint(child, childEnd(job, index, time), (due) => this.finish(child, plan.outcome, due));
    });
    this.appoint(job, job.plannedEnd, (due) => this.end(job, due));
  }

  private end(job: Job, time: number): void {
    const { undocumented, sourceState } = this.surroundings;
    const tolerant = undocumented.sourceGoneWhileRunning === 'completes' && sourceState(job.request.ResourceArn) !== 'exists';
    const obstacle = tolerant ? undefined : this.obstacles.atWork(job.request, job.kind, time);
    const planned = job.plan.children ? compositeOutcome(job.plan.children) : job.plan.outcome;
    const outcome = planned.state === 'COMPLETED' ? job.issue ?? planned : planned;
    this.finish(job, obstacle ? failure(obstacle) : outcome, time);
  }

  private finish(job: Job, outcome: Outcome, time: number): void {
    if (job.finishedAt !== undefined) return;
    const { state, statusMessage, messageCategory } = outcome;
    this.cancelAppointments(job);
    job.statusMessage = statusMessage;
    job.messageCategory = messageCategory ?? (state === 'COMPLETED' && statusMessage === undefined ? 'SUCCESS' : 'MISCELLANEOUS');
    if (!FINAL_STATES.has(state)) return this.enter(job, state, time);
    job.finishedAt = time;
    if (state === 'COMPLETED' || state === 'PARTIAL') {
      this.points.complete(job.plannedPointArn, state, job.plan.bytes, time);
    } else {
      this.points.discard(job.plannedPointArn);
      job.recoveryPointArn = undefined;
    }
    this.slots.leave(job);
    for (const child of job.childIds) this.finish(this.jobs.get(child)!, outcome, time);
    this.enter(job, state, time);
    if (state === 'COMPLETED' && job.copyTo !== undefined) this.copies.start(job, job.copyTo, time);
    this.beginNext(job.request.ResourceArn, time);
  }

  private closeStartWindow(job: Job, time: number): void {
    if (job.state !== 'CREATED') return;
    const statusMessage = this.slots.busy(job.request.ResourceArn) ? RUNNING_JOB_OF_THE_SAME_RESOURCE : EXPIRED_BEFORE_COMPLETION;
    this.finish(job, { state: 'EXPIRED', statusMessage }, time);
  }

  private addPoint(job: Job): void {
    this.points.add({
      arn: job.plannedPointArn,
      sequence: this.surroundings.ids.sequence(),
      vaultName: job.vault.name,
      jobId: job.id,
      resourceArn: job.request.ResourceArn,
      resourceType: job.resourceType,
      roleArn: job.request.IamRoleArn,
      createdAt: job.createdAt,
      lifecycle: job.copyTo === undefined ? job.request.Lifecycle : { DeleteAfterEvent: 'DELETE_AFTER_COPY' },
      tags: job.request.RecoveryPointTags ?? {},
      createdBy: job.createdBy,
      isParent: job.kind.composite && job.parentId === undefined,
      content: this.surroundings.sourceContent(job.request.ResourceArn),
      status: 'CREATING',
    });
  }

  private enter(job: Job, state: string, time: number): void {
    job.state = state;
    this.tell(job, time);
  }

  private tell(job: Job, time: number): void {
    this.surroundings.record({ kind: 'job-state', time, job: { ...job } });
  }

  private appoint(job: Job, time: number, action: (time: number) => void): void {
    const appointments = this.appointments.get(job) ?? [];
    this.appointments.set(job, appointments);
    appointments.push(this.surroundings.agenda.at(time, action));
  }

  private cancelAppointments(job: Job): void {
    for (const appointment of this.appointments.get(job) ?? []) appointment.cancel();
    this.appointments.delete(job);
  }
}
