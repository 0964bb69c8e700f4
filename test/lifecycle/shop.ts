import { ACCOUNT } from '../histories/synthesized';
import { AIR_GAPPED_VAULT, sourceArn, SOURCES, synthesized, Variant, VAULTS } from '../histories/variants';
import { DeployOptions, LocalAws, LocalAwsOptions, Machine, OperationResult, Recorded } from '../simulator';
import type { JobPlan } from '../simulator/backup';

export { failures, jobStates, startedWith } from '../support/shop';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const SOURCE = sourceArn(SOURCES[0]);
export const PLAN_ROLE = `arn:aws:iam::${ACCOUNT}:role/plan`;

/** A backup that waits up to an hour, and is strict where that is the default. */
export const WAITS: Variant = {
  completion: 'WAIT_FOR', timeoutMinutes: 60, onFailure: 'FAIL', onTimeout: 'FAIL', onPartial: 'FAIL', onIssues: 'WARN', airGapped: false,
};
export const CONFIRMS: Variant = { ...WAITS, completion: 'CONFIRM_START' };
export const FORGETS: Variant = { ...WAITS, completion: 'FIRE_AND_FORGET' };

export interface Wanted extends Partial<Variant> {
  readonly release?: string;
  readonly tag?: string;
  readonly vault?: string;
  readonly source?: string;
  /** Of the neighbour, which has nothing to do with the backup. */
  readonly deployment?: string;
}

/** A stack with a backup, a migration that is deployed after it, and a neighbour. */
export class Shop {
  private deployments = 0;

  constructor(public readonly aws: LocalAws, private readonly usual: Variant) {}

  public async deploy(wanted: Wanted = {}, options: DeployOptions = {}): Promise<OperationResult> {
    const { release = '1', tag = '1', vault = VAULTS[0], source = SOURCES[0], deployment = String(++this.deployments), ...variant } = wanted;
    const { template, assembly } = synthesized({ ...this.usual, ...variant });
    const parameters = { Release: release, Tag: tag, Vault: vault, Source: source, Deployment: deployment };
    return this.aws.deploy('Shop', { template, assembly }, { parameters, ...options });
  }

  public async destroy(): Promise<OperationResult> {
    return this.aws.destroy('Shop');
  }

  /** What the next jobs do, one after another. */
  public jobs(...plans: Partial<JobPlan>[]): void {
    plans.forEach((plan) => this.aws.backup.plans.script(plan, { times: 1 }));
  }

  /** A backup plan starts a job of the source. */
  public planJob(runningFor: number): void {
    this.aws.backup.plans.script({ queuedFor: 0, runningFor }, { resource: SOURCE, times: 1 });
    this.aws.backup.startForeignJob(
      { ResourceArn: SOURCE, BackupVaultName: VAULTS[0], IamRoleArn: PLAN_ROLE },
      { BackupPlanId: 'nightly', BackupPlanArn: `arn:aws:backup:eu-west-1:${ACCOUNT}:backup-plan:nightly` },
    );
  }

  /** Requests to the backup and to those that wait on for it. */
  public requests(): Extract<Recorded, { kind: 'request' }>[] {
    return this.aws.recorder.of('request').filter(({ event }) => String(event.ResourceType).startsWith('Custom::OnDemandBackup'));
  }

  public answers(): Extract<Recorded, { kind: 'answer' }>[] {
    return this.aws.recorder.of('answer').filter(({ accepted }) => accepted);
  }

  public calls(operation: string): Extract<Recorded, { kind: 'call' }>[] {
    return this.aws.recorder.of('call').filter((entry) => entry.operation === operation && entry.caller !== 'client');
  }

  /** When the resource got a status for the first time after that moment. */
  public statusTime(logicalId: RegExp, status: string, after = 0): number | undefined {
    return this.aws.recorder.of('stack').find((entry) => logicalId.test(entry.logicalId) && entry.status === status && entry.time >= after)?.time;
  }
}

/** An account with the vaults and the role that the shop uses. */
export async function prepared(machine: Machine, options: LocalAwsOptions = {}): Promise<LocalAws> {
  const aws = await LocalAws.start({ machine, ssm: { '/cdk-bootstrap/hnb659fds/version': '30' }, ...options });
  VAULTS.forEach((name) => aws.backup.putVault({ name }));
  aws.backup.putVault({ name: AIR_GAPPED_VAULT.split(':').at(-1)!, type: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT', minRetentionDays: 7, maxRetentionDays: 365 });
  aws.backup.putRole({ arn: PLAN_ROLE });
  return aws;
}

/** One account with a shop for each test of a file, all in this process. */
export function shops(): (usual?: Variant, options?: LocalAwsOptions) => Promise<Shop> {
  const machine = Machine.inline();
  let current: LocalAws | undefined;
  const stop = async (): Promise<void> => {
    await current?.stop();
    current = undefined;
  };
  afterEach(stop);
  return async (usual = WAITS, options = {}) => {
    await stop();
    current = await prepared(machine, options);
    return new Shop(current, usual);
  };
}
