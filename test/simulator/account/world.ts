import { BackupRecord, BackupService, Undocumented as BackupUndocumented } from '../backup';
import { VirtualClock } from '../clock';
import { AnswerBucket } from '../cloudformation/answers';
import { CustomResources, ForeignCustomResources } from '../cloudformation/custom';
import { CloudFormation } from '../cloudformation/engine';
import { DEFAULT_UNDOCUMENTED, ResourceFaults, Undocumented } from '../cloudformation/options';
import { Effects, OrdinaryResources, Physical } from '../cloudformation/ordinary';
import { QueryApi } from '../cloudformation/query-api';
import { Template } from '../cloudformation/template';
import { IamAccount } from '../iam/account';
import { LambdaFaults } from '../lambda/functions';
import { InvokeApi } from '../lambda/invoke-api';
import { LambdaService } from '../lambda/service';
import { Machine } from '../machine';
import { Random } from '../random';
import { Recorder } from '../recorder';
import { Gateway, NetworkFaults } from '../server/gateway';
import { StatesService } from '../states';
import { IamEffects } from './iam-effects';
import { IsOwn, LambdaEffects, notOfTheCdk } from './lambda-effects';
import { ServiceEffects } from './service-effects';
import { Sources } from './sources';

/** What one simulated account is like. */
export interface WorldOptions {
  /** The same seed and the same deeds give the same history. */
  readonly seed?: number;
  /** When it begins; the start of 2026 unless said. */
  readonly startTime?: number;
  readonly region?: string;
  readonly accountId?: string;
  readonly undocumented?: Partial<Undocumented>;
  readonly backupUndocumented?: Partial<BackupUndocumented>;
  /** AWS Backup's limits of calls per second; on unless said. */
  readonly rateLimits?: boolean;
  /** Executions of functions at the same time; 1,000 unless said. */
  readonly concurrency?: number;
  /** Milliseconds until new roles and policies count: for calls of functions, and for AWS Backup. */
  readonly propagation?: { readonly policies?: number; readonly backupRoles?: number };
  readonly lambdaFaults?: LambdaFaults;
  readonly networkFaults?: NetworkFaults;
  readonly resourceFaults?: ResourceFaults;
  /** Answers custom resources whose function is not run; they succeed unless said. */
  readonly foreignCustomResources?: ForeignCustomResources;
  readonly isOwn?: IsOwn;
  /** Parameter Store, also for `{{resolve:ssm:name}}`. */
  readonly ssm?: Readonly<Record<string, string>>;
}

/** Every part of one simulated account, wired. */
export interface World {
  readonly clock: VirtualClock;
  readonly recorder: Recorder;
  readonly lambda: LambdaService;
  readonly iam: IamAccount;
  readonly backup: BackupService;
  readonly states: StatesService;
  readonly sources: Sources;
  readonly cloudFormation: CloudFormation;
  readonly gateway: Gateway;
}

/** Tells several parts of a resource; undoes nothing if one of them refuses. */
function together(parts: readonly Effects[]): Effects {
  const tell = (what: keyof Effects) => (resource: Physical): void => parts.forEach((part) => part[what](resource));
  return { created: tell('created'), updated: tell('updated'), deleted: tell('deleted') };
}

/** Where the account finds what templates refer to. */
export interface Assets {
  readonly asset: (key: string) => string | undefined;
  readonly template: (url: string) => Template;
}

export function createWorld(machine: Machine, options: WorldOptions, assets: Assets): World {
  const { seed = 1, region = 'eu-west-1', accountId = '111122223333', propagation = {}, ssm = {} } = options;
  const clock = new VirtualClock(options.startTime ?? Date.UTC(2026, 0, 1));
  const random = new Random(seed);
  const recorder = new Recorder(clock);
  const undocumented = { ...DEFAULT_UNDOCUMENTED, ...options.undocumented };
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';

  const lambda = new LambdaService(clock, machine.pool, recorder, random, {
    region, accountId, endpoint: machine.front.endpoint, concurrency: options.concurrency ?? 1000, faults: options.lambdaFaults ?? {},
  });
  const iam = new IamAccount(clock, propagation.policies ?? 0, (accessKeyId) => {
    const caller = lambda.caller(accessKeyId);
    return caller && { roleArn: caller.roleArn, session: caller.name };
  });
  const sources = new Sources(recorder, partition);
  const chance = random.fork('backup');
  const backup = new BackupService({
    clock,
    authorizer: iam,
    accountId,
    region,
    rateLimits: options.rateLimits,
    undocumented: options.backupUndocumented,
    random: () => chance.next(),
    record: (entry) => recordBackup(recorder, entry),
    sourceState: (arn) => sources.state(arn),
    sourceContent: (arn) => sources.content(arn),
  });
  const states = statesService(clock, iam, lambda, random.fork('states'));
  const lambdaEffects = new LambdaEffects(lambda, iam, assets.asset, options.isOwn ?? notOfTheCdk);
  const effects = together([
    new IamEffects(iam, backup, () => clock.now(), propagation.backupRoles ?? 0), lambdaEffects, new ServiceEffects(backup, states, sources),
  ]);

  const bucket = new AnswerBucket(clock, recorder, machine.front.endpoint);
  const foreign = options.foreignCustomResources ?? (() => ({ status: 'SUCCESS' as const }));
  const cloudFormation = new CloudFormation({
    clock,
    recorder,
    undocumented,
    random: random.fork('cloudformation'),
    ordinary: new OrdinaryResources(clock, random.fork('ordinary'), { partition, region, accountId }, effects),
    custom: new CustomResources(clock, recorder, lambda, bucket, foreign, (functionArn) => lambdaEffects.missing(functionArn), random),
    faults: options.resourceFaults ?? (() => undefined),
    pseudo: { 'AWS::Region': region, 'AWS::AccountId': accountId, 'AWS::Partition': partition, 'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com' },
    dynamic: (reference) => ssm[reference.replace(/^ssm(-secure)?:/, '').split(':')[0]],
  }, assets.template, (name) => ssm[name]);

  const gateway = new Gateway(clock, lambda, recorder, random, options.networkFaults ?? (() => undefined));
  for (const service of [backup, states, bucket, new QueryApi(cloudFormation, iam, clock, undocumented), new InvokeApi(lambda, iam)]) gateway.add(service);
  return { clock, recorder, lambda, iam, backup, states, sources, cloudFormation, gateway };
}

function statesService(clock: VirtualClock, iam: IamAccount, lambda: LambdaService, random: Random): StatesService {
  return new StatesService({
    clock,
    authorizer: iam,
    random: () => random.next(),
    roleDenial: (roleArn, permission) => iam.denial(roleArn, permission),
    invoke: async (functionArn, payload) => {
      const { payload: answer, error } = await lambda.invoke(functionArn, JSON.stringify(payload));
      return error ? { kind: 'error', name: error.errorType, cause: JSON.stringify(error) } : { kind: 'ok', payload: JSON.parse(answer) as unknown };
    },
  });
}

/** Calls are recorded where they come in; here it is what the service does by itself. */
function recordBackup(recorder: Recorder, entry: BackupRecord): void {
  switch (entry.kind) {
    case 'job-state':
      recorder.add({ kind: 'backup', what: 'backup job', id: entry.job.id, state: entry.job.state, resource: entry.job.request.ResourceArn }, entry.time);
      break;
    case 'copy-state': recorder.add({ kind: 'backup', what: 'copy job', id: entry.copyJobId, state: entry.state }, entry.time); break;
    case 'recovery-point': recorder.add({ kind: 'backup', what: 'recovery point', id: entry.recoveryPointArn, state: entry.status }, entry.time); break;
    case 'RECOVERY-POINT-DELETION': recorder.violation(`${entry.caller} asks for the deletion of the recovery point ${entry.recoveryPointArn}`); break;
    case 'call': break;
  }
}
