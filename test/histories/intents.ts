import type { Played, Play } from './play';
import { Answered, describeJob, FORWARD, Story as AnyStory } from './story';
import type { Job } from '../simulator/backup';

type Story = AnyStory<Play>;

const intentOf = ({ operation: { release, source, vault, variant } }: Played): string =>
  JSON.stringify([release, source, vault, variant.completion === 'WAIT_FOR', variant.airGapped]);

/** An intent that is fulfilled starts nothing; one that is not is never passed over, and what waits for the backup waits for it. */
export function intents(story: Story): string[] {
  const problems: string[] = [];
  // `undefined`: none is; `'?'`: it cannot be told from the outside.
  let fulfilled: string | undefined;
  let handedOnFor = 0;
  for (const played of story.play.played) {
    const { operation, result } = played;
    const { variant } = operation;
    // Whoever waited on is gone, and with it what is known of the backup.
    if (operation.kind === 'deploy' && variant.timeoutMinutes < handedOnFor) fulfilled = '?';
    const jobs = story.jobsOf(played);
    const intent = intentOf(played);
    const own = story.during(story.requests, played);
    const asked = (type: string): Answered[] => own.filter(({ event, requestType }) => event.ResourceType === type && requestType !== 'Delete');
    const [main, waits] = [asked('Custom::OnDemandBackup'), asked('Custom::OnDemandBackupWait')];
    if (operation.kind === 'deploy' && result.status !== 'none') {
      const unasked = jobs.find((job) => !story.mayBeOfGivenUp(job));
      if (intent === fulfilled && unasked) problems.push(`nothing has changed, and ${describeJob(unasked)} was started`);
      const isStrict = variant.onFailure === 'FAIL' && variant.onTimeout === 'FAIL';
      const isNew = intent !== fulfilled && fulfilled !== '?';
      if (isNew && isStrict && result.ok && main.length > 0 && jobs.length === 0) problems.push(`operation ${played.startedAt} succeeded without a backup`);
      if (isNew && isStrict && variant.completion === 'WAIT_FOR') problems.push(...gateHeld(story, played, jobs));
    }
    fulfilled = fulfilledAfter(story, played, intent, { main, waits }, fulfilled);
    if (own.some(({ taken }) => taken?.physicalId?.includes(';w='))) handedOnFor = Math.max(handedOnFor, variant.timeoutMinutes);
  }
  return problems;
}

function gateHeld(story: Story, played: Played, jobs: readonly Job[]): string[] {
  return story.during(story.play.aws.recorder.of('stack'), played)
    .filter(({ type, status, time }) => type === 'Custom::Migration' && FORWARD.has(status) && FORWARD.has(story.statusAt(time).status))
    .filter(({ time }) => !jobs.some((job) => /COMPLETED|PARTIAL/.test(job.state) && (job.finishedAt ?? Infinity) <= time))
    .map(({ status }) => `the migration is ${status} without a backup of this operation`);
}

function fulfilledAfter(
  story: Story, { operation, result }: Played, intent: string, { main, waits }: Record<'main' | 'waits', readonly Answered[]>, before: string | undefined,
): string | undefined {
  const remembers = (request: Answered): boolean => request.taken?.physicalId?.includes(';i=') ?? false;
  const last = main.filter(({ taken }) => taken).at(-1);
  if (/^(CREATE|UPDATE)_COMPLETE$/.test(result.status) && operation.kind === 'deploy') {
    // What is handed on is settled by whoever waits last; where that ends in a warning, it begins again in the next update that asks it.
    const lastWait = last?.taken?.physicalId?.includes(';w=') ? waits.filter(({ taken }) => taken).at(-1) : undefined;
    if (lastWait && !remembers(lastWait)) return '?';
    return last ? (remembers(last) ? intent : undefined) : before;
  }
  if (result.status === 'UPDATE_ROLLBACK_COMPLETE') {
    // Where CloudFormation asks for nothing, the id of before has come back.
    const isBack = last !== undefined && !FORWARD.has(story.statusAt(last.time).status);
    return isBack && !remembers(last) ? undefined : before;
  }
  if (/^(DELETE_COMPLETE|ROLLBACK_COMPLETE)$/.test(result.status)) return undefined;
  // With rollback disabled, what has failed is what it was before.
  return main.length > 0 && main.every(({ taken }) => taken?.status === 'FAILED') ? before : '?';
}
