import { ClockTimer } from '../../clock';
import { Employer } from '../worker';

/** What the sandboxes of one runner share: the account that they work for, its time, and what it left to chance. */
export interface Surroundings {
  employer?: Employer;
  variables: Readonly<Record<string, string>>;
  random: () => number;
}

/** One warm instance of the bundle. */
export interface Sandbox {
  readonly id: number;
  handler?: Function;
  /** The invocation that it works on; without one it is frozen. */
  invocation?: string;
  /** Crashed: whatever still comes from it is ignored. */
  dead: boolean;
  /** Timers that came due while it was frozen. */
  readonly late: (() => void)[];
  /** Ends the invocation at work as a runtime that is gone does. */
  die?: (type: string, message: string) => void;
}

/** The globals that tell the time or act upon the process, in simulated time. */
export function globalsOf(sandbox: Sandbox, surroundings: Surroundings): Readonly<Record<string, unknown>> {
  const now = (): number => surroundings.employer?.clock.now() ?? 0;
  return {
    ...timersOf(sandbox, surroundings, now),
    Date: dateOf(now),
    Math: Object.create(Math, { ...Object.getOwnPropertyDescriptors(Math), random: { value: () => surroundings.random() } }) as Math,
    performance: { now },
    console: consoleOf(sandbox, surroundings, now),
    process: processOf(sandbox, surroundings),
  };
}

function dateOf(now: () => number): DateConstructor {
  const Simulated = function (...args: unknown[]): unknown {
    if (!new.target) return new Date(now()).toString();
    return Reflect.construct(Date, args.length > 0 ? args : [now()], Date);
  };
  Object.defineProperty(Simulated, 'prototype', { value: Date.prototype });
  return Object.assign(Simulated, { now, parse: Date.parse, UTC: Date.UTC }) as unknown as DateConstructor;
}

class Timeout {
  constructor(private readonly begin: () => ClockTimer, private entry = begin()) {}

  public refresh(): this {
    this.close();
    this.entry = this.begin();
    return this;
  }

  public close(): void {
    this.entry.cancel();
  }

  public ref(): this { return this; }
  public unref(): this { return this; }
  public hasRef(): boolean { return true; }
}

function timersOf(sandbox: Sandbox, surroundings: Surroundings, now: () => number): Readonly<Record<string, unknown>> {
  const start = (repeats: boolean) => (action: (...args: unknown[]) => void, delay?: number, ...args: unknown[]): Timeout => {
    const whole = Math.max(1, Math.trunc(Number(delay)) || 1);
    const fire = (): void => {
      if (sandbox.dead) return;
      if (repeats) timer.refresh();
      if (sandbox.invocation === undefined) sandbox.late.push(() => action(...args));
      else action(...args);
    };
    const timer: Timeout = new Timeout(() => surroundings.employer?.clock.at(now() + whole, fire) ?? { cancel: () => {} });
    return timer;
  };
  const stop = (timer: unknown): void => {
    if (timer instanceof Timeout) timer.close();
  };
  return { setTimeout: start(false), setInterval: start(true), clearTimeout: stop, clearInterval: stop };
}

function consoleOf(sandbox: Sandbox, surroundings: Surroundings, now: () => number): Readonly<Record<string, unknown>> {
  const write = (...parts: unknown[]): void => {
    if (sandbox.dead) return;
    const line = parts.map((part) => typeof part === 'string' ? part : JSON.stringify(part)).join(' ');
    surroundings.employer?.logged(line.split('\n').map((each) => ({ invocation: sandbox.invocation ?? '', time: now(), line: each })));
  };
  return { log: write, info: write, warn: write, error: write, debug: write };
}

function processOf(sandbox: Sandbox, surroundings: Surroundings): NodeJS.Process {
  const exit = (code?: number): void => {
    sandbox.die?.('Runtime.ExitError', `Runtime exited with exit status ${code ?? 0}`);
    throw new Error('this sandbox is gone');
  };
  return Object.create(process, {
    env: { get: () => surroundings.variables },
    exit: { value: exit },
    emitWarning: { value: () => {} },
  }) as NodeJS.Process;
}
