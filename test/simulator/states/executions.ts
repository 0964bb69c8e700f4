import { Clock } from '../clock';
import { Execution, StateMachine } from './machine';
import { StatesError } from './wire';

const NAMES_ARE_KEPT = 90 * 24 * 3600 * 1000;
const MAX_INPUT_BYTES = 262_144;
// What the API reference forbids: whitespace, brackets, wildcards, special and control characters.
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/;

/** The executions by their names, which make StartExecution idempotent. */
export class Executions {
  private readonly byArn = new Map<string, Execution>();

  constructor(private readonly clock: Clock, private readonly random: () => number) {}

  /** A new execution, or the running one with the same name and input. */
  public open(machine: StateMachine, name: string | undefined, input: string): { execution: Execution; isNew: boolean } {
    if (name !== undefined && (name.length < 1 || name.length > 80 || FORBIDDEN.test(name))) throw new StatesError('InvalidName', `Invalid Name: '${name}'`);
    if (Buffer.byteLength(input) > MAX_INPUT_BYTES) throw new StatesError('ValidationException', 'The input exceeds 262144 bytes');
    if (!isJson(input)) throw new StatesError('InvalidExecutionInput', 'Invalid State Machine Execution Input: not JSON');
    const arn = this.arnOf(machine, name ?? this.uuid());
    const existing = this.known(arn);
    if (existing && existing.status === 'RUNNING' && existing.input === input) return { execution: existing, isNew: false };
    if (existing) throw new StatesError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    const execution: Execution = {
      arn,
      name: machine.type === 'EXPRESS' ? arn.split(':').at(-2)! : arn.split(':').at(-1)!,
      machine,
      startedAt: this.clock.now(),
      input,
      status: 'RUNNING',
      transitions: 0,
      history: [],
    };
    this.byArn.set(arn, execution);
    return { execution, isNew: true };
  }

  /** What the API answers for; executions of express machines it does not know. */
  public get(arn: string): Execution {
    const execution = this.known(arn);
    if (!execution || execution.machine.type === 'EXPRESS') throw new StatesError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return execution;
  }

  public all(): Execution[] {
    return [...this.byArn.values()];
  }

  public uuid(): string {
    const hex = (digits: number) => Array.from({ length: digits }, () => Math.floor(this.random() * 16).toString(16)).join('');
    return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  }

  private known(arn: string): Execution | undefined {
    const execution = this.byArn.get(arn);
    const forgotten = execution?.stoppedAt !== undefined && this.clock.now() - execution.stoppedAt >= NAMES_ARE_KEPT;
    return forgotten ? undefined : execution;
  }

  /** Express executions may share a name. */
  private arnOf(machine: StateMachine, name: string): string {
    return machine.type === 'EXPRESS'
      ? `${machine.arn.replace(':stateMachine:', ':express:')}:${name}:${this.uuid()}`
      : `${machine.arn.replace(':stateMachine:', ':execution:')}:${name}`;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
