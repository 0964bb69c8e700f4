import type { Answer } from '../answer';
import { isAnother } from '../cloudformation';
import type { ResourceEvent } from '../event';
import { failed } from '../outcome';
import { statusPatienceUntil } from '../retry';
import type { Terms } from '../terms';
import { ANSWER_MARGIN, PROPAGATION, STACK_PAUSE } from '../timing';
import { turn, Turn } from '../turn';
import { handOver } from '../waiting';
import { brief, FinalAttempt, newAttempts, stepAll } from './attempts';
import { finalOperation } from './operation';
import type { FinalItem } from './request';
import type { Since } from './since';
import { refusalText, TOO_MANY } from './texts';

/** The last backups that one event asks for. */
export interface FinalTask {
  readonly event: ResourceEvent;
  readonly items: readonly FinalItem[];
  /** Which jobs count. */
  readonly since: Since;
  /** Tells this update from the next one. */
  readonly updateStartedAt?: number;
  readonly terms: Terms;
  /** Logical ids of the sources whose backup another part of the same operation waits on for. */
  readonly waitedOnFor: readonly string[];
  /** What CloudFormation is told when all is well. */
  readonly success: Answer;
}

/** What travels through the state machine. It is read by other versions of this function, so it can only grow. */
export interface FinalWait {
  readonly kind: 'final';
  readonly version: string;
  readonly task: FinalTask;
  readonly attempts: readonly FinalAttempt[];
  /** Seconds until the function is called again. */
  readonly pause: number;
  /** Set by the state machine where calling the function failed for good. */
  readonly error?: { readonly Error?: string; readonly Cause?: string };
}

const VERSION = '1';

/** In bytes. Step Functions hands on 256 KiB, with what it adds. */
const MOST = 250_000;

export function isFinalWait(payload: object): payload is FinalWait {
  return 'kind' in payload && payload.kind === 'final';
}

/** Undefined where the state machine will answer. */
export async function backUpAll(task: FinalTask): Promise<Answer | undefined> {
  const { event, items, terms, since } = task;
  const attempts = await stepAll(newAttempts(items, since, Date.now()), items, event, terms, untilOf(task));
  const answerOrWait = answerWhenEnded(task, attempts) ?? waitOf(task, attempts);
  if ('status' in answerOrWait) {
    return answerOrWait;
  }
  const patience = { transient: event.deadline, propagation: Date.now() + PROPAGATION };
  await handOver(terms.stateMachineArn!, event, answerOrWait, patience);
  return undefined;
}

/** One turn of the state machine about the last backups. */
export async function pollFinal(wait: FinalWait): Promise<Turn<FinalWait>> {
  return turn(wait.task.event, () => answerOrNext(wait));
}

async function answerOrNext(wait: FinalWait): Promise<Answer | FinalWait> {
  const { task } = wait;
  const { event, items, terms } = task;
  const abandoned = await reasonToStop(wait);
  if (abandoned !== undefined) {
    return failed(event, abandoned);
  }
  const attempts = await stepAll(wait.attempts, items, event, terms, untilOf(task));
  return answerWhenEnded(task, attempts) ?? waitOf(task, attempts);
}

async function reasonToStop({ error, version, task, attempts }: FinalWait): Promise<string | undefined> {
  const { event, updateStartedAt: begun } = task;
  if (error) {
    return refusalText(event, [`Waiting for the backups failed: ${error.Error ?? 'unknown error'}: ${error.Cause ?? 'no cause given'}.`]);
  }
  if (version !== VERSION) {
    return refusalText(event, [`Waiting was begun by another version of cdk-on-demand-backup (${version}).`]);
  }
  const mayStart = attempts.some(({ attempt, ended }) => !attempt.job && !ended);
  const { kind, updateStartedAt } = await finalOperation(event, undefined, statusPatienceUntil(mayStart ? untilOf(task) : 0));
  const now = kind === 'going on' && isAnother(updateStartedAt, begun) ? 'over' : kind;
  return now === 'going on' ? undefined : `Waiting for the final backups ended, because the stack operation is ${now}.`;
}

/** Undefined while an attempt is on its way. Time that runs out is a failure only where no other part waits on. */
function answerWhenEnded({ event, waitedOnFor, success }: FinalTask, attempts: readonly FinalAttempt[]): Answer | undefined {
  if (!attempts.every(({ ended }) => ended)) {
    return undefined;
  }
  const problems = attempts
    .filter(({ logicalId, ended }) => !(ended!.outOfTime && waitedOnFor.includes(logicalId)))
    .flatMap(({ ended }) => ended!.problem ?? []);
  return problems.length === 0 ? success : failed(event, refusalText(event, problems));
}

/** A failure where there is more to wait for than the state machine can hold: it would end, and nobody would answer. */
function waitOf(task: FinalTask, attempts: readonly FinalAttempt[]): FinalWait | Answer {
  const next = Math.min(...attempts.filter(({ ended }) => !ended).map(({ lookAt }) => lookAt), untilOf(task));
  const pause = Math.max(1, Math.ceil(Math.min(STACK_PAUSE, next - Date.now()) / 1000));
  const wait: FinalWait = { kind: 'final', version: VERSION, task, attempts: attempts.map(brief), pause };
  return Buffer.byteLength(JSON.stringify(wait)) <= MOST ? wait : failed(task.event, refusalText(task.event, [TOO_MANY]));
}

function untilOf({ event, terms }: FinalTask): number {
  return Math.min(event.issuedAt + (terms.timeout ?? 0) * 1000, event.deadline - ANSWER_MARGIN);
}
