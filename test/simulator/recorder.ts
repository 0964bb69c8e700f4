import { Clock } from './clock';

/** One thing that happened in the simulated account. */
export type Happening =
  | StackHappening | RequestHappening | AnswerHappening | InvocationHappening | CallHappening | LogHappening | BackupHappening
  | { readonly kind: 'fault'; readonly what: string }
  | { readonly kind: 'violation'; readonly what: string };

interface StackHappening {
  readonly kind: 'stack';
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  readonly status: string;
  readonly reason?: string;
}

/** CloudFormation asks a custom resource. */
interface RequestHappening {
  readonly kind: 'request';
  readonly stack: string;
  readonly logicalId: string;
  readonly requestId: string;
  readonly requestType: string;
  readonly physicalId?: string;
  readonly event: Readonly<Record<string, unknown>>;
}

interface AnswerHappening {
  readonly kind: 'answer';
  readonly stack: string;
  readonly logicalId: string;
  readonly requestId: string;
  readonly status: string;
  /** Whether CloudFormation took it: not a second one, not for something nobody waits for, not broken. */
  readonly accepted: boolean;
  /** Why it was not taken. */
  readonly problem?: string;
  readonly bytes: number;
  /** As it was sent, also with a success. */
  readonly reason?: string;
  readonly physicalId?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** One attempt of Lambda to run an event. */
interface InvocationHappening {
  readonly kind: 'invocation';
  readonly function: string;
  readonly id: string;
  readonly attempt: number;
  readonly phase: 'start' | 'end';
  readonly mode: 'async' | 'sync';
  readonly outcome?: string;
  readonly payload?: unknown;
}

interface CallHappening {
  readonly kind: 'call';
  readonly service: string;
  readonly operation: string;
  readonly caller: string;
  readonly outcome: string;
  readonly input: unknown;
  readonly output?: unknown;
}

interface LogHappening {
  readonly kind: 'log';
  readonly function: string;
  readonly invocation: string;
  readonly line: string;
}

/** A job, a copy or a recovery point of AWS Backup has changed by itself. */
interface BackupHappening {
  readonly kind: 'backup';
  readonly what: string;
  readonly id: string;
  readonly state: string;
  readonly resource?: string;
}

export type Recorded = Happening & { readonly time: number; readonly sequence: number };

/** Everything that happened, in its order. */
export class Recorder {
  private readonly list: Recorded[] = [];
  private readonly listeners = new Set<(entry: Recorded) => void>();

  constructor(private readonly clock: Clock) {}

  public add(happening: Happening, time: number = this.clock.now()): void {
    const entry: Recorded = { ...happening, time, sequence: this.list.length };
    this.list.push(entry);
    for (const listener of [...this.listeners]) listener(entry);
  }

  /** Hears of everything that happens from now on. Returns what ends that. */
  public listen(listener: (entry: Recorded) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** A rule of AWS was broken, by the code under test or by the template. */
  public violation(what: string): void {
    this.add({ kind: 'violation', what });
  }

  /** By time: some things are told a little after they happened. */
  public all(): readonly Recorded[] {
    return inOrder(this.list);
  }

  public of<K extends Happening['kind']>(kind: K): Extract<Recorded, { kind: K }>[] {
    return inOrder(this.list.filter((entry): entry is Extract<Recorded, { kind: K }> => entry.kind === kind));
  }

  public violations(): string[] {
    return this.of('violation').map((entry) => entry.what);
  }

  /** A readable list, the time counted from the first entry. */
  public print(): string {
    const start = this.list[0]?.time ?? 0;
    return this.all().map((entry) => `${elapsed(entry.time - start)}  ${describe(entry)}`).join('\n');
  }
}

function inOrder<T extends Recorded>(entries: readonly T[]): T[] {
  return entries.toSorted((a, b) => a.time - b.time || a.sequence - b.sequence);
}

function elapsed(milliseconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const seconds = milliseconds / 1000;
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.${String(Math.floor(milliseconds % 1000)).padStart(3, '0')}`;
}

/** One line for one happening. */
export function describe(entry: Happening): string {
  const because = (text: string | undefined): string => text ? `: ${text}` : '';
  switch (entry.kind) {
    case 'stack': return `${entry.stack}  ${entry.logicalId} ${entry.status}${because(entry.reason)}`;
    case 'request': return `${entry.stack}  → ${entry.requestType} ${entry.logicalId}${entry.physicalId ? ` (${entry.physicalId})` : ''}`;
    case 'answer':
      return `${entry.stack}  ← ${entry.status} ${entry.logicalId} (${entry.physicalId ?? 'no id'})${because(entry.reason)}`
        + (entry.accepted ? '' : ` NOT TAKEN${because(entry.problem)}`);
    case 'invocation': return `λ ${entry.function} ${entry.id.slice(0, 8)} ${entry.mode} #${entry.attempt} ${entry.phase}${because(entry.outcome)}`;
    case 'call': return `${entry.caller} calls ${entry.service}:${entry.operation} ⇒ ${entry.outcome}`;
    case 'log': return `│ ${entry.line}`;
    case 'backup': return `${entry.what} ${entry.id} ${entry.state}${entry.resource ? ` of ${entry.resource}` : ''}`;
    case 'fault': return `⚡ ${entry.what}`;
    case 'violation': return `✗ VIOLATION ${entry.what}`;
  }
}
