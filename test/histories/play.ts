import { LocalAws, Machine, OperationResult, Template } from '../simulator';
import { accountFor } from './account';
import type { History, Operation } from './history';
import { ACCOUNT } from './synthesized';
import { AIR_GAPPED_VAULT, sourceArn, SOURCES, synthesized, VAULTS } from './variants';

/** One operation as it went. */
export interface Played {
  readonly operation: Operation;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly result: OperationResult;
}

export interface Play {
  readonly aws: LocalAws;
  readonly history: History;
  readonly played: readonly Played[];
  /** Since when the status of the stack could not be read. */
  readonly deniedSince?: number;
}

const STACK = 'Shop';
const SECOND = 1000;

/** What plays instead of what is shipped. */
export interface Cast {
  /** Folder of an assembly with another bundle. */
  readonly bundle?: string;
  /** Another template than the synthesized one. */
  readonly template?: (template: Template) => Template;
}

/** Plays a history in a new account. */
export async function play(history: History, machine: Machine, cast: Cast = {}): Promise<Play> {
  let current: Operation | undefined;
  let deniedSince: number | undefined;
  const aws = await accountFor(history, machine, {
    concurrency: history.concurrency,
    propagation: history.propagation,
    resourceFaults: ({ logicalId, action, rollback }) =>
      !rollback && action !== 'DELETE' && current?.kind === 'deploy' && current.fails === logicalId ? `${logicalId} does not want to` : undefined,
  }, () => deniedSince !== undefined);
  VAULTS.forEach((name) => aws.backup.putVault({ name }));
  aws.backup.putVault({ name: AIR_GAPPED_VAULT.split(':').at(-1)!, type: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT', minRetentionDays: 7, maxRetentionDays: 365 });
  aws.backup.putRole({ arn: PLAN_ROLE });

  const played: Played[] = [];
  for (const [index, operation] of history.operations.entries()) {
    if (operation.statusDenied) deniedSince ??= aws.clock.now();
    const act = actionFor(aws, operation, index, cast);
    if (!act) continue;
    current = operation;
    operation.jobs.forEach((plan, i) => aws.backup.plans.script(plan, i < operation.jobs.length - 1 ? { times: 1 } : {}));
    const startedAt = aws.clock.now();
    disturb(aws, operation);
    const result = await act();
    played.push({ operation, startedAt, endedAt: aws.clock.now(), result });
    await aws.clock.advance(operation.pauseMinutes * 60 * SECOND + 1);
  }
  // Late events and jobs still come.
  await aws.clock.advance(7 * 3600 * SECOND);
  return { aws, history, played, deniedSince };
}

const PLAN_ROLE = `arn:aws:iam::${ACCOUNT}:role/plan`;

function disturb(aws: LocalAws, { cancelAfter, foreignJob, source, vault }: Operation): void {
  const now = aws.clock.now();
  if (cancelAfter !== undefined) {
    aws.clock.at(now + cancelAfter * SECOND, () => {
      if (aws.stack(STACK)?.status === 'UPDATE_IN_PROGRESS') aws.cancel(STACK);
    });
  }
  if (foreignJob) {
    aws.clock.at(now + foreignJob.at * SECOND, () => {
      const request = { ResourceArn: sourceArn(SOURCES[source]), BackupVaultName: VAULTS[vault], IamRoleArn: PLAN_ROLE };
      aws.backup.plans.script({ queuedFor: 1, runningFor: foreignJob.runningFor }, { resource: request.ResourceArn, times: 1 });
      aws.backup.startForeignJob(request, { BackupPlanId: 'plan', BackupPlanArn: 'arn:aws:backup:eu-west-1:111122223333:backup-plan:nightly' });
    });
  }
}

/** Undefined where the stack is in a state in which nobody could do this. */
function actionFor(aws: LocalAws, operation: Operation, index: number, { bundle, template: change }: Cast): (() => Promise<OperationResult>) | undefined {
  const stack = aws.stack(STACK);
  const exists = stack !== undefined && !stack.gone;
  switch (operation.kind) {
    case 'destroy':
      return exists ? async () => aws.destroy(STACK) : undefined;
    case 'roll back':
      return exists && /^(CREATE|UPDATE)_FAILED$/.test(stack.status) ? async () => aws.rollback(STACK) : undefined;
    case 'deploy': {
      if (exists && /^(UPDATE_ROLLBACK_FAILED|ROLLBACK_FAILED|DELETE_FAILED)$/.test(stack.status)) return undefined;
      const { template, assembly } = synthesized(operation.variant);
      const parameters = {
        Release: String(operation.release),
        Tag: `secret-${operation.tag}`,
        Vault: VAULTS[operation.vault],
        Source: SOURCES[operation.source],
        Deployment: String(index),
      };
      return async () => aws.deploy(STACK, { template: change?.(template) ?? template, assembly: bundle ?? assembly }, { parameters, rollback: operation.rollback });
    }
  }
}
