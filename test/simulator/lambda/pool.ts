import { CompiledSandbox, compileSandbox } from './compile';
import { Employer, Worker } from './worker';

/** Processes beyond this number are not kept for later. */
const KEPT = 8;

/** The processes for functions. They outlive the simulated accounts, because starting one takes longer than most histories. */
export class Pool {
  private readonly workers = new Map<number, Worker>();
  private compiled?: CompiledSandbox;
  private counter = 0;

  /** A process that nobody else uses; a warm one of the same code and variables if there is one. */
  public acquire(key: string, employer: Employer): Worker {
    const free = [...this.workers.values()].filter((worker) => !worker.employed);
    const same = free.find((worker) => worker.key === key);
    const worker = same ?? (this.workers.size >= KEPT ? free[0] : undefined) ?? this.start();
    worker.employ(employer, key);
    return worker;
  }

  /** Of the processes that it has running. */
  public pids(): number[] {
    return [...this.workers.values()].map(({ pid }) => pid).filter((pid) => pid !== undefined);
  }

  public get(id: number): Worker | undefined {
    return this.workers.get(id);
  }

  public async release(worker: Worker): Promise<void> {
    await worker.dismiss();
    if (this.workers.size > KEPT) this.forget(worker);
  }

  /** Ends exactly the processes that it started. */
  public end(): void {
    for (const worker of [...this.workers.values()]) this.forget(worker);
    this.compiled?.remove();
    this.compiled = undefined;
  }

  private start(): Worker {
    this.compiled ??= compileSandbox();
    const worker = new Worker(++this.counter, this.compiled.script, (gone) => this.workers.delete(gone.id));
    this.workers.set(worker.id, worker);
    return worker;
  }

  private forget(worker: Worker): void {
    this.workers.delete(worker.id);
    worker.end();
  }
}
