import { VirtualClock } from '../clock';
import { Random } from '../random';
import { Recorder } from '../recorder';
import { Execution } from './execution';
import { Attempt, InvocationLog, InvocationResult, LambdaFaults, LambdaFunction } from './functions';
import { Host, Runner } from './host';
import { LogLine } from './protocol';
import { Employer } from './worker';

const MINUTE = 60_000;
/** Lambda gives an asynchronous event six hours at most. */
const EVENT_AGE = 6 * 60 * MINUTE;

export interface LambdaOptions {
  readonly region: string;
  readonly accountId: string;
  /** Where the AWS clients of a function find their services. */
  readonly endpoint: string;
  /** Executions at the same time in the whole account. */
  readonly concurrency: number;
  readonly faults: LambdaFaults;
}

/** What one process is for in this account. */
interface Bench {
  readonly worker: Runner;
  readonly busy: Set<number>;
  readonly warm: Set<number>;
}

/** Lambda: functions, their executions, and the queue of asynchronous events. */
export class LambdaService implements Employer {
  /** The queue's own randomness never disturbs what the sandboxes draw. */
  private readonly random: Random;
  private readonly functions = new Map<string, LambdaFunction>();
  private readonly removed = new Set<string>();
  private readonly benches = new Map<string, Bench>();
  private readonly executions = new Set<Execution>();
  private readonly written = new Map<string, InvocationLog>();
  private events = 0;
  private attempts = 0;
  private closed = false;

  constructor(
    public readonly clock: VirtualClock,
    private readonly pool: Host,
    private readonly recorder: Recorder,
    random: Random,
    private readonly options: LambdaOptions,
  ) {
    this.random = random.fork('lambda');
  }

  public put(definition: LambdaFunction): void {
    const before = this.functions.get(definition.arn);
    this.functions.set(definition.arn, definition);
    if (before && bundleKey(before) !== bundleKey(definition)) this.retire(definition.arn);
  }

  public remove(arn: string): void {
    this.functions.delete(arn);
    this.removed.add(arn);
    this.retire(arn);
  }

  /** By ARN, with or without a qualifier. */
  public find(arn: string): LambdaFunction | undefined {
    return this.functions.get(arn.split(':').slice(0, 7).join(':'));
  }

  public wasRemoved(arn: string): boolean {
    return this.removed.has(arn.split(':').slice(0, 7).join(':')) && !this.find(arn);
  }

  /** Who holds these credentials: the function whose code runs with them. */
  public caller(accessKeyId: string): LambdaFunction | undefined {
    for (const execution of this.executions) {
      if (execution.worker.accessKeyId === accessKeyId) return execution.attempt.function;
    }
    for (const [arn, bench] of this.benches) {
      if (bench.worker.accessKeyId === accessKeyId) return this.functions.get(arn);
    }
    return undefined;
  }

  public executionOf(worker: number, sandbox: number): Execution | undefined {
    return [...this.executions].find((execution) => execution.worker.id === worker && execution.sandbox === sandbox);
  }

  /** In the order of their invocations. */
  public logs(): readonly InvocationLog[] {
    return [...this.written.values()];
  }

  /** As CloudFormation invokes: takes the event at once and runs it when it pleases. */
  public invokeAsync(functionArn: string, payload: string): void {
    const called = this.find(functionArn);
    if (!called) throw new Error(`Function not found: ${functionArn}`);
    const delivery = this.options.faults.deliver?.({ function: called, payload, index: this.events++ });
    if (delivery) this.recorder.add({ kind: 'fault', what: `event for ${called.name}: ${JSON.stringify(delivery)}` });
    const latency = this.random.between(5, 120);
    for (const delay of [delivery?.delay ?? 0, ...(delivery?.duplicates ?? [])]) {
      void this.clock.sleep(latency + delay).then(async () => this.deliver(functionArn, payload));
    }
  }

  /** As Step Functions invokes. */
  public async invoke(functionArn: string, payload: string): Promise<InvocationResult> {
    await this.clock.sleep(this.random.between(2, 15));
    const called = this.find(functionArn);
    if (!called) return { error: { errorType: 'Lambda.ResourceNotFoundException', errorMessage: `Function not found: ${functionArn}` } };
    const attempt = this.attempt(called, payload, 'sync', 1);
    if (this.exhausted(called) || this.options.faults.throttle?.(attempt)) {
      return { error: { errorType: 'Lambda.TooManyRequestsException', errorMessage: 'Rate Exceeded.' } };
    }
    return this.run(attempt);
  }

  public logged(lines: readonly LogLine[]): void {
    for (const line of lines) {
      const log = this.written.get(line.invocation);
      log?.lines.push(line);
      this.recorder.add({ kind: 'log', function: log?.functionName ?? '', invocation: line.invocation, line: line.line }, line.time);
    }
  }

  /** The account is over; its processes serve the next one. */
  public async close(): Promise<void> {
    this.closed = true;
    for (const bench of this.benches.values()) await this.pool.release(bench.worker);
    this.benches.clear();
  }

  private async deliver(functionArn: string, payload: string): Promise<void> {
    const taken = this.clock.now();
    for (let attempt = 1, backoff = 1000; attempt <= 3 && !this.closed;) {
      const called = this.find(functionArn);
      if (!called) return this.recorder.add({ kind: 'fault', what: `an event for ${functionArn} is dropped: the function is gone` });
      if (this.exhausted(called)) {
        if (this.clock.now() - taken > EVENT_AGE) return this.recorder.add({ kind: 'fault', what: `an event for ${called.name} is dropped: too old` });
        await this.clock.sleep(backoff * (0.5 + this.random.next()));
        backoff = Math.min(backoff * 2, 5 * MINUTE);
        continue;
      }
      const result = await this.run(this.attempt(called, payload, 'async', attempt));
      if (!result.error) return;
      await this.clock.sleep(attempt * MINUTE);
      attempt += 1;
    }
  }

  private attempt(called: LambdaFunction, payload: string, mode: 'async' | 'sync', attempt: number): Attempt {
    return { id: this.random.uuid(), function: called, mode, attempt, payload, index: this.attempts++ };
  }

  private exhausted(called: LambdaFunction): boolean {
    const own = [...this.executions].filter((execution) => execution.attempt.function.arn === called.arn).length;
    return this.executions.size >= this.options.concurrency || own >= (called.reservedConcurrency ?? Infinity);
  }

  private async run(attempt: Attempt): Promise<InvocationResult> {
    const { function: called, id, mode } = attempt;
    if (!called.directory) return { error: { errorType: 'Simulator.ForeignCode', errorMessage: `${called.name} has no bundle in the assembly` } };
    const bench = this.bench(called);
    const sandbox = firstFree(bench.busy);
    bench.busy.add(sandbox);
    const crash = this.options.faults.crash?.(attempt);
    const execution = new Execution(attempt, bench.worker, sandbox, this.clock, crash);
    this.executions.add(execution);
    this.written.set(id, { invocation: id, functionName: called.name, lines: [] });
    this.recorder.add({ kind: 'invocation', function: called.name, id, attempt: attempt.attempt, mode, phase: 'start', payload: JSON.parse(attempt.payload) });
    await this.clock.sleep(bench.warm.has(sandbox) ? this.random.between(1, 8) : this.random.between(150, 400));
    bench.warm.add(sandbox);
    execution.start(this.environment(called, bench.worker), this.random.between(0, 2 ** 31));
    const result = await execution.result;
    this.executions.delete(execution);
    bench.busy.delete(sandbox);
    if (result.error) bench.warm.delete(sandbox);
    this.recorder.add({
      kind: 'invocation',
      function: called.name,
      id,
      attempt: attempt.attempt,
      mode,
      phase: 'end',
      outcome: result.error ? `${result.error.errorType}: ${result.error.errorMessage}` : 'success',
    });
    return result;
  }

  private bench(called: LambdaFunction): Bench {
    const existing = this.benches.get(called.arn);
    if (existing?.worker.alive) return existing;
    const worker = this.pool.acquire(bundleKey(called), this);
    const bench: Bench = { worker, busy: new Set(), warm: new Set() };
    this.benches.set(called.arn, bench);
    return bench;
  }

  /** New code or variables: running executions end as they are, later ones get new sandboxes. */
  private retire(arn: string): void {
    const bench = this.benches.get(arn);
    if (!bench) return;
    this.benches.delete(arn);
    if (bench.busy.size === 0) void this.pool.release(bench.worker);
    else this.benches.set(`${arn}#${this.attempts}`, bench);
  }

  private environment(called: LambdaFunction, worker: Runner): Readonly<Record<string, string>> {
    const { region, endpoint } = this.options;
    return {
      TZ: ':UTC',
      LANG: 'en_US.UTF-8',
      ...pick(process.env, 'PATH'),
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_LAMBDA_FUNCTION_NAME: called.name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(called.memory),
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
      LAMBDA_TASK_ROOT: called.directory ?? '',
      _HANDLER: called.handler,
      AWS_ACCESS_KEY_ID: worker.accessKeyId,
      AWS_SECRET_ACCESS_KEY: 'simulated',
      AWS_SESSION_TOKEN: 'simulated',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      ...Object.fromEntries(['BACKUP', 'CLOUDFORMATION', 'SFN', 'LAMBDA'].map((service) => [`AWS_ENDPOINT_URL_${service}`, endpoint])),
      ...called.environment,
    };
  }
}

/** What a warm sandbox is made of. The folder's name holds the hash of the code; the assembly around it is another one at each synthesis. */
function bundleKey({ directory, environment }: LambdaFunction): string {
  return JSON.stringify([/asset\.[0-9a-f]{64}$/.exec(directory ?? '')?.[0] ?? directory, environment]);
}

function firstFree(busy: ReadonlySet<number>): number {
  let sandbox = 1;
  while (busy.has(sandbox)) sandbox += 1;
  return sandbox;
}

function pick(from: NodeJS.ProcessEnv, name: string): Record<string, string> {
  const value = from[name];
  return value === undefined ? {} : { [name]: value };
}
