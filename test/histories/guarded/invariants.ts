import { TableName, TABLES } from './app';
import { deployedBefore, Deployed, isOnlyGuardBefore, migrationBody, protectionOf, tableBody } from './deployed';
import { arnOf, GuardedPlay, GuardedPlayed, nameOf } from './play';
import type { Job } from '../../simulator/backup';
import { describeJob as describe, FORWARD, isAliveAt, Story as AnyStory } from '../story';

type Story = AnyStory<GuardedPlay>;

const SECOND = 1000;
/** How long one call may hang: so much later than a look at the stack a job may still start. */
const ONE_CALL = 25 * SECOND;
/** An hour is looked at every 108 seconds at its end, and calls may fail: so much later the end of another job is noticed. */
const NOTICED = 180 * SECOND;
/** What one part of the final backups has, with what it may take beside its waiting. */
const PART = 65 * 60 * SECOND;
/** Statuses in which a source may be on its way out. */
const WITH_DELETIONS: ReadonlySet<string> = new Set([...FORWARD, 'DELETE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS']);

/** Everything that must hold after any history of guarded tables; what does not hold, in words. */
export function guardedProblemsOf(play: GuardedPlay): string[] {
  const story = new AnyStory(play);
  return [
    ...protocol(story), ...justified(story), ...onlyOfWhatWasThere(story), ...neverBeside(story), ...neverInRollbacks(story), ...endings(story),
    ...play.played.flatMap((played, index) => {
      const deployed = deployedBefore(play.played, index);
      return deployed === '?' ? [] : [...changes(story, played, deployed), ...deletions(story, played, deployed), ...untouched(story, played, deployed)];
    }),
  ];
}

const describeJob = (job: Job): string => `${describe(job)} of ${String(job.request.ResourceArn).split('/').at(-1)}`;
const isComplete = ({ state, statusMessage }: Job): boolean => state === 'COMPLETED' && statusMessage === undefined;

function protocol(story: Story): string[] {
  return [
    ...story.play.aws.recorder.of('violation').map(({ what }) => what).filter((what) => !what.includes('a second answer that differs')),
    ...story.answersThatWentWrong(),
  ];
}

/** Nothing fails where every backup of the operation is as good as it can be, and nobody turned round. */
function justified(story: Story): string[] {
  return story.requests.flatMap(({ logicalId, requestType, time, taken, event }) => {
    if (taken?.status !== 'FAILED') return [];
    const { reason = '' } = taken;
    if (requestType === 'Delete' && event.ResourceType !== 'Custom::OnDemandBackupFinal') return [`the deletion of ${logicalId} fails: ${reason}`];
    const isBad = badOrInTheWay(story, story.operationAt(time)!, taken.time).length > 0;
    const isOver = reason.includes('because the stack');
    return isBad || isOver || reason.startsWith('An earlier update failed') ? [] : [`${logicalId} fails without a cause: ${reason}`];
  });
}

/** Backups of the operation that are not all they should be, or cannot be seen yet, and earlier ones that have not ended. */
function badOrInTheWay(story: Story, played: GuardedPlayed, time: number): Job[] {
  const { describeLagSeconds = 0 } = story.play.history.backupUndocumented;
  const seenSince = time - describeLagSeconds * SECOND;
  const own = story.jobsOf(played).filter((job) => !isComplete(job) || job.finishedAt! > time || job.createdAt > seenSince);
  return [...own, ...story.jobs.filter((job) => job.createdAt < played.startedAt && (job.finishedAt ?? Infinity) > time - NOTICED)];
}

/**
 * A backup is of the resource that was there before the operation, never of what the operation has put in its place. Only a
 * gate cannot tell its source's replacement from its update, and backs up once too often.
 */
function onlyOfWhatWasThere(story: Story): string[] {
  return story.jobs.filter((job) => {
    const played = story.operationAt(job.createdAt)!;
    const { operation, before: { arns } } = played;
    const isOfGate = isGated(operation) && arns.Orders !== undefined && String(job.request.ResourceArn).includes('-Orders');
    return !isOfGate && !standing(story, played).includes(String(job.request.ResourceArn));
  }).map((job) => `${describeJob(job)} is of nothing that was there before the operation`);
}

/** ARNs of the tables before an operation. What an update has replaced that failed without rollback stands until a clean-up. */
function standing(story: Story, played: GuardedPlayed): string[] {
  const { played: all } = story.play;
  const previous = all[all.indexOf(played) - 1];
  return [...Object.values(played.before.arns), ...previous?.result.status === 'UPDATE_FAILED' ? standing(story, previous) : []];
}

/** Several backups of one source go one after another. */
function neverBeside(story: Story): string[] {
  const jobs = story.jobs.filter((job) => !story.mayBeOfGivenUp(job));
  return jobs.flatMap((job) => {
    const beside = jobs.find((other) => other.sequence < job.sequence && other.request.ResourceArn === job.request.ResourceArn
      && story.operationAt(other.createdAt) === story.operationAt(job.createdAt) && isAliveAt(other, job.createdAt));
    return beside ? [`${describeJob(job)} was started beside ${describeJob(beside)}`] : [];
  });
}

function neverInRollbacks(story: Story): string[] {
  return story.jobs
    .filter(({ createdAt }) => !story.wasForwardWithin(createdAt, ONE_CALL, WITH_DELETIONS))
    .map((job) => `${describeJob(job)} was started while the stack was ${story.statusAt(job.createdAt).status}`);
}

/** A stack is never stuck, but for a deletion that nothing was lost by. */
function endings(story: Story): string[] {
  return story.play.played.flatMap((played) => {
    const { result, operation, endedAt } = played;
    const mayKeep = result.status === 'DELETE_FAILED' && (operation.deletionFails !== undefined || badOrInTheWay(story, played, endedAt).length > 0);
    return /^(UPDATE_ROLLBACK_FAILED|ROLLBACK_FAILED|DELETE_FAILED)$/.test(result.status) && !mayKeep ? [`the stack is stuck in ${result.status}: ${result.reason ?? ''}`] : [];
  });
}

/** No update of what is guarded or gated starts without a backup of this operation that is COMPLETED, of the old resource. */
function changes(story: Story, played: GuardedPlayed, deployed: Deployed): string[] {
  const { operation, before } = played;
  if (operation.kind !== 'deploy' || deployed === undefined) return [];
  const begun = story.during(story.play.aws.recorder.of('stack'), played)
    .filter(({ status, time }) => /^(CREATE|UPDATE)_IN_PROGRESS$/.test(status) && FORWARD.has(story.statusAt(time).status));
  return begun.flatMap((entry) => {
    const name = nameOf(entry.logicalId, entry.type);
    const source = sourceThatMustBeSafe(name, played, deployed);
    const arn = source && before.arns[source];
    if (!arn || (name === 'Migration' && isAnother(story, played, arn))) return [];
    const isSafe = story.jobsOf(played).some((job) => job.request.ResourceArn === arn && job.state === 'COMPLETED' && job.finishedAt! <= entry.time);
    return isSafe ? [] : [`${name!} is ${entry.status} without a COMPLETED backup of ${source}`];
  });
}

/** The table of which there must be a backup before this changes. */
function sourceThatMustBeSafe(name: ReturnType<typeof nameOf>, { operation }: GuardedPlayed, deployed: NonNullable<Deployed>): TableName | undefined {
  if (name === 'Migration') return isGated(operation) && migrationBody(operation) !== migrationBody(deployed) ? 'Orders' : undefined;
  if (name === undefined || name === 'Topic') return undefined;
  const isGuarded = /guard|final/.test(protectionOf(operation, name));
  return isGuarded && tableBody(deployed, name) !== undefined && tableBody(deployed, name) !== tableBody(operation, name) ? name : undefined;
}

const isGated = ({ code }: Pick<GuardedPlayed['operation'], 'code'>): boolean => code.gate && code.orders !== 'absent';

/** Whether the operation has put another table in the place of the orders: there is nothing in that yet. */
function isAnother(story: Story, played: GuardedPlayed, arn: string): boolean {
  return story.during(story.play.aws.recorder.of('stack'), played)
    .some(({ logicalId, type, physicalId, status }) => nameOf(logicalId, type) === 'Orders' && /^(CREATE|UPDATE)_COMPLETE$/.test(status) && arnOf(physicalId) !== arn);
}

/** A guarded source is never deleted without a final backup that is COMPLETED and holds what was in it at the start. */
function deletions(story: Story, played: GuardedPlayed, deployed: Deployed): string[] {
  if (deployed === undefined) return [];
  const deleted = story.during(story.play.aws.recorder.of('stack'), played)
    .filter(({ type, status }) => type === 'AWS::DynamoDB::Table' && status === 'DELETE_IN_PROGRESS')
    .filter(({ time }) => !story.statusAt(time).status.includes('ROLLBACK'));
  return deleted.flatMap((entry) => {
    const name = nameOf(entry.logicalId, entry.type) as TableName;
    const arn = arnOf(entry.physicalId);
    const since = firstAttempt(story.play.played, played);
    if (since.before.arns[name] !== arn || !asksForFinal(played, name, deployed)) return [];
    const jobs = story.jobs.filter((job) => job.request.ResourceArn === arn && (job.createdAt >= since.startedAt || isTakenUp(job, since, deployed)));
    const good = jobs.filter((job) => isComplete(job) && job.finishedAt! <= entry.time);
    if (good.length === 0) return isOnlyGuardBefore(played.operation, deployed) && jobs.length > 0 ? [] : [`${name} is deleted without a final backup that is COMPLETED`];
    const contents = good.map((job) => [contentOf(story, job), story.operationAt(job.createdAt)!.before.contents[arn]]);
    return contents.some(([is, was]) => is === was) ? [] : [`${name} is deleted, and its final backup holds ${contents.map(([is, was]) => `${is} instead of ${was}`).join()}`];
  });
}

/** Where several hours may pass, a job that still runs is taken up: it could not be made again in the last one. */
function isTakenUp(job: Job, { startedAt }: GuardedPlayed, { code: { timeoutHours } }: NonNullable<Deployed>): boolean {
  return job.createdAt > startedAt - (timeoutHours - 1) * PART && isAliveAt(job, startedAt);
}

const contentOf = (story: Story, { id }: Job): string | undefined => story.play.aws.backup.recoveryPoints().find(({ jobId }) => jobId === id)?.content;

/** A final backup that was COMPLETED is not made once more where CloudFormation only deletes what is left. */
function firstAttempt(played: readonly GuardedPlayed[], last: GuardedPlayed): GuardedPlayed {
  let index = played.indexOf(last);
  while (last.operation.kind === 'destroy' && played[index - 1]?.operation.kind === 'destroy') index -= 1;
  return played[index];
}

function asksForFinal({ operation }: GuardedPlayed, name: TableName, deployed: NonNullable<Deployed>): boolean {
  const was = protectionOf(deployed, name);
  const is = protectionOf(operation, name);
  return was === 'final' && (operation.kind === 'destroy' || is === 'absent' || is === 'final');
}

/** What nobody has touched is not backed up. */
function untouched(story: Story, played: GuardedPlayed, deployed: Deployed): string[] {
  const { operation, before } = played;
  return operation.kind === 'destroy' ? [] : TABLES.flatMap((name) => {
    const jobs = story.jobsOf(played).filter((job) => job.request.ResourceArn === before.arns[name]);
    return jobs.length === 0 || deployed === undefined || isAskedFor(operation, name, deployed) ? [] : [`nothing has touched ${name}, and ${describeJob(jobs[0])} was started`];
  });
}

function isAskedFor(operation: GuardedPlayed['operation'], name: TableName, deployed: NonNullable<Deployed>): boolean {
  const [was, is] = [protectionOf(deployed, name), protectionOf(operation, name)];
  const isChanged = tableBody(deployed, name) !== tableBody(operation, name);
  const isNewlyGuarded = /guard|final/.test(is) && !/guard|final/.test(was);
  const gates = name === 'Orders' && isGated(operation) && (!isGated(deployed) || migrationBody(operation) !== migrationBody(deployed) || isChanged);
  return gates || isNewlyGuarded || (isChanged && (/guard|final/.test(is) || was === 'final'));
}
