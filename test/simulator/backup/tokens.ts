import { invalidParameter } from './errors';
import { Job, StartRequest } from './model';
import { MINUTE, Surroundings } from './surroundings';

/** Which calls are repetitions of an earlier one. */
export class Tokens {
  private readonly known = new Map<string, { readonly job: Job; readonly parameters: string; readonly at: number }>();

  constructor(private readonly surroundings: Surroundings) {}

  /** The job that the same token started before. */
  public earlierJob(request: StartRequest): Job | undefined {
    const { undocumented, clock } = this.surroundings;
    const earlier = request.IdempotencyToken === undefined ? undefined : this.known.get(request.IdempotencyToken);
    if (!earlier || clock.now() - earlier.at >= undocumented.tokenLifetimeMinutes * MINUTE) return undefined;
    if (earlier.parameters !== canonical(request) && undocumented.repeatedTokenWithOtherParameters === 'InvalidParameterValueException') {
      throw invalidParameter('The idempotency token was used before with other parameters');
    }
    return earlier.job;
  }

  public remember(request: StartRequest, job: Job): void {
    if (request.IdempotencyToken === undefined) return;
    this.known.set(request.IdempotencyToken, { job, parameters: canonical(request), at: this.surroundings.clock.now() });
  }
}

/** The same text for the same parameters, in whatever order they come. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, entry]) => `${name}:${canonical(entry)}`).join(',')}}`;
}
