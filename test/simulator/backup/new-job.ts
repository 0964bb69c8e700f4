import { CreatedBy, Job, StartRequest, Vault } from './model';
import { Obstacle } from './obstacles';
import { JobPlan, Outcome } from './plan';
import { backupPointArn, parseArn, ResourceKind } from './resource-types';
import { MINUTE, Surroundings } from './surroundings';
import { Target, target } from './target';
import { retentionProblem, Vaults } from './vaults';

/** What a new job is made of. */
export interface NewJob {
  readonly request: StartRequest;
  readonly kind: ResourceKind;
  readonly plan: JobPlan;
  /** Found by the call, and left to the job. */
  readonly obstacle?: Obstacle;
  readonly createdBy?: CreatedBy;
}

/** A job that fails whatever happens, because the service looks only after it has answered. */
export interface Doom {
  readonly outcome: Outcome;
  readonly afterSeconds: number;
}

/** Turns a request into a job record; nothing has happened to it yet. */
export function newJob(input: NewJob, surroundings: Surroundings, vaults: Vaults): { job: Job; doom?: Doom } {
  const { request, kind } = input;
  const { ids, clock, region, accountId: account } = surroundings;
  const now = clock.now();
  const where = chooseTarget(request, kind, vaults, now);
  const { vault } = where;
  const id = ids.uuid();
  const pointArn = vault.type === 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT' ? backupPointArn : kind.pointArn;
  const plannedPointArn = pointArn(parseArn(request.ResourceArn)!, { region, account, uuid: id, time: now });
  const job: Job = {
    id,
    sequence: ids.sequence(),
    createdAt: now,
    startBy: now + (request.StartWindowMinutes ?? 8 * 60) * MINUTE,
    // Counted from the scheduled time. FSx knows no such window; the console's default is seven days.
    completeBy: kind.type === 'FSx' ? Infinity : now + (request.CompleteWindowMinutes ?? 7 * 24 * 60) * MINUTE,
    request,
    resourceType: kind.type,
    kind,
    vault: { name: vault.name, arn: vault.arn, type: vault.type },
    copyTo: where.copyTo?.name,
    createdBy: input.createdBy,
    plan: input.plan,
    issue: where.issue,
    plannedPointArn,
    childIds: [],
    state: 'CREATED',
    recoveryPointArn: kind.earlyArn ? plannedPointArn : undefined,
  };
  return { job, doom: doom(input, where, surroundings) };
}

function doom(input: NewJob, where: Target, { undocumented }: Surroundings): Doom | undefined {
  const { request, obstacle } = input;
  if (obstacle) {
    return { outcome: failure(obstacle), afterSeconds: obstacle.judged.in === 'job' ? obstacle.judged.afterSeconds : 0 };
  }
  const afterSeconds = undocumented.retentionFailureAfterSeconds;
  const lock = where.copyTo === undefined ? where.vault : undocumented.airGappedRetention === 'backup-job' ? where.copyTo : undefined;
  const problem = lock && retentionProblem(lock, request.Lifecycle?.DeleteAfterDays);
  if (problem !== undefined) return { outcome: { state: 'FAILED', statusMessage: problem, messageCategory: 'InvalidParameters' }, afterSeconds };
  if (Object.keys(request.RecoveryPointTags ?? {}).length <= 50) return undefined;
  return { outcome: { state: 'FAILED', statusMessage: 'More than 50 tags specified', messageCategory: 'InvalidParameters' }, afterSeconds };
}

function chooseTarget(request: StartRequest, kind: ResourceKind, vaults: Vaults, now: number): Target {
  const airGapped = request.LogicallyAirGappedBackupVaultArn;
  const standard = vaults.get(request.BackupVaultName, now) ?? missingVault(request.BackupVaultName, vaults);
  return target(kind, standard, airGapped === undefined ? undefined : vaults.byArn(airGapped, now));
}

/** A job can be about a vault that is not there; it fails of that. */
function missingVault(name: string, vaults: Vaults): Vault {
  return { name, arn: vaults.arn(name), type: 'BACKUP_VAULT', createdAt: 0, visibleFrom: Infinity, locked: false };
}

export const failure = (obstacle: Obstacle): Outcome => ({
  state: 'FAILED',
  statusMessage: obstacle.statusMessage,
  messageCategory: obstacle.messageCategory,
});
