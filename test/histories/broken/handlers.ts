import { brokenBundle } from './bundle';
import type { Template } from '../../simulator';
import type { Cast } from '../play';
import type { Synthesized } from '../synthesized';

/** A function, or a state machine, with one thing wrong. */
export type Broken = {
  readonly name: string;
  /** The exam that it is thought to fail; the others come after it. */
  readonly exam: string;
} & (
  | { readonly file: string; readonly edits: readonly (readonly [from: string, to: string])[] }
  | { readonly machine: (states: Record<string, Record<string, unknown>>) => void }
);

const code = (name: string, exam: string, file: string, from: string, to: string, ...more: [string, string][]): Broken =>
  ({ name, exam, file, edits: [[from, to], ...more] });

export const BROKEN: readonly Broken[] = [
  code('no token', 'the answer of StartBackupJob gets lost', 'step.ts', 'startJob({ ...start, IdempotencyToken: token })', 'startJob({ ...start, IdempotencyToken: undefined })'),
  code('token without RequestId', 'two changes within the life of a token', 'step.ts', 'JSON.stringify([stackId, logicalResourceId, requestId, resourceArn, failedBefore])', 'JSON.stringify([stackId, logicalResourceId, resourceArn, failedBefore])'),
  code('job of an earlier delivery not looked for', 'the function crashes after the job is started, and tokens are not remembered', 'step.ts', 'const found = own.find((job) => !failedOnPropagation(job));', 'const found = own.find(() => false);'),
  code('rollback ignored', 'a sibling fails: rollback', 'decide.ts', 'return { kind: \'answer\', memory: rolledBack(intent, memory), why: \'the stack is rolling back\' };', 'return { kind: \'back up\' };'),
  code('status unreadable means skip', 'the status cannot be read', 'decide.ts', 'case undefined:\n      return { kind: \'back up\' };', 'case undefined:\n      return { kind: \'answer\', memory, why: \'the status is unknown\' };'),
  code('answer after the deadline', 'time runs out', 'poll.ts', 'event.deadline - ANSWER_MARGIN);', 'event.deadline + 4 * ANSWER_MARGIN);'),
  code('answer twice', 'create, change, unchanged, delete', 'index.ts', 'await deliver(event, answer);', 'await deliver(event, answer);\n    await deliver(event, { ...answer, status: \'FAILED\', reason: \'once more\' });'),
  code('answer not tried again', 'the PUT is refused twice', 'answer.ts', 'if (typeof outcome === \'number\' && outcome < 500) {', 'if (typeof outcome === \'number\') {'),
  code('poll error treated as final', 'calls are throttled', 'verdict.ts', 'case \'transient\':\n      return true;', 'case \'transient\':\n      return false;'),
  code('propagation treated as final', 'permissions of the role propagate', 'timing.ts', 'const PROPAGATION = 180_000;', 'const PROPAGATION = 0;'),
  code('job that failed on propagation not started again', 'permissions of the role propagate', 'verdict.ts', 'const again = canStartAgain && failedOnPropagation(job)', 'const again = canStartAgain && !job'),
  code('every failed job started again', 'a job fails, deployed again', 'job.ts', 'return hasFailed(job) && soundsLikePropagation(job.statusMessage);', 'return hasFailed(job);'),
  code('unbounded Reason', 'a job fails with an endless message', 'answer.ts', 'const MAX_BYTES = 4096;', 'const MAX_BYTES = 1e9;'),
  code('unbounded PhysicalResourceId', 'the same, and the deployment goes on', 'physical-id.ts', 'const MAX_BYTES = 1024;', 'const MAX_BYTES = 1e9;', ['const MAX_MESSAGE = 160;', 'const MAX_MESSAGE = 1e9;']),
  code('intent from OldResourceProperties', 'a job fails, rollback disabled, deployed again', 'index.ts', 'const memory = memoryOf(event.physicalResourceId);',
    'const memory = { ...memoryOf(event.physicalResourceId), ...(payload.RequestType === \'Update\' ? { intent: intentOf(resourceRequest(payload.OldResourceProperties)) } : {}) };'),
  code('waiting is no part of the intent', 'a backup begins to wait', 'intent.ts', 'terms.kind === \'WAIT_FOR\',', ''),
  code('trigger is no part of the intent', 'create, change, unchanged, delete', 'intent.ts', 'trigger.values,', ''),
  code('old job accepted', 'create, change, unchanged, delete', 'step.ts', 'jobs.filter((job) => (job.createdAt ?? 0) >= (hasEnded(job) ? endedSince : since) && !job.planArn', 'jobs.filter((job) => !job.planArn'),
  code('job of a backup plan accepted', 'a backup plan starts a job while permissions propagate', 'step.ts', '(hasEnded(job) ? endedSince : since) && !job.planArn\n    && job.roleArn === start.IamRoleArn && isInVault', '(hasEnded(job) ? endedSince : since) && isInVault'),
  code('waiter that never looks at the stack', 'cancelled while waiting', 'poll.ts', 'if (attempt.job && now < stackSeenAt', 'if (now < Infinity || now < stackSeenAt'),
  code('wait that goes on in the next operation', 'cancelled while another job is waited out, then changed again', 'cloudformation.ts', 'operation === \'forward\' && isAnother', 'operation === \'over\' && isAnother'),
  code('event of an earlier operation taken', 'an event comes in the next operation', 'decide.ts', 'return startedAt !== undefined && now > event.issuedAt + PROMPT', 'return startedAt === undefined && now > event.issuedAt + PROMPT'),
  code('stack not looked at before a late start', 'cancelled while permissions propagate', 'follow.ts', 'if (now !== \'forward\') {', 'if (now === undefined) {'),
  code('deadline counted from the invocation', 'an event comes fourteen minutes late, and permissions propagate', 'event.ts', 'const issuedAt = issueTime(event.ResponseURL) ?? now;', 'const issuedAt = now;'),
  code('FAILED with a new id', 'a job fails, rollback disabled, deployed again', 'outcome.ts', 'return { status: \'FAILED\', physicalResourceId: event.physicalResourceId ?? physicalIdOf({}), reason };', 'return { status: \'FAILED\', physicalResourceId: physicalIdOf({ intent: \'?\' }), reason };'),
  code('previous backup not remembered', 'a sibling fails: rollback', 'outcome.ts', 'return before.intent === undefined ? undefined : before;', 'return undefined;'),
  code('start not confirmed', 'a job dies after 40 seconds', 'timing.ts', 'const FIRST_MINUTE = 60_000;', 'const FIRST_MINUTE = 0;'),
  code('other jobs not waited for', 'somebody else\'s job is running', 'step.ts', 'const blockers = waits ? jobs.filter(isLive) : [];', 'const blockers = waits ? jobs.slice(jobs.length) : [];'),
  code('queued job left behind', 'time runs out while the job is queued', 'outcome.ts', 'const mustStop = job && (isQueued(job) ||', 'const mustStop = job && (!job ||'),
  code('copy not waited for', 'the copy fails', 'step.ts', 'const needsCopy = request.terms.kind === \'WAIT_FOR\'', 'const needsCopy = request.terms.kind === \'CONFIRM_START\''),
  code('PARTIAL taken for COMPLETED', 'PARTIAL', 'verdict.ts', 'return { kind: \'bad\', job, what: \'partial\' };', 'return { kind: \'good\', job };'),
  code('issues taken for COMPLETED', 'issues that may not be', 'job.ts', 'return job.state === \'COMPLETED\' && (Boolean', 'return job.state === \'?\' && (Boolean'),
  code('nobody waits on', 'a job of two hours', 'outcome.ts', 'return request.terms.waitsOn ? handedOn(attempt, asked) : timedOut(attempt, asked);', 'return timedOut(attempt, asked);'),
  code('link goes on with a job of an earlier deployment', 'a job fails in its second hour, rollback disabled, deployed again', 'attempt.ts', 'const isOfThisOperation = handedOn! >=', 'const isOfThisOperation = handedOn! > 0 || handedOn! >='),
  code('missing attribute', 'create, change, unchanged, delete', 'attributes.ts', 'BackupJobId: job?.id ?? NOT_AVAILABLE,', 'BackupJobId: undefined as never,'),
  code('response URL in the log', 'create, change, unchanged, delete', 'index.ts', 'log(\'event\', {', 'log(\'event\', { payload,'),
  { name: 'state machine without Retry', exam: 'polls crash', machine: (states) => ['Poll', 'GiveUp'].forEach((name) => delete states[name].Retry) },
  { name: 'state machine without Catch', exam: 'polls crash for good', machine: (states) => delete states.Poll.Catch },
];

/** Builds what is broken. Fails where the code is not as it was when the fault was thought of. */
export async function castOf(broken: Broken, shipped: Synthesized): Promise<Cast> {
  return 'machine' in broken ? { template: withMachine(broken.machine) } : { bundle: await brokenBundle(broken, shipped.assembly) };
}

function withMachine(change: Extract<Broken, { machine: unknown }>['machine']): (template: Template) => Template {
  return (template) => {
    const copy = JSON.parse(JSON.stringify(template)) as { Resources: Record<string, { Type: string; Properties: { Definition: { States: never } } }> };
    Object.values(copy.Resources).filter(({ Type }) => Type === 'AWS::StepFunctions::StateMachine').forEach(({ Properties }) => change(Properties.Definition.States));
    return copy as unknown as Template;
  };
}
