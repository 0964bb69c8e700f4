import { Clock } from '../clock';
import { Authorizer, Service, ServiceRequest, ServiceResponse } from '../service';
import { Agenda } from './agenda';
import { answer, errorAnswer } from './answers';
import { CopyJobs } from './copies';
import { accessDenied, BackupError } from './errors';
import { Faults } from './faults';
import { Jobs } from './jobs';
import { CopyJob, CreatedBy, Job, RecoveryPoint, StartRequest, Vault } from './model';
import { Obstacles } from './obstacles';
import { needed, OPERATIONS, Parts } from './operations';
import { Plans } from './plan';
import { RecoveryPoints } from './points';
import { Rates } from './rates';
import { parseStartRequest } from './request';
import { RESOURCE_TYPES } from './resource-types';
import { RoleInput, Roles } from './roles';
import { Call, route } from './routes';
import { startForeignJob } from './start';
import { BackupRecord, CallOutcome, partitionOf, RecordedCall, RegionSettings, SourceState, Surroundings, uuidFrom } from './surroundings';
import { Tokens } from './tokens';
import { Undocumented, UNDOCUMENTED_DEFAULTS } from './undocumented';
import { VaultInput, Vaults } from './vaults';

export interface BackupServiceOptions {
  readonly clock: Clock;
  readonly authorizer: Authorizer;
  readonly accountId: string;
  readonly region: string;
  /** Everything that is left to chance, from 0 to below 1. */
  readonly random: () => number;
  readonly record: (entry: BackupRecord) => void;
  readonly sourceState: (arn: string) => SourceState;
  /** What is in a source, for recovery points to remember. */
  readonly sourceContent: (arn: string) => string | undefined;
  readonly undocumented?: Partial<Undocumented>;
  /** The documented limits of calls per second; on unless said. */
  readonly rateLimits?: boolean;
}

/** AWS Backup, as far as this project uses it. */
export class BackupService implements Service {
  public readonly signingName = 'backup';
  /** What tests want to go wrong with calls. */
  public readonly faults = new Faults();
  /** What tests want to happen to jobs. */
  public readonly plans = new Plans();

  private readonly parts: Parts;
  private readonly roles: Roles;
  private readonly rates: Rates;
  private readonly namedTypes = new Map<string, string>();
  private readonly listeners: ((job: Job, time: number) => void)[] = [];
  private readonly recordedCalls: RecordedCall[] = [];
  private settings: RegionSettings = {
    optIn: Object.fromEntries(RESOURCE_TYPES.map((type) => [type, true])),
    management: { DynamoDB: true, EFS: true },
  };

  constructor(private readonly options: BackupServiceOptions) {
    const surroundings = this.surroundings();
    this.roles = new Roles(surroundings);
    this.rates = new Rates(options.clock);
    const vaults = new Vaults(surroundings);
    const points = new RecoveryPoints(surroundings, vaults, this.roles);
    const copies = new CopyJobs(surroundings, vaults, points);
    const obstacles = new Obstacles(surroundings, vaults, this.roles);
    const jobs = new Jobs(surroundings, vaults, points, copies, obstacles);
    const tokens = new Tokens(surroundings);
    this.parts = { surroundings, vaults, points, copies, obstacles, jobs, tokens, plans: this.plans, namedTypes: this.namedTypes };
  }

  // eslint-disable-next-line @typescript-eslint/require-await
  public async handle(request: ServiceRequest): Promise<ServiceResponse> {
    this.parts.surroundings.agenda.settle();
    let call: Call;
    try {
      call = route(request);
    } catch (error) {
      return errorAnswer(error as BackupError);
    }
    const caller = request.accessKeyId;
    const fault = this.faults.take({ ...call, caller, time: this.options.clock.now() });
    if (fault && !fault.done) {
      this.note(call, caller, { kind: 'fault', what: fault.name, done: false });
      return fault.response;
    }
    const { outcome, response } = this.perform(call, caller);
    this.note(call, caller, fault && outcome.kind === 'success' ? { kind: 'fault', what: fault.name, done: true } : outcome);
    return fault?.response ?? response;
  }

  /** Adds a vault, or changes its lock. */
  public putVault(input: VaultInput): Vault {
    return this.parts.vaults.put(input);
  }

  /** Throws, in the service's words, while recovery points are in it. */
  public removeVault(name: string): void {
    this.parts.surroundings.agenda.settle();
    this.parts.vaults.remove(name, this.parts.points.inVault(name).length);
  }

  public putRole(input: RoleInput): void {
    this.roles.put(input);
  }

  public removeRole(arn: string): void {
    this.roles.remove(arn);
  }

  /** For ARNs that do not tell their type: DocumentDB and Neptune clusters look like Aurora, and Multi-AZ clusters are RDS. */
  public nameResourceType(resourceArn: string, type: string): void {
    this.namedTypes.set(resourceArn, type);
  }

  /** Opts types in or out; `management.DynamoDB` switches its advanced features. */
  public changeRegionSettings(change: Partial<RegionSettings>): void {
    this.settings = { optIn: { ...this.settings.optIn, ...change.optIn }, management: { ...this.settings.management, ...change.management } };
  }

  /** A job of a backup plan, another stack or a person. */
  public startForeignJob(request: StartRequest, createdBy?: CreatedBy): Job {
    this.parts.surroundings.agenda.settle();
    return startForeignJob(request, createdBy, this.parts);
  }

  /** Called at every change of a job's state, with the record as it was then. Returns what ends that. */
  public onJobState(listener: (job: Job, time: number) => void): () => void {
    this.listeners.push(listener);
    return () => void this.listeners.splice(this.listeners.indexOf(listener), 1);
  }

  public jobs(): readonly Job[] {
    this.parts.surroundings.agenda.settle();
    return this.parts.jobs.all();
  }

  public job(id: string): Job | undefined {
    this.parts.surroundings.agenda.settle();
    return this.parts.jobs.get(id);
  }

  public copyJobs(): readonly CopyJob[] {
    this.parts.surroundings.agenda.settle();
    return this.parts.copies.all();
  }

  public recoveryPoints(): readonly RecoveryPoint[] {
    this.parts.surroundings.agenda.settle();
    return this.parts.points.all();
  }

  public calls(): readonly RecordedCall[] {
    return this.recordedCalls;
  }

  private perform(call: Call, caller: string): { outcome: CallOutcome; response: ServiceResponse } {
    try {
      if (this.options.rateLimits !== false && !this.rates.admit(call.operation)) throw new BackupError('ThrottlingException', 'Rate exceeded');
      const input = call.operation === 'StartBackupJob' ? parseStartRequest(call.input) : call.input;
      this.authorize(call, caller);
      const output = OPERATIONS[call.operation].perform(input as Readonly<Record<string, unknown>>, this.parts, caller);
      return { outcome: { kind: 'success', output }, response: answer(output) };
    } catch (error) {
      if (!(error instanceof BackupError)) throw error;
      return { outcome: { kind: 'error', type: error.type, message: error.message, status: error.status }, response: errorAnswer(error) };
    }
  }

  private authorize(call: Call, caller: string): void {
    for (const permission of needed(call, this.parts)) {
      const denial = this.options.authorizer.denial(caller, permission);
      if (denial !== undefined) throw accessDenied(denial);
    }
  }

  private note({ operation, input }: Call, caller: string, outcome: CallOutcome): void {
    const call = { time: this.options.clock.now(), caller, operation, input, outcome };
    this.recordedCalls.push(call);
    this.options.record({ kind: 'call', time: call.time, call });
  }

  private surroundings(): Surroundings {
    const { clock, accountId, region, random, sourceState, sourceContent, undocumented } = this.options;
    let sequence = 0;
    return {
      clock,
      accountId,
      region,
      sourceState,
      sourceContent,
      partition: partitionOf(region),
      agenda: new Agenda(clock),
      undocumented: { ...UNDOCUMENTED_DEFAULTS, ...undocumented },
      ids: { random, uuid: () => uuidFrom(random), sequence: () => ++sequence },
      settings: () => this.settings,
      record: (entry) => {
        if (entry.kind === 'job-state') this.listeners.forEach((listener) => listener(entry.job, entry.time));
        this.options.record(entry);
      },
    };
  }
}
