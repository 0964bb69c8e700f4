import { Clock } from '../clock';
import { Random } from '../random';

/** Told to stop: what has not begun does not begin any more. */
export class Halt {
  /** Comes true where what is at work is left alone instead of waited for. */
  public readonly left: Promise<void>;
  private leave!: () => void;
  private why?: string;

  constructor(private readonly onFailure: 'cancelled' | 'awaited') {
    this.left = new Promise((resolve) => this.leave = resolve);
  }

  public get reason(): string | undefined {
    return this.why;
  }

  public now(reason: string, running: 'cancelled' | 'awaited' = this.onFailure): void {
    if (this.why !== undefined) return;
    this.why = reason;
    if (running === 'cancelled') this.leave();
  }
}

export interface Failure {
  readonly logicalId: string;
  readonly reason: string;
}

export interface WalkOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** What each step has to wait for. */
  readonly waitsFor: ReadonlyMap<string, readonly string[]>;
  /** Throws where the step fails. */
  readonly step: (logicalId: string) => Promise<void>;
  /** A failure halts everything, or only what waits for it. */
  readonly onFailure: 'halt' | 'go on';
  readonly halt: Halt;
}

/** Takes every step once all that it waits for is done; independent ones side by side, in an order left to chance. Ends when nothing runs any more. */
export async function walk(options: WalkOptions): Promise<Failure[]> {
  const { clock, random, waitsFor, step, onFailure, halt } = options;
  const failures: Failure[] = [];
  const outcomes = new Map<string, Promise<boolean>>();

  const take = async (logicalId: string): Promise<boolean> => {
    const before = await Promise.all((waitsFor.get(logicalId) ?? []).map((other) => outcomes.get(other) ?? true));
    if (before.includes(false)) return false;
    await clock.sleep(random.between(0, 1500));
    if (halt.reason !== undefined) return false;
    try {
      await step(logicalId);
      return true;
    } catch (error) {
      failures.push({ logicalId, reason: (error as Error).message });
      if (onFailure === 'halt') halt.now(`${logicalId}: ${(error as Error).message}`);
      return false;
    }
  };

  for (const logicalId of sorted(waitsFor)) outcomes.set(logicalId, take(logicalId));
  await Promise.all(outcomes.values());
  return failures;
}

/** Dependencies first. Throws on a cycle, as CloudFormation does before it starts. */
export function sorted(waitsFor: ReadonlyMap<string, readonly string[]>): string[] {
  const result: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string, path: readonly string[]): void => {
    if (state.get(id) === 'done' || !waitsFor.has(id)) return;
    if (state.get(id) === 'open') {
      throw new Error(`Template error: Circular dependency between resources: [${[...path.slice(path.indexOf(id)), id].join(' → ')}]`);
    }
    state.set(id, 'open');
    for (const other of waitsFor.get(id) ?? []) visit(other, [...path, id]);
    state.set(id, 'done');
    result.push(id);
  };
  for (const id of waitsFor.keys()) visit(id, []);
  return result;
}

/** Who has to go before whom when everything is taken down. */
export function reversed(waitsFor: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const result = new Map<string, string[]>([...waitsFor.keys()].map((id) => [id, []]));
  for (const [id, others] of waitsFor) {
    for (const other of others) result.get(other)?.push(id);
  }
  return result;
}
