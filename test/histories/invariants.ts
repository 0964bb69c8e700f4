import { intents } from './intents';
import type { Play } from './play';
import { Answered, describeJob, Entry, FORWARD, hasFailed, isAliveAt, Story as AnyStory } from './story';
import { sourceArn, SOURCES, VAULTS } from './variants';
import type { Job } from '../simulator/backup';

type Story = AnyStory<Play>;

const SECOND = 1000;
/** How long one call may hang: so much later than a look at the stack a job may still start. */
const ONE_CALL = 25 * SECOND;
/** How long a waiter may take to see that the stack has turned round. */
const TO_NOTICE = 90 * SECOND;
/** An event that is taken up so late shows that executions are scarce, and its job is followed for less long. */
const SCARCE = 180 * SECOND;
/** How long a second delivery may go on confirming a start. */
const CONFIRMATION = 600 * SECOND;
/** Within which a job that fails on permissions is started again. */
const PROPAGATION_SECONDS = 180;
/** Messages of jobs that fail because a role or policy is not known yet. */
const PROPAGATION = /assum|access denied|permission|privilege|authorized|does not exist/i;

/** Everything that must hold after any history; what does not hold, in words. */
export function problemsOf(play: Play): string[] {
  const story = new AnyStory(play);
  return [
    ...protocol(story), ...answersAreJustified(story), ...onlyGoingForward(story), ...oneJob(story), ...intents(story), ...answersAreTrue(story),
    ...quietAfterwards(story), ...secrets(story), ...endings(story), ...rollbacksRestore(story),
  ];
}

/** Exactly one answer is taken for each request, in time; and AWS has nothing to complain about. */
function protocol(story: Story): string[] {
  const { play: { aws }, requests } = story;
  const renamed = requests.filter(({ requestType, physicalId, taken }) => requestType === 'Update' && taken?.status === 'FAILED' && taken.physicalId !== physicalId);
  const statusAt = (time: number): string => story.statusAt(time).status;
  return [
    ...aws.recorder.of('violation').filter(({ what, time }) => FORWARD.has(statusAt(time)) && !isRepetition(what, time, story)).map(({ what }) => what),
    ...renamed.map(({ logicalId }) => `${logicalId} fails with another PhysicalResourceId`),
    ...story.answersThatWentWrong(),
  ];
}

/** A second answer may know more of the same job than the first one; while somebody listens, it may not contradict it. */
function isRepetition(violation: string, time: number, story: Story): boolean {
  const body = /a second answer that differs from the first: (.*)$/s.exec(violation)?.[1];
  if (body === undefined) return false;
  const second = JSON.parse(body) as { RequestId: string; Status: string; Data?: { BackupJobId: string } };
  const request = story.requests.find(({ requestId }) => requestId === second.RequestId);
  if (request && story.operationAt(request.time) !== story.operationAt(time)) return true;
  const first = request?.answers[0];
  const firstJob = story.jobs.find(({ id }) => id === first?.data?.BackupJobId);
  // What does not look at its job after the start cannot know that; what comes later makes the backup that is missing.
  const isMissing = firstJob !== undefined && hasFailed(firstJob) && PROPAGATION.test(firstJob.statusMessage ?? '');
  return first !== undefined && (first.status === second.Status || !first.accepted)
    && (isMissing || (first.data?.BackupJobId ?? second.Data?.BackupJobId) === second.Data?.BackupJobId);
}

/** Nothing that passes by itself fails a deployment, and no time is given away. */
function answersAreJustified(story: Story): string[] {
  return story.requests.flatMap(({ logicalId, requestType, time, taken, event }) => {
    if (taken?.status !== 'FAILED') return [];
    if (requestType === 'Delete') return [`the deletion of ${logicalId} fails: ${taken.reason ?? ''}`];
    const { reason = '' } = taken;
    const seconds = Number((event.ResourceProperties as { OnDemandBackup?: { Timeout?: string } }).OnDemandBackup?.Timeout ?? 0);
    const named = /Backup job (\S+) (ended|is COMPLETED, but)/.exec(reason)?.[1];
    const job = story.jobs.find(({ id }) => id === named);
    const isOld = job !== undefined && job.createdAt < story.operationAt(time)!.startedAt;
    const isEarly = job !== undefined && hasFailed(job) && PROPAGATION.test(job.statusMessage ?? '')
      && taken.time < time + Math.min(seconds - 60, PROPAGATION_SECONDS) * SECOND;
    const ended = (job !== undefined && !isOld && !isEarly) || reason.includes('because the stack');
    const waitsOn = (event.ResourceProperties as { OnDemandBackup?: { WaitsOn?: string } }).OnDemandBackup?.WaitsOn === 'true';
    const timedOut = !waitsOn && /waits no longer|No backup after|No backup job could be started/.test(reason) && taken.time >= time + Math.min(seconds - 1, 3530) * SECOND;
    const unreadable = reason.startsWith('The status of the stack cannot be read') && story.isDenied(taken.time);
    // Only where nothing but crashes is scripted.
    const crashed = reason.includes('Waiting for the backup failed: Runtime.ExitError') && story.play.history.lambda?.crash !== undefined;
    return ended || timedOut || unreadable || crashed ? [] : [`${logicalId} fails without a cause: ${reason}`];
  });
}

/** Never a job in a rollback, in a deletion, or when the operation is over. */
function onlyGoingForward(story: Story): string[] {
  return story.jobs
    .filter(({ createdAt }) => !story.isDenied(createdAt) && !story.wasForwardWithin(createdAt, ONE_CALL))
    .map((job) => `${describeJob(job)} was started while the stack was ${story.statusAt(job.createdAt).status}`);
}

/** Never two jobs of one intent that are alive or COMPLETED; and what waits starts none while another job of the resource lives. */
function oneJob(story: Story): string[] {
  const { listLagSeconds = 0 } = story.play.history.backupUndocumented;
  return story.jobs.flatMap((job) => {
    const operation = story.operationAt(job.createdAt);
    const before = story.jobs.filter((other) => other.sequence < job.sequence && !story.mayBeOfGivenUp(other));
    const isRolledBack = story.isDenied(job.createdAt) && !FORWARD.has(story.statusAt(job.createdAt).status);
    const doubled = before.find((other) => story.operationAt(other.createdAt) === operation && (isAliveAt(other, job.createdAt) || !hasFailed(other)));
    const gaveUp = before.find((other) => story.operationAt(other.createdAt) === operation && hasFailed(other) && !PROPAGATION.test(other.statusMessage ?? ''));
    const known = job.createdAt - listLagSeconds * SECOND - ONE_CALL;
    const blocked = operation?.operation.variant.completion === 'WAIT_FOR' && !story.mayBeOfGivenUp(job) && story.play.aws.backup.jobs().find((other) =>
      other.sequence < job.sequence && other.createdAt < known && isAliveAt(other, job.createdAt) && other.request.ResourceArn === job.request.ResourceArn);
    return [
      ...doubled && !isRolledBack ? [`${describeJob(job)} was started beside ${describeJob(doubled)}`] : [],
      ...gaveUp && !isRolledBack ? [`${describeJob(job)} was started after ${describeJob(gaveUp)}, which failed for good`] : [],
      ...blocked && !isRolledBack ? [`${describeJob(job)} was started while ${describeJob(blocked)} was alive`] : [],
    ];
  });
}

/** What is answered is what AWS Backup says; a success names a backup of this operation, as good as was asked for. */
function answersAreTrue(story: Story): string[] {
  return story.requests.flatMap((request) => {
    const { taken, logicalId } = request;
    if (taken?.status !== 'SUCCESS' || request.requestType === 'Delete') return [];
    const id = taken.data?.BackupJobId;
    const job = story.jobs.find((each) => each.id === id);
    if (id !== 'NONE' && !job) return [`${logicalId} answers job ${String(id)}, which does not exist`];
    const isNew = taken.physicalId !== request.physicalId && FORWARD.has(story.statusAt(request.time).status) && FORWARD.has(story.statusAt(taken.time).status);
    if (!job || !isNew || taken.reason?.startsWith('No backup')) return [];
    return newSuccess(story, request, taken, job);
  });
}

function newSuccess(story: Story, request: Answered, taken: Entry<'answer'>, job: Job): string[] {
  const { logicalId } = request;
  const played = story.operationAt(request.time)!;
  const { variant, source, vault } = played.operation;
  const state = String(taken.data?.State);
  const problems: string[] = [];
  const says = (isWrong: boolean, what: string) => { if (isWrong) problems.push(`${logicalId} answers ${describeJob(job)}: ${what}`); };
  const isOld = job.createdAt < played.startedAt;
  // By the terms of its time.
  if (isOld && waitedFor(request).settled === job.id) return [];
  says(isOld, 'it is older than the operation');
  says(job.request.ResourceArn !== sourceArn(SOURCES[source]), 'it is of another resource');
  says(job.request.BackupVaultName !== VAULTS[vault], 'it is in another vault');
  says(job.finishedAt !== undefined && job.finishedAt < taken.time - 120 * SECOND && state !== job.state && variant.completion === 'WAIT_FOR' && variant.onFailure === 'FAIL', `the answer says ${state}`);
  const died = hasFailed(job) && job.finishedAt! <= job.createdAt + 60 * SECOND;
  const isScarce = job.createdAt > request.time + SCARCE;
  says(variant.completion === 'CONFIRM_START' && variant.onFailure === 'FAIL' && died && !isScarce, 'it died in its first minute');
  const isLast = !story.requests.some((other) => other.event.ResourceType === 'Custom::OnDemandBackupWait' && other.time > request.time && story.operationAt(other.time) === played);
  const handsOn = (request.event.ResourceProperties as { OnDemandBackup?: { WaitsOn?: string } }).OnDemandBackup?.WaitsOn === 'true';
  if (variant.completion === 'WAIT_FOR' && isLast && !handsOn && variant.onFailure === 'FAIL' && variant.onTimeout !== 'WARN') {
    const isOver = (job.finishedAt ?? Infinity) <= taken.time;
    says(!isOver || !(job.state === 'COMPLETED' || (job.state === 'PARTIAL' && variant.onPartial === 'WARN')), 'the deployment did not wait for it');
    says(job.state === 'COMPLETED' && job.statusMessage !== undefined && variant.onIssues === 'FAIL', 'it has issues');
    const copy = story.play.aws.backup.copyJobs().find(({ sourceJobId }) => sourceJobId === job.id);
    says(copy !== undefined && variant.airGapped && job.state === 'COMPLETED' && (copy.state !== 'COMPLETED' || copy.finishedAt! > taken.time), 'its copy was not awaited');
  }
  return problems;
}

/** What a resource that waits on is given to wait for: a backup that is settled has nothing left to wait for. */
function waitedFor({ event }: Answered): { readonly settled?: string } {
  const { Backup: given } = (event.ResourceProperties as { OnDemandBackup?: { Backup?: string } }).OnDemandBackup ?? {};
  const [id, ...fields] = given?.split(';') ?? [];
  return fields.some((field) => field.startsWith('w=')) ? {} : { settled: id };
}

/** When nobody waits any more, nobody asks. */
function quietAfterwards(story: Story): string[] {
  // Whose permissions are gone is still told so, until nothing more can be hoped for.
  const calls = story.play.aws.recorder.of('call').filter(({ operation, caller, outcome }) => operation === 'DescribeBackupJob' && caller !== 'client' && outcome === 'success');
  // A function that confirms a start does not look at the stack: it is over soon, and the state machine is not.
  const isConfirming = story.play.history.operations.some(({ variant }) => variant.completion !== 'WAIT_FOR');
  const tolerance = isConfirming ? CONFIRMATION : TO_NOTICE + 2 * ONE_CALL;
  return calls
    .filter(({ time }) => !story.isDenied(time) && !story.wasForwardWithin(time, tolerance))
    .slice(0, 1)
    .map(({ time }) => `a job is still looked at at ${new Date(time).toISOString()}, while the stack is ${story.statusAt(time).status}`);
}

function secrets({ play: { aws } }: Story): string[] {
  const line = aws.recorder.of('log').find((entry) => /X-Amz-Date|secret-\d/.test(entry.line));
  return line ? [`a secret is in the log: ${line.line}`] : [];
}

/** Every operation comes to an end from which one can go on; queued jobs do not start when it has failed. */
function endings(story: Story): string[] {
  return story.play.played.flatMap((played, index) => {
    const { operation, result, endedAt } = played;
    // The next operation may take the permission to stop jobs away before anybody has noticed.
    const isFollowed = (story.play.played[index + 1]?.startedAt ?? Infinity) < endedAt + TO_NOTICE;
    const stuck = /^(UPDATE_ROLLBACK_FAILED|ROLLBACK_FAILED|DELETE_FAILED)$/.test(result.status) && !story.isDenied(endedAt);
    const isCalm = Object.values(story.play.history.disturbance).every((rate) => rate === 0);
    // A rollback takes away the state machine that its update had brought, and with it whoever was still waiting and would notice.
    const isUnwatched = story.during(story.requests, played).some(({ requestType, taken }) => requestType !== 'Delete' && !taken)
      && story.during(story.play.aws.recorder.of('stack'), played)
        .some(({ type, status }) => type === 'AWS::StepFunctions::StateMachine' && status.startsWith('DELETE'));
    const starts = story.jobsOf(played).find((job) => (job.runningSince ?? 0) > endedAt + TO_NOTICE);
    return [
      ...stuck ? [`the stack is stuck in ${result.status}: ${result.reason ?? ''}`] : [],
      ...starts && isCalm && !isFollowed && !isUnwatched && !story.isDenied(starts.createdAt) && !result.ok && operation.variant.completion === 'WAIT_FOR' ? [`${describeJob(starts)} begins to run after its deployment has failed`] : [],
    ];
  });
}

/**
 * A rollback brings back what the backup was when the stack was last complete. The id of a resource has room for one backup
 * before, so not after several that succeeded in deployments that failed and were not rolled back.
 */
function rollbacksRestore(story: Story): string[] {
  return story.requests.flatMap((request) => {
    const { taken, requestType, time, logicalId } = request;
    const isBack = requestType === 'Update' && /^UPDATE_ROLLBACK/.test(story.statusAt(time).status) && !story.isDenied(time);
    const before = isBack ? lastComplete(story, request) : undefined;
    if (!before?.physicalId?.includes(';i=') || taken?.status !== 'SUCCESS' || idsSince(story, before, request).size > 1) return [];
    const [was, is] = [before, taken].map(({ data }) => String(data?.BackupJobId));
    return was === is ? [] : [`after the rollback ${logicalId} is job ${is}, and it was ${was}`];
  });
}

function idsSince(story: Story, before: Entry<'answer'>, { logicalId, time }: Answered): Set<string | undefined> {
  return new Set(story.requests
    .filter((other) => other.logicalId === logicalId && other.time > before.time && other.time < time && other.taken?.status === 'SUCCESS')
    .map((other) => other.taken?.physicalId));
}

function lastComplete(story: Story, { logicalId, time }: Answered): Entry<'answer'> | undefined {
  const complete = story.play.played.filter(({ endedAt, result }) => endedAt <= time && /^(CREATE|UPDATE)_COMPLETE$/.test(result.status));
  return complete
    .flatMap((played) => story.during(story.requests, played))
    .filter((other) => other.logicalId === logicalId && other.requestType !== 'Delete' && other.taken?.status === 'SUCCESS')
    .at(-1)?.taken;
}
