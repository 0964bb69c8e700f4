import type { LocalAws, Recorded } from '../simulator';
import type { Job } from '../simulator/backup';

export type Entry<K extends Recorded['kind']> = Extract<Recorded, { kind: K }>;
export type Answered = Entry<'request'> & { readonly answers: readonly Entry<'answer'>[]; readonly taken?: Entry<'answer'> };

/** A history that was played, whatever it is about. */
export interface Told {
  readonly aws: LocalAws;
  readonly played: readonly { readonly startedAt: number; readonly endedAt: number }[];
  /** Since when the status of the stack could not be read. */
  readonly deniedSince?: number;
}

/** Statuses of a stack in which a deployment goes on as it was meant to. */
export const FORWARD: ReadonlySet<string> = new Set(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS']);
/** An event that is worked on so soon after it was sent is taken for one of the operation that goes on; with a second for rounding. */
const PROMPT = 31_000;
/** How long an event goes on by itself. */
const LONGEST_EVENT = 15 * 60_000;
const FAILED = new Set(['FAILED', 'ABORTED', 'EXPIRED']);
const OWN_TYPES = new Set(['Custom::OnDemandBackup', 'Custom::OnDemandBackupWait', 'Custom::OnDemandBackupFinal']);

/** What is known of a history, from the outside. */
export class Story<P extends Told> {
  public readonly requests: readonly Answered[];
  public readonly jobs: readonly Job[];
  private readonly statuses: readonly Entry<'stack'>[];

  constructor(public readonly play: P) {
    const { aws } = play;
    const answers = aws.recorder.of('answer');
    this.requests = aws.recorder.of('request').filter(({ event }) => OWN_TYPES.has(String(event.ResourceType))).map((request) => {
      const own = answers.filter(({ requestId }) => requestId === request.requestId);
      return { ...request, answers: own, taken: own.find(({ accepted }) => accepted) };
    });
    this.statuses = aws.recorder.of('stack').filter(({ type }) => type === 'AWS::CloudFormation::Stack');
    this.jobs = aws.backup.jobs().filter(({ createdBy, parentId }) => !createdBy && !parentId);
  }

  /** Whatever a history is about: each request gets one answer that is taken, in time. */
  public answersThatWentWrong(): string[] {
    const late = this.play.aws.recorder.of('stack').filter(({ reason, status }) => status.endsWith('_FAILED') && reason?.includes('did not receive a response'));
    return [
      ...late.map(({ logicalId }) => `no answer in time for ${logicalId}`),
      ...this.requests.filter(({ answers }) => answers.filter(({ accepted }) => accepted).length > 1).map(({ logicalId }) => `two answers taken for ${logicalId}`),
    ];
  }

  /** The status of the stack, and since when it has it. */
  public statusAt(time: number): { readonly status: string; readonly since: number } {
    const last = this.statuses.filter((entry) => entry.time <= time).at(-1);
    return { status: last?.status ?? 'none', since: last?.time ?? 0 };
  }

  /** Whether the stack was in one of the statuses then, or not long before. */
  public wasForwardWithin(time: number, tolerance: number, statuses: ReadonlySet<string> = FORWARD): boolean {
    const ends = this.statuses.map((entry, index) => statuses.has(entry.status) && entry.time <= time ? this.statuses[index + 1]?.time ?? Infinity : 0);
    return Math.max(0, ...ends) > time - tolerance;
  }

  public isDenied(time: number): boolean {
    return this.play.deniedSince !== undefined && time >= this.play.deniedSince;
  }

  /**
   * Whether an event of the operation before, which was given up, may have started the job. Nobody can tell such an event while the
   * status of the stack cannot be read, or where this operation began so soon after it that it may as well be one of its own.
   */
  public mayBeOfGivenUp({ createdAt }: Job): boolean {
    const startedAt = this.operationAt(createdAt)?.startedAt ?? 0;
    const since = this.isDenied(createdAt) ? 0 : startedAt - PROMPT;
    return this.requests.some(({ time, taken }) => !taken && time >= since && time < startedAt && createdAt < time + LONGEST_EVENT);
  }

  public operationAt(time: number): P['played'][number] | undefined {
    return this.play.played.filter(({ startedAt }) => startedAt <= time).at(-1);
  }

  public during<T extends { readonly time: number }>(entries: readonly T[], { startedAt, endedAt }: P['played'][number]): T[] {
    return entries.filter(({ time }) => time >= startedAt && time <= endedAt);
  }

  public jobsOf(played: P['played'][number]): Job[] {
    return this.jobs.filter(({ createdAt }) => this.operationAt(createdAt) === played);
  }
}

export const hasFailed = ({ state }: Job): boolean => FAILED.has(state);
export const isAliveAt = (job: Job, time: number): boolean => job.createdAt <= time && (job.finishedAt ?? Infinity) > time;
export const describeJob = ({ id, state, createdAt }: Job): string => `job ${id.slice(0, 8)} of ${new Date(createdAt).toISOString()} (${state})`;
