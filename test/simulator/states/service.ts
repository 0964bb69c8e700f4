import { Clock } from '../clock';
import { Authorizer, NeededPermission, Service, ServiceRequest, ServiceResponse } from '../service';
import { parseDefinition } from './definition';
import { Executions } from './executions';
import { Execution, InvokeResult, StateMachine } from './machine';
import { Run, World } from './run';
import { answer, errorAnswer, parseCall, StatesCall, StatesError } from './wire';

export interface StatesServiceOptions {
  readonly clock: Clock;
  readonly authorizer: Authorizer;
  /** Everything that is left to chance, from 0 to below 1. */
  readonly random: () => number;
  /** Invokes a function and waits for it; errors under the names that Step Functions gives them. */
  readonly invoke: (functionArn: string, payload: unknown, callerRoleArn: string) => Promise<InvokeResult>;
  /** Whether the role of a state machine may do something; undefined where it may. */
  readonly roleDenial: (roleArn: string, permission: NeededPermission) => string | undefined;
  /** Hears every call. */
  readonly record?: (call: RecordedStatesCall) => void;
}

export interface RecordedStatesCall extends StatesCall {
  readonly time: number;
  readonly caller: string;
  /** The type of the error, or undefined. */
  readonly error?: string;
  readonly output?: Readonly<Record<string, unknown>>;
}

export interface StateMachineInput {
  readonly arn: string;
  /** Amazon States Language, everything in it resolved. */
  readonly definition: string;
  readonly roleArn: string;
  readonly type: 'STANDARD' | 'EXPRESS';
}

/** What a test wants to go wrong with a call: instead of the work, or after it. */
export interface StatesFault {
  readonly response: ServiceResponse;
  readonly done: boolean;
}

/** Step Functions, as far as this project uses it. */
export class StatesService implements Service {
  public readonly signingName = 'states';
  private readonly machines = new Map<string, StateMachine>();
  private readonly running = new Map<string, Run>();
  private readonly executions_: Executions;
  private readonly faults: { readonly fault: StatesFault; readonly operation: string; left: number }[] = [];

  constructor(private readonly options: StatesServiceOptions) {
    this.executions_ = new Executions(options.clock, options.random);
  }

  // eslint-disable-next-line @typescript-eslint/require-await
  public async handle(request: ServiceRequest): Promise<ServiceResponse> {
    const call = parseCall(request);
    const fault = this.takeFault(call.operation);
    if (fault && !fault.done) return fault.response;
    const { output, error } = this.perform(call, request.accessKeyId);
    this.options.record?.({ ...call, time: this.options.clock.now(), caller: request.accessKeyId, error: error?.type, output });
    return fault?.response ?? (error ? errorAnswer(error) : answer(output!));
  }

  /** Adds a machine or changes it; what runs goes on as it was. Throws what CreateStateMachine would refuse. */
  public putStateMachine({ arn, definition, roleArn, type }: StateMachineInput): void {
    this.machines.set(arn, { arn, name: arn.split(':').pop()!, roleArn, type, definition: parseDefinition(definition) });
  }

  /** Its running executions are aborted. */
  public removeStateMachine(arn: string): void {
    this.machines.delete(arn);
    for (const run of [...this.running.values()].filter(({ execution }) => execution.machine.arn === arn)) run.abort();
  }

  public executions(): readonly Execution[] {
    return this.executions_.all();
  }

  /** For the next calls of an operation; 1 unless said. */
  public injectFault(operation: string, fault: StatesFault, times = 1): void {
    this.faults.push({ operation, fault, left: times });
  }

  private perform(call: StatesCall, caller: string): { output?: Readonly<Record<string, unknown>>; error?: StatesError } {
    try {
      return { output: this.operate(call, caller) };
    } catch (error) {
      if (error instanceof StatesError) return { error };
      throw error;
    }
  }

  private operate({ operation, input }: StatesCall, caller: string): Readonly<Record<string, unknown>> {
    switch (operation) {
      case 'StartExecution': return this.startExecution(input, caller);
      case 'DescribeExecution': return this.describeExecution(input, caller);
      case 'StopExecution': return this.stopExecution(input, caller);
      default: throw new StatesError('UnknownOperationException', operation);
    }
  }

  private startExecution(input: StatesCall['input'], caller: string): Readonly<Record<string, unknown>> {
    const arn = input.stateMachineArn ?? '';
    if (!/^arn:[^:]+:states:[^:]+:\d{12}:stateMachine:[^:]+$/.test(arn)) throw new StatesError('InvalidArn', `Invalid Arn: '${arn}'`);
    this.authorize(caller, 'StartExecution', arn);
    const machine = this.machines.get(arn);
    if (!machine) throw new StatesError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    const { execution, isNew } = this.executions_.open(machine, input.name, input.input ?? '{}');
    if (isNew) this.run(execution);
    return { executionArn: execution.arn, startDate: execution.startedAt / 1000 };
  }

  private describeExecution({ executionArn }: StatesCall['input'], caller: string): Readonly<Record<string, unknown>> {
    this.authorize(caller, 'DescribeExecution', executionArn ?? '');
    const execution = this.executions_.get(executionArn ?? '');
    return {
      executionArn: execution.arn,
      stateMachineArn: execution.machine.arn,
      name: execution.name,
      status: execution.status,
      startDate: execution.startedAt / 1000,
      stopDate: execution.stoppedAt === undefined ? undefined : execution.stoppedAt / 1000,
      input: execution.input,
      output: execution.output,
      error: execution.error,
      cause: execution.cause,
      redriveCount: 0,
    };
  }

  private stopExecution(input: StatesCall['input'], caller: string): Readonly<Record<string, unknown>> {
    const { executionArn, error, cause } = input;
    this.authorize(caller, 'StopExecution', executionArn ?? '');
    const execution = this.executions_.get(executionArn ?? '');
    this.running.get(execution.arn)?.abort(error, cause);
    return { stopDate: execution.stoppedAt! / 1000 };
  }

  private run(execution: Execution): void {
    const { clock, random, invoke, roleDenial } = this.options;
    const world: World = { clock, invoke, roleDenial, chance: { random, uuid: () => this.executions_.uuid() } };
    const run = new Run(execution, world, () => void this.running.delete(execution.arn));
    this.running.set(execution.arn, run);
    // The caller gets its answer first.
    clock.at(clock.now(), () => void run.start());
  }

  private authorize(caller: string, action: string, resource: string): void {
    const denial = this.options.authorizer.denial(caller, { action: `states:${action}`, resource });
    if (denial !== undefined) throw new StatesError('AccessDeniedException', denial);
  }

  private takeFault(operation: string): StatesFault | undefined {
    const planned = this.faults.find((entry) => entry.left > 0 && entry.operation === operation);
    if (planned) planned.left -= 1;
    return planned?.fault;
  }
}
