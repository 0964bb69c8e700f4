import { invalidParameter } from './errors';
import { Jobs } from './jobs';
import { CreatedBy, Job, StartRequest } from './model';
import { Obstacles } from './obstacles';
import { Plans } from './plan';
import { validateBackupOptions, validateStartRequest } from './request';
import { Arn, parseArn, ResourceKind, resourceKind, unknownKind } from './resource-types';
import { Surroundings } from './surroundings';
import { Tokens } from './tokens';
import { View } from './views';

/** What it takes to start a job. */
export interface Starter {
  readonly surroundings: Surroundings;
  readonly obstacles: Obstacles;
  readonly tokens: Tokens;
  readonly plans: Plans;
  readonly jobs: Jobs;
  /** Types that tests named for ARNs that do not tell. */
  readonly namedTypes: ReadonlyMap<string, string>;
}

export function startBackupJob(input: Readonly<Record<string, unknown>>, starter: Starter): View {
  const request = input as unknown as StartRequest;
  const { tokens, surroundings } = starter;
  const earlier = tokens.earlierJob(request);
  if (earlier) return surroundings.undocumented.repeatedTokenReply === 'with-job-id' ? reply(earlier) : {};
  const arn = validateStartRequest(request, surroundings.undocumented);
  if (isElsewhere(arn, surroundings)) throw invalidParameter(`${request.ResourceArn} is in another account or Region`);
  const kind = kindOf(arn, request, starter);
  if (kind) validateBackupOptions(request, kind);
  const obstacle = starter.obstacles.atStart(request, kind, surroundings.clock.now());
  if (obstacle?.judged.in === 'call') throw obstacle.error;
  const job = starter.jobs.create({ request, kind: kind ?? unknownKind(arn), plan: starter.plans.take(request.ResourceArn), obstacle });
  tokens.remember(request, job);
  return reply(job);
}

/** A job that somebody else started: a backup plan, another stack, a person. */
export function startForeignJob(request: StartRequest, createdBy: CreatedBy | undefined, starter: Starter): Job {
  const arn = parseArn(request.ResourceArn)!;
  const kind = kindOf(arn, request, starter);
  const obstacle = starter.obstacles.atStart(request, kind, starter.surroundings.clock.now());
  if (obstacle?.judged.in === 'call') throw obstacle.error;
  return starter.jobs.create({ request, kind: kind ?? unknownKind(arn), plan: starter.plans.take(request.ResourceArn), obstacle, createdBy });
}

function kindOf(arn: Arn, request: StartRequest, { surroundings, namedTypes }: Starter): ResourceKind | undefined {
  return resourceKind(arn, surroundings.settings().management.DynamoDB ?? false, namedTypes.get(request.ResourceArn));
}

/** Some ARNs, those of buckets above all, have neither account nor Region. */
function isElsewhere(arn: Arn, { accountId, region }: Surroundings): boolean {
  return (arn.account !== '' && arn.account !== accountId) || (arn.region !== '' && arn.region !== region);
}

const reply = (job: Job): View => ({
  BackupJobId: job.id,
  CreationDate: job.createdAt / 1000,
  IsParent: job.kind.composite,
  RecoveryPointArn: job.kind.earlyArn ? job.plannedPointArn : undefined,
});
