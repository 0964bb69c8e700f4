/* eslint-disable no-bitwise */
import { AsyncLocalStorage } from 'node:async_hooks';
import net from 'node:net';
// The module objects themselves: what is put into them is what everybody else finds there.
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import util from 'node:util';
import { current, Sandbox } from './context';

/** The process's share of simulated time: it is told what time it is, and tells when its next timer is due. */
let time = 0;
let sequence = 0;
const pending = new Map<number, SimulatedTimeout>();

export const now = (): number => time;

export function setTime(value: number): void {
  time = Math.max(time, value);
}

/** A new history may begin before the last one ended. */
export function resetTime(value: number): void {
  time = value;
}

/** Stands in for NodeJS.Timeout. */
class SimulatedTimeout {
  public readonly id = ++sequence;
  public due: number;
  private readonly owner: Sandbox | undefined = current.getStore();
  private readonly inContext = AsyncLocalStorage.snapshot();

  constructor(
    private readonly action: () => void,
    private readonly delay: number,
    private readonly repeats: boolean,
    /** A socket that waits for its next use is nothing left to do. */
    public readonly ofSocket = false,
  ) {
    this.due = time + delay;
    if (!this.owner?.dead) pending.set(this.id, this);
  }

  public get frozen(): boolean {
    return this.owner !== undefined && this.owner.invocation === undefined;
  }

  public belongsTo(sandbox: Sandbox): boolean {
    return this.owner === sandbox;
  }

  public fire(): void {
    if (this.repeats) this.due = time + this.delay;
    else pending.delete(this.id);
    this.inContext(this.action);
  }

  public refresh(): this {
    this.due = time + this.delay;
    if (!this.owner?.dead) pending.set(this.id, this);
    return this;
  }

  public close(): this {
    pending.delete(this.id);
    return this;
  }

  public ref(): this { return this; }
  public unref(): this { return this; }
  public hasRef(): boolean { return true; }
  public [Symbol.toPrimitive](): number { return this.id; }
  public [Symbol.dispose](): void { this.close(); }
}

function first(): SimulatedTimeout | undefined {
  let found: SimulatedTimeout | undefined;
  for (const timer of pending.values()) {
    if (!timer.frozen && (!found || timer.due < found.due || (timer.due === found.due && timer.id < found.id))) found = timer;
  }
  return found;
}

/** When the next timer of a sandbox at work is due. */
export const nextTimer = (): number | undefined => first()?.due;

export function fireFirst(): void {
  const timer = first();
  if (timer && timer.due <= time) timer.fire();
}

/** Forgets a sandbox's timers; says whether the code had any. */
export function forgetTimers(sandbox: Sandbox): boolean {
  let any = false;
  for (const timer of [...pending.values()]) {
    if (timer.belongsTo(sandbox)) {
      timer.close();
      any ||= !timer.ofSocket;
    }
  }
  return any;
}

const whole = (delay: unknown): number => {
  const value = Math.trunc(Number(delay));
  return value >= 1 && value <= 2 ** 31 - 1 ? value : 1;
};
const start = (repeats: boolean) => (action: (...args: unknown[]) => void, delay?: number, ...args: unknown[]): SimulatedTimeout =>
  new SimulatedTimeout(() => action(...args), whole(delay), repeats);
const stop = (timer: unknown): void => {
  if (timer instanceof SimulatedTimeout) timer.close();
  else if (timer !== undefined && timer !== null) pending.get(Number(timer))?.close();
};

async function sleep<T>(delay?: number, value?: T, options?: { signal?: AbortSignal }): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => {
      timer.close();
      reject(Object.assign(new Error('The operation was aborted'), { name: 'AbortError', code: 'ABORT_ERR', cause: options?.signal?.reason }));
    };
    const timer = new SimulatedTimeout(() => {
      options?.signal?.removeEventListener('abort', abort);
      resolve(value as T);
    }, whole(delay), false);
    if (options?.signal?.aborted) abort();
    else options?.signal?.addEventListener('abort', abort, { once: true });
  });
}

async function* ticks<T>(delay?: number, value?: T): AsyncGenerator<T> {
  for (;;) yield await sleep(delay, value as T);
}

function installDate(): void {
  const RealDate = Date;
  const SimulatedDate = function (...args: unknown[]): unknown {
    if (!new.target) return new RealDate(time).toString();
    const target: Function = (new.target as unknown) === SimulatedDate ? RealDate : new.target;
    return Reflect.construct(RealDate, args.length > 0 ? args : [time], target);
  };
  Object.defineProperty(SimulatedDate, 'prototype', { value: RealDate.prototype });
  Object.defineProperty(SimulatedDate, 'name', { value: 'Date' });
  Object.assign(SimulatedDate, { now, parse: RealDate.parse, UTC: RealDate.UTC });
  RealDate.prototype.constructor = SimulatedDate;
  globalThis.Date = SimulatedDate as unknown as DateConstructor;
}

function installClocks(): void {
  const hrtime = (previous?: [number, number]): [number, number] => {
    const seconds = Math.floor(time / 1000) - (previous?.[0] ?? 0);
    const nanoseconds = (time % 1000) * 1e6 - (previous?.[1] ?? 0);
    return nanoseconds < 0 ? [seconds - 1, nanoseconds + 1e9] : [seconds, nanoseconds];
  };
  process.hrtime = Object.assign(hrtime, { bigint: () => BigInt(Math.round(time)) * 1_000_000n });
  Object.defineProperty(performance, 'now', { value: now, configurable: true });
}

function installTimers(): void {
  const setTimeout = Object.assign(start(false), { [util.promisify.custom]: sleep });
  const replacement = { setTimeout, setInterval: start(true), clearTimeout: stop, clearInterval: stop };
  Object.assign(globalThis, replacement);
  Object.assign(timers, replacement);
  Object.assign(timersPromises, { setTimeout: sleep, setInterval: ticks });
  Object.assign(timersPromises.scheduler, { wait: async (delay: number, options?: { signal?: AbortSignal }) => sleep(delay, undefined, options) });
  AbortSignal.timeout = (delay: number): AbortSignal => {
    const controller = new AbortController();
    new SimulatedTimeout(() => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), whole(delay), false);
    return controller.signal;
  };
}

/** Sockets keep their own timers inside Node, so they are replaced here: a server that never answers is noticed in simulated time. */
function installSocketTimeouts(): void {
  const idle = new WeakMap<net.Socket, SimulatedTimeout>();
  net.Socket.prototype.setTimeout = function (delay: number, callback?: () => void): net.Socket {
    idle.get(this)?.close();
    idle.delete(this);
    Object.assign(this, { timeout: delay });
    if (delay > 0) {
      idle.set(this, new SimulatedTimeout(() => this.emit('timeout'), whole(delay), false, true));
      this.once('close', () => idle.get(this)?.close());
      if (callback) this.once('timeout', callback);
    } else if (callback) {
      this.removeListener('timeout', callback);
    }
    return this;
  };
  Object.assign(net.Socket.prototype, {
    _unrefTimer(this: net.Socket): void {
      idle.get(this)?.refresh();
    },
  });
}

export function installTime(): void {
  installDate();
  installClocks();
  installTimers();
  installSocketTimeouts();
}
