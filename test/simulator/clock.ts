/**
 * Simulated time. Nothing in the simulator reads the wall clock: a twelve-hour wait takes as long
 * as the work that is done in it.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs the action when the time has come. Actions of the same instant run in the order of their registration. */
  at(time: number, action: () => void | Promise<void>): ClockTimer;
  /** Resolves after that much simulated time. */
  sleep(milliseconds: number): Promise<void>;
}

/** A pending action of a clock. */
export interface ClockTimer {
  /** Takes the action off the clock; nothing happens if it has run already. */
  cancel(): void;
}

interface Entry {
  readonly time: number;
  readonly sequence: number;
  readonly action: () => void | Promise<void>;
  cancelled: boolean;
}

/** A binary heap: histories of a day with polls every few seconds hold thousands of entries. */
class Agenda {
  private readonly heap: Entry[] = [];

  public push(entry: Entry): void {
    const heap = this.heap;
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = Math.floor((index - 1) / 2);
      if (!before(entry, heap[parent])) break;
      heap[index] = heap[parent];
      index = parent;
    }
    heap[index] = entry;
  }

  public pop(): Entry | undefined {
    for (;;) {
      const first = this.heap[0];
      const last = this.heap.pop();
      if (!first || !last) return undefined;
      if (this.heap.length > 0) this.sink(last);
      if (!first.cancelled) return first;
    }
  }

  public peek(): Entry | undefined {
    while (this.heap[0]?.cancelled) this.pushBack();
    return this.heap[0];
  }

  private pushBack(): void {
    const last = this.heap.pop();
    if (last && this.heap.length > 0) this.sink(last);
  }

  private sink(entry: Entry): void {
    const heap = this.heap;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1], heap[child])) child += 1;
      if (!before(heap[child], entry)) break;
      heap[index] = heap[child];
      index = child;
    }
    heap[index] = entry;
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.time < b.time || (a.time === b.time && a.sequence < b.sequence);
}

/** How far a single drive may go before it counts as something that never ends. */
const HORIZON = 60 * 24 * 3_600_000;

/**
 * Discrete events: time stands still until everything that could still do something at this instant has done it
 * (no hold is out, the event loop has come round), then it jumps to the next entry. It moves only while somebody
 * drives it, so that a test may do slow things between two operations without hours passing by.
 */
export class VirtualClock implements Clock {
  private readonly agenda = new Agenda();
  private readonly drivers = new Map<symbol, { readonly until: number; readonly fail: (error: Error) => void }>();
  private readonly holds = new Map<symbol, string>();
  private sequence = 0;
  private scheduled = false;
  private time: number;

  constructor(start: number) {
    this.time = start;
  }

  public now(): number {
    return this.time;
  }

  public at(time: number, action: () => void | Promise<void>): ClockTimer {
    const entry: Entry = { time: Math.max(time, this.time), sequence: this.sequence++, action, cancelled: false };
    this.agenda.push(entry);
    this.wake();
    return { cancel: () => void (entry.cancelled = true) };
  }

  public async sleep(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => this.at(this.time + milliseconds, resolve));
  }

  /** Time stands still until the returned function is called: something works that takes no simulated time. */
  public hold(reason: string): () => void {
    const key = Symbol(reason);
    this.holds.set(key, reason);
    return () => {
      if (this.holds.delete(key)) this.wake();
    };
  }

  /** Lets time pass until the work is done. Fails if it never can be: nothing is on the clock, or the horizon is passed. */
  public async drive<T>(work: Promise<T>): Promise<T> {
    const key = Symbol('driver');
    try {
      return await new Promise<T>((resolve, reject) => {
        this.drivers.set(key, { until: this.time + HORIZON, fail: reject });
        work.then(resolve, reject);
        this.wake();
      });
    } finally {
      this.drivers.delete(key);
    }
  }

  /** Lets that much time pass. */
  public async advance(milliseconds: number): Promise<void> {
    await this.drive(this.sleep(milliseconds));
  }

  /** Lets time pass until nothing is on the clock any more. */
  public async drain(): Promise<void> {
    while (this.agenda.peek()) {
      await this.drive(this.sleep(Math.max(0, (this.agenda.peek()?.time ?? this.time) - this.time)));
    }
  }

  private wake(): void {
    if (this.scheduled || this.holds.size > 0 || this.drivers.size === 0) return;
    this.scheduled = true;
    setImmediate(() => this.tick());
  }

  private tick(): void {
    this.scheduled = false;
    if (this.holds.size > 0 || this.drivers.size === 0) return;
    const entry = this.agenda.pop();
    if (!entry) return this.fail('nothing is on the clock, so what is waited for can never happen');
    this.time = entry.time;
    for (const driver of this.drivers.values()) {
      if (this.time > driver.until) driver.fail(new Error(`Simulated time: ${new Date(this.time).toISOString()} is reached, and it still has not ended`));
    }
    Promise.resolve().then(entry.action).catch((error: Error) => this.fail(error.stack ?? String(error)));
    this.wake();
  }

  private fail(reason: string): void {
    for (const driver of this.drivers.values()) driver.fail(new Error(`Simulated time stands still at ${new Date(this.time).toISOString()}: ${reason}`));
  }
}
