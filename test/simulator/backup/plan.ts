/** How a copy into an air-gapped vault goes. */
export interface CopyPlan {
  readonly queuedFor: number;
  readonly runningFor: number;
  readonly outcome: Outcome;
}

/** How a job ends. */
export interface Outcome {
  /** COMPLETED, FAILED, ABORTED, EXPIRED, PARTIAL, or anything that no client knows. */
  readonly state: string;
  readonly statusMessage?: string;
  /** SUCCESS unless said for a completion without a message, MISCELLANEOUS for everything else. */
  readonly messageCategory?: string;
}

export interface ChildPlan {
  readonly resourceArn: string;
  readonly resourceType: string;
  readonly outcome: Outcome;
}

/** The life of one job. Durations are seconds; Infinity keeps it where it is. */
export interface JobPlan {
  /** In CREATED, before it may run; another job of the resource can make that longer. */
  readonly queuedFor: number;
  readonly pendingFor: number;
  readonly runningFor: number;
  readonly outcome: Outcome;
  readonly bytes: number;
  /** Percentage for a fraction of the running time; linear unless said. */
  readonly percentDone?: (fraction: number) => number;
  /** A state that no client knows, shown before RUNNING. */
  readonly strangeState?: { readonly state: string; readonly seconds: number };
  /** Nested resources of a composite; its own outcome follows from theirs. */
  readonly children?: readonly ChildPlan[];
  readonly copy: CopyPlan;
}

export const DEFAULT_PLAN: JobPlan = {
  queuedFor: 2,
  pendingFor: 0,
  runningFor: 30,
  outcome: { state: 'COMPLETED' },
  bytes: 1_048_576,
  copy: { queuedFor: 5, runningFor: 30, outcome: { state: 'COMPLETED' } },
};

export interface ScriptOptions {
  /** The resources it is for; all unless said. */
  readonly resource?: string | ((resourceArn: string) => boolean);
  /** For how many jobs; all unless said. */
  readonly times?: number;
}

interface Script {
  readonly plan: Partial<JobPlan>;
  readonly applies: (resourceArn: string) => boolean;
  /** Narrower scripts win: for some resources before for all, for some jobs before for all. */
  readonly narrowness: number;
  left: number;
}

/** What tests want to happen to the jobs that come. */
export class Plans {
  private readonly scripts: Script[] = [];

  public script(plan: Partial<JobPlan>, options: ScriptOptions = {}): void {
    const { resource, times } = options;
    this.scripts.push({
      plan,
      applies: typeof resource === 'function' ? resource : (arn) => resource === undefined || arn === resource,
      narrowness: (resource === undefined ? 0 : 2) + (times === undefined ? 0 : 1),
      left: times ?? Infinity,
    });
  }

  /** The plan for a new job. Scripts with a number are used up in their order; of the standing ones the newest counts. */
  public take(resourceArn: string): JobPlan {
    const fitting = this.scripts.filter((script) => script.left > 0 && script.applies(resourceArn));
    const narrowest = Math.max(...fitting.map((script) => script.narrowness));
    const candidates = fitting.filter((script) => script.narrowness === narrowest);
    const chosen = candidates[0]?.left === Infinity ? candidates.at(-1) : candidates[0];
    if (chosen) chosen.left -= 1;
    return { ...DEFAULT_PLAN, ...chosen?.plan };
  }
}
