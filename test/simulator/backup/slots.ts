import { Job } from './model';

/** One running job per resource: the others wait in the order in which they came. */
export class Slots {
  private readonly holders = new Map<string, Job>();
  private readonly waiting = new Map<string, Job[]>();

  public enqueue(job: Job): void {
    const queue = this.waiting.get(job.request.ResourceArn) ?? [];
    this.waiting.set(job.request.ResourceArn, [...queue, job]);
  }

  /** The job that may begin now, which then holds the resource. */
  public take(resourceArn: string, ready: (job: Job) => boolean): Job | undefined {
    if (this.holders.has(resourceArn)) return undefined;
    const next = (this.waiting.get(resourceArn) ?? []).find(ready);
    if (next) {
      this.drop(next);
      this.holders.set(resourceArn, next);
    }
    return next;
  }

  public leave(job: Job): void {
    this.drop(job);
    if (this.holders.get(job.request.ResourceArn) === job) this.holders.delete(job.request.ResourceArn);
  }

  public busy(resourceArn: string): boolean {
    return this.holders.has(resourceArn);
  }

  private drop(job: Job): void {
    const queue = this.waiting.get(job.request.ResourceArn) ?? [];
    this.waiting.set(job.request.ResourceArn, queue.filter((other) => other !== job));
  }
}
