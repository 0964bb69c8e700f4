import { Clock } from '../clock';
import { NeededPermission } from '../service';
import { holds } from './choice';
import { State } from './definition';
import { limited, matches, runtimeFailure, StateFailure } from './failures';
import { Chance } from './intrinsics';
import { Execution, InvokeResult } from './machine';
import { put, read, Scope } from './paths';
import { Retries } from './retry';
import { invokeFunction } from './task';
import { fill } from './template';

/** What an execution needs of the world. */
export interface World {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly invoke: (functionArn: string, payload: unknown, callerRoleArn: string) => Promise<InvokeResult>;
  readonly roleDenial: (roleArn: string, permission: NeededPermission) => string | undefined;
}

const MAX_EVENTS = 25_000;
const MAX_WAIT_SECONDS = 99_999_999;

/** What ends an execution from outside. */
class Interruption extends Error {}

/** One execution from its start to its end. */
export class Run {
  private over = false;
  private readonly interrupts = new Set<() => void>();
  private state?: { readonly name: string; readonly enteredAt: number; retries?: Retries };

  constructor(public readonly execution: Execution, private readonly world: World, private readonly onEnd: () => void) {}

  public async start(): Promise<void> {
    if (this.over) return;
    const { execution, world } = this;
    const { definition, type } = execution.machine;
    const seconds = Math.min(definition.TimeoutSeconds ?? Infinity, type === 'EXPRESS' ? 300 : Infinity);
    const timer = Number.isFinite(seconds)
      ? world.clock.at(execution.startedAt + seconds * 1000, () => this.end('TIMED_OUT', 'ExecutionTimedOut', { error: 'States.Timeout' }))
      : undefined;
    this.note('ExecutionStarted', { input: execution.input });
    try {
      const output = JSON.stringify(await this.walk(JSON.parse(execution.input)));
      this.end('SUCCEEDED', 'ExecutionSucceeded', { output });
    } catch (failure) {
      if (failure instanceof Interruption) return;
      const { error, cause } = failure instanceof StateFailure ? failure : runtimeFailure(String(failure));
      this.end('FAILED', 'ExecutionFailed', { error, cause });
    } finally {
      timer?.cancel();
    }
  }

  public abort(error?: string, cause?: string): void {
    this.end('ABORTED', 'ExecutionAborted', { error, cause });
  }

  private async walk(input: unknown): Promise<unknown> {
    const { StartAt, States } = this.execution.machine.definition;
    let data = input;
    for (let name: string | undefined = StartAt; name !== undefined;) {
      // An end from outside may come in the very instant in which a state is left.
      if (this.over) throw new Interruption();
      const state: State = States[name];
      this.state = { name, enteredAt: this.world.clock.now() };
      this.step(`${state.Type}StateEntered`, { input: data });
      const left: { output: unknown; next?: string } = await this.visit(name, state, data);
      data = limited(left.output, `output of the state '${name}'`);
      this.note(`${state.Type}StateExited`, { output: data });
      name = left.next;
    }
    return data;
  }

  private async visit(name: string, state: State, data: unknown): Promise<{ output: unknown; next?: string }> {
    const input = this.select(state.InputPath, data, 'InputPath');
    switch (state.Type) {
      case 'Succeed': return { output: this.select(state.OutputPath, input, 'OutputPath') };
      case 'Fail': throw new StateFailure(
        this.textOf(state.Error, state.ErrorPath, input, 'ErrorPath') ?? '', this.textOf(state.Cause, state.CausePath, input, 'CausePath') ?? '');
      case 'Choice': {
        const next = state.Choices!.find((rule) => holds(rule, this.scope(input)))?.Next ?? state.Default;
        if (next === undefined) throw new StateFailure('States.NoChoiceMatched', `No choice of state '${name}' matched, and it has no Default.`);
        return { output: this.select(state.OutputPath, input, 'OutputPath'), next };
      }
      case 'Wait':
        await this.pause(this.waitOf(state, input));
        return { output: this.select(state.OutputPath, input, 'OutputPath'), next: state.Next };
      case 'Pass': {
        const effective = state.Parameters === undefined ? input : this.fill(state.Parameters, input);
        return { output: this.result(state, data, state.Result ?? effective), next: state.Next };
      }
      case 'Task': return this.task(state, data, input);
    }
  }

  private async task(state: State, data: unknown, input: unknown): Promise<{ output: unknown; next?: string }> {
    const retries = new Retries(state.Retry ?? [], this.world.chance.random);
    this.state!.retries = retries;
    for (;;) {
      try {
        const parameters = limited(state.Parameters === undefined ? input : this.fill(state.Parameters, input), 'input of the task');
        const seconds = state.TimeoutSecondsPath === undefined ? state.TimeoutSeconds : this.secondsAt(state.TimeoutSecondsPath, input, 'TimeoutSecondsPath');
        this.note('TaskScheduled', { parameters });
        const result = limited(await this.within(seconds, this.call(state.Resource!, parameters)), 'result of the task');
        this.note('TaskSucceeded', { output: result });
        return { output: this.result(state, data, result), next: state.Next };
      } catch (failure) {
        if (!(failure instanceof StateFailure)) throw failure;
        this.note(failure.error === 'States.Timeout' ? 'TaskTimedOut' : 'TaskFailed', { error: failure.error, cause: failure.cause });
        const delay = retries.delayAfter(failure);
        if (delay === undefined) return this.caught(state, data, failure);
        await this.pause(delay);
        this.step('TaskStateRetried');
      }
    }
  }

  private caught(state: State, data: unknown, failure: StateFailure): { output: unknown; next: string } {
    const catcher = state.Catch?.find(({ ErrorEquals }) => matches(ErrorEquals, failure));
    if (!catcher) throw failure;
    const path = catcher.ResultPath === undefined ? '$' : catcher.ResultPath;
    const error = { Error: failure.error, Cause: failure.cause };
    return { output: path === null ? data : put(path, data, error), next: catcher.Next };
  }

  private async call(resource: string, parameters: unknown): Promise<unknown> {
    return invokeFunction(resource, parameters, this.execution.machine, this.world);
  }

  /** The result in its place, and the part of it that goes on. */
  private result(state: State, data: unknown, result: unknown): unknown {
    const selected = state.ResultSelector === undefined ? result : this.fill(state.ResultSelector, result);
    const path = state.ResultPath === undefined ? '$' : state.ResultPath;
    return this.select(state.OutputPath, path === null ? data : put(path, data, selected), 'OutputPath');
  }

  private select(path: string | null | undefined, data: unknown, field: string): unknown {
    return path === null ? {} : path === undefined ? data : read(path, this.scope(data), field);
  }

  private fill(template: unknown, data: unknown): unknown {
    return fill(template, this.scope(data), this.world.chance);
  }

  private textOf(text: string | undefined, path: string | undefined, input: unknown, field: string): string | undefined {
    return path === undefined ? text : String(read(path, this.scope(input), field));
  }

  /** Milliseconds that a Wait state takes; a time in the past takes none. */
  private waitOf(state: State, input: unknown): number {
    const stamp = this.textOf(state.Timestamp, state.TimestampPath, input, 'TimestampPath');
    if (stamp === undefined) return 1000 * (state.SecondsPath === undefined ? state.Seconds! : this.secondsAt(state.SecondsPath, input, 'SecondsPath'));
    if (Number.isNaN(Date.parse(stamp))) throw runtimeFailure(`Not a timestamp: ${stamp}`);
    return Math.max(0, Date.parse(stamp) - this.world.clock.now());
  }

  private secondsAt(path: string, input: unknown, field: string): number {
    const seconds = read(path, this.scope(input), field);
    const valid = typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= 0 && seconds <= MAX_WAIT_SECONDS;
    if (valid) return seconds;
    throw runtimeFailure(`The ${field} parameter does not reference a valid number of seconds: ${JSON.stringify(seconds)}`);
  }

  private scope(data: unknown): Scope {
    const { execution, state } = this;
    const { machine } = execution;
    return {
      data,
      context: {
        Execution: {
          Id: execution.arn,
          Input: JSON.parse(execution.input),
          Name: execution.name,
          RoleArn: machine.roleArn,
          StartTime: new Date(execution.startedAt).toISOString(),
          RedriveCount: 0,
        },
        State: { Name: state!.name, EnteredTime: new Date(state!.enteredAt).toISOString(), RetryCount: state!.retries?.count ?? 0 },
        StateMachine: { Id: machine.arn, Name: machine.name },
      },
    };
  }

  private async pause(milliseconds: number): Promise<void> {
    return this.untilInterrupted((resolve) => {
      const timer = this.world.clock.at(this.world.clock.now() + milliseconds, () => resolve());
      return () => timer.cancel();
    });
  }

  /** The work's own end, or States.Timeout; what comes later is ignored. */
  private async within(seconds: number | undefined, work: Promise<unknown>): Promise<unknown> {
    return this.untilInterrupted((resolve, reject) => {
      const timer = seconds === undefined ? undefined : this.world.clock.at(this.world.clock.now() + seconds * 1000, () =>
        reject(new StateFailure('States.Timeout', '')));
      work.then(resolve, reject).finally(() => timer?.cancel());
      return () => timer?.cancel();
    });
  }

  private async untilInterrupted<T>(begin: (resolve: (value: T) => void, reject: (error: Error) => void) => () => void): Promise<T> {
    let interrupt: (() => void) | undefined;
    const result = new Promise<T>((resolve, reject) => {
      const undo = begin(resolve, reject);
      interrupt = () => {
        undo();
        reject(new Interruption());
      };
      if (this.over) interrupt();
      else this.interrupts.add(interrupt);
    });
    return result.finally(() => this.interrupts.delete(interrupt!));
  }

  private end(status: Execution['status'], event: string, details: { output?: string; error?: string; cause?: string }): void {
    if (this.over) return;
    this.over = true;
    this.note(event, details);
    Object.assign(this.execution, { status, stoppedAt: this.world.clock.now(), ...details });
    for (const interrupt of this.interrupts) interrupt();
    this.onEnd();
  }

  private step(event: string, details?: unknown): void {
    this.execution.transitions += 1;
    this.note(event, details);
  }

  private note(type: string, details?: unknown): void {
    const { history } = this.execution;
    if (history.length >= MAX_EVENTS && !type.startsWith('Execution')) throw runtimeFailure(`The execution reached the maximum number of history events (${MAX_EVENTS}).`);
    history.push({ time: this.world.clock.now(), type, state: type.startsWith('Execution') ? undefined : this.state?.name, details });
  }
}
