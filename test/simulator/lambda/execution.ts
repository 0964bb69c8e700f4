import { ClockTimer, VirtualClock } from '../clock';
import { Attempt, Crash, InvocationResult } from './functions';
import { Runner } from './host';
import { Done, FunctionError } from './protocol';

const CRASHED: FunctionError = { errorType: 'Runtime.ExitError', errorMessage: 'RequestId: Error: Runtime exited with error: signal: killed' };

/** One attempt at work in its sandbox, until it returns, crashes or runs out of time: whichever comes first. */
export class Execution {
  public readonly result: Promise<InvocationResult>;
  private settle!: (result: InvocationResult) => void;
  private readonly timers: ClockTimer[] = [];
  private calls = 0;
  private over = false;

  constructor(
    public readonly attempt: Attempt,
    public readonly worker: Runner,
    public readonly sandbox: number,
    private readonly clock: VirtualClock,
    private readonly crash: Crash | undefined,
  ) {
    this.result = new Promise((resolve) => this.settle = resolve);
  }

  public start(environment: Readonly<Record<string, string>>, seed: number): void {
    const { function: called, id, payload } = this.attempt;
    const limit = called.timeoutSeconds * 1000;
    const deadline = this.clock.now() + limit;
    const text = `Task timed out after ${called.timeoutSeconds.toFixed(2)} seconds`;
    this.timers.push(this.clock.at(deadline, () => this.kill({ errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${id} Error: ${text}` })));
    if (this.crash && 'afterMilliseconds' in this.crash) {
      this.timers.push(this.clock.at(this.clock.now() + this.crash.afterMilliseconds, () => this.kill(CRASHED)));
    }
    const order = {
      sandbox: this.sandbox,
      invocation: id,
      directory: called.directory ?? '',
      handler: called.handler,
      payload,
      deadline,
      seed,
      functionArn: called.arn,
      functionName: called.name,
      memory: called.memory,
    };
    void this.worker.invoke(order, environment).then((done) => this.returned(done));
  }

  /** Tells of the next call of this attempt; returns what happens to the attempt around it. */
  public nextCall(): { readonly crashes?: 'before' | 'after' } {
    const call = this.calls++;
    return this.crash && 'call' in this.crash && this.crash.call === call ? { crashes: this.crash.when } : {};
  }

  /** The sandbox is gone in this instant. */
  public kill(error: FunctionError = CRASHED): void {
    if (this.over) return;
    this.worker.drop(this.sandbox);
    this.end({ error });
  }

  private returned(done: Done): void {
    this.end(done.error ? { error: done.error } : { payload: done.payload ?? 'null' });
  }

  private end(result: InvocationResult): void {
    if (this.over) return;
    this.over = true;
    for (const timer of this.timers) timer.cancel();
    this.settle(result);
  }
}
