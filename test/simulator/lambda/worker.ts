import { ChildProcess, fork } from 'node:child_process';
import { devNull } from 'node:os';
import { ClockTimer, VirtualClock } from '../clock';
import { Done, InvokeOrder, LogLine, OrderBody, Report } from './protocol';

/** Whom a process works for: the functions of one simulated account. */
export interface Employer {
  readonly clock: VirtualClock;
  logged(lines: readonly LogLine[]): void;
}

/** Real milliseconds that code may compute without coming to rest. */
const PATIENCE = 30_000;

/**
 * One process for functions. Time is held while it does anything; once it is at rest, its next timer is put on the
 * clock. It is at rest when it says so and every request that it says it has sent has come in.
 */
export class Worker {
  public readonly accessKeyId: string;
  private readonly child: ChildProcess;
  private readonly running = new Map<string, { readonly sandbox: number; readonly finish: (done: Done) => void }>();
  private readonly received = new Set<number>();
  private readonly atRest: (() => void)[] = [];
  private employer?: Employer;
  private environment = '';
  private bundle = '';
  private afresh = false;
  private number = 0;
  private waiting?: Report;
  private release?: () => void;
  private wake?: ClockTimer;
  private watchdog?: NodeJS.Timeout;
  private gone = false;

  constructor(public readonly id: number, script: string, private readonly onExit: (worker: Worker) => void) {
    this.accessKeyId = `ASIASIMULATED${String(id).padStart(7, '0')}`;
    this.child = fork(script, [], {
      env: {
        PATH: process.env.PATH,
        TZ: 'UTC',
        // The SDK's advice about Node.js versions would be a line in the first log of each process.
        NODE_NO_WARNINGS: '1',
        SIMULATOR_WORKER: String(id),
        AWS_CONFIG_FILE: devNull,
        AWS_SHARED_CREDENTIALS_FILE: devNull,
      },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.child.on('message', (report) => this.reported(report as Report));
    this.child.on('exit', () => this.exited());
    this.child.unref();
    this.child.channel?.unref();
  }

  public get pid(): number | undefined {
    return this.child.pid;
  }

  public get alive(): boolean {
    return !this.gone;
  }

  public get employed(): boolean {
    return this.employer !== undefined;
  }

  /** What its warm sandboxes were made with: code and variables. */
  public get key(): string {
    return this.bundle;
  }

  public employ(employer: Employer, key: string): void {
    this.employer = employer;
    this.afresh = key !== this.bundle;
    this.bundle = key;
  }

  public async invoke(order: Omit<InvokeOrder, 'kind' | 'environment' | 'afresh'>, environment: Readonly<Record<string, string>>): Promise<Done> {
    const text = JSON.stringify(environment);
    const changed = text !== this.environment;
    this.environment = text;
    const afresh = this.afresh;
    this.afresh = false;
    return new Promise((finish) => {
      this.running.set(order.invocation, { sandbox: order.sandbox, finish });
      this.send({ kind: 'invoke', ...order, afresh, ...(changed ? { environment } : {}) });
    });
  }

  /** The sandbox and what runs in it are gone in this instant. */
  public drop(sandbox: number): void {
    for (const [invocation, entry] of this.running) {
      if (entry.sandbox === sandbox) this.running.delete(invocation);
    }
    this.send({ kind: 'drop', sandbox });
  }

  public requestReceived(request: number): void {
    this.received.add(request);
    this.judge();
  }

  /** Called before the answer leaves. False where nobody waits for it any more. */
  public answering(request: number): boolean {
    if (!this.waiting?.inFlight.includes(request)) return false;
    // A report that was made before the process could know of the answer still names the request, and is not believed.
    this.received.delete(request);
    this.busy();
    return true;
  }

  /** Tells the time and waits until it has been taken in: a connection that breaks carries no header. */
  public async tellTime(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.atRest.push(resolve);
      this.send({ kind: 'time' });
    });
  }

  /** Ends what the history has left in the process, so that the next one finds it clean and warm. */
  public async dismiss(): Promise<void> {
    if (!this.employer || this.gone) return;
    this.running.clear();
    this.wake?.cancel();
    await new Promise<void>((resolve) => {
      this.atRest.push(resolve);
      this.send({ kind: 'reset' }, 0);
    });
    this.employer = undefined;
    this.wake?.cancel();
    this.received.clear();
  }

  public end(): void {
    this.gone = true;
    this.child.kill('SIGKILL');
  }

  private send(body: OrderBody, time = this.employer?.clock.now() ?? 0): void {
    if (this.gone) return;
    this.busy();
    this.child.send({ ...body, number: ++this.number, time });
  }

  private busy(): void {
    this.wake?.cancel();
    this.waiting = undefined;
    if (this.release || !this.employer) return;
    this.release = this.employer.clock.hold(`the process ${this.id} works`);
    this.watchdog = setTimeout(() => this.child.kill('SIGKILL'), PATIENCE);
  }

  private reported(report: Report): void {
    this.employer?.logged(report.lines);
    for (const done of report.done) this.finish(done);
    if (report.number < this.number) return;
    this.waiting = report;
    this.judge();
  }

  private finish(done: Done): void {
    const entry = this.running.get(done.invocation);
    this.running.delete(done.invocation);
    entry?.finish(done);
  }

  private judge(): void {
    const report = this.waiting;
    if (!report || !this.release || !report.inFlight.every((request) => this.received.has(request))) return;
    if (report.next !== undefined && this.running.size > 0) this.wake = this.employer?.clock.at(report.next, () => this.send({ kind: 'wake' }));
    this.rest();
  }

  private rest(): void {
    clearTimeout(this.watchdog);
    for (const resolve of this.atRest.splice(0)) resolve();
    const release = this.release;
    this.release = undefined;
    release?.();
  }

  /** Every invocation in it fails, as if the runtime had been killed. */
  private exited(): void {
    const error = { errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited: its process has ended' };
    this.gone = true;
    this.onExit(this);
    for (const invocation of [...this.running.keys()]) this.finish({ invocation, error, fatal: true });
    this.rest();
  }
}
