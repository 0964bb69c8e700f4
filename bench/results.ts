import type { Contender, OwnApp } from './names';
import type { Spread } from './statistics';

/** What one run of the benchmarks has found; the page is made from it alone. */
export interface Results {
  /** Only that it runs is meant. */
  readonly quick: boolean;
  readonly versions: { readonly node: string; readonly lambdaNode: string; readonly cdk: string; readonly sdk: string };
  readonly template: TemplateResult;
  readonly synthesis: SynthesisResult;
  readonly function: FunctionResult;
  readonly waiting: WaitingResult;
  readonly scale: ScaleResult;
}

export interface TemplateSize {
  readonly contender: Contender;
  readonly n: number;
  /** Beside tables, vault and role. */
  readonly resources: number;
  /** Of the template as the CDK writes it, beside tables, vault and role. */
  readonly bytes: number;
  /** The same without indentation. */
  readonly compactBytes: number;
}

export interface TemplateResult {
  readonly sizes: readonly TemplateSize[];
  /** A stack with 400 backups of what is elsewhere. */
  readonly full: { readonly n: number; readonly resources: number; readonly bytes: number; readonly outputs: number };
}

export interface SynthesisTime {
  readonly app: Contender | OwnApp;
  readonly base: Contender | OwnApp;
  readonly n: number;
  readonly process: 'cold' | 'warm';
  readonly validation: boolean;
  /** Milliseconds. */
  readonly wall: Spread;
  readonly cpu: Spread;
  readonly cpuOfBase: Spread;
  readonly wallOfBase: Spread;
}

export interface SynthesisResult {
  readonly times: readonly SynthesisTime[];
}

export interface ColdStart {
  readonly name: string;
  /** Milliseconds from the start of the process until the answer has come. */
  readonly wall: Spread;
  readonly cpu: Spread;
  /** The most that the process had, in MiB. */
  readonly memory: Spread;
  readonly wallOfPlain: Spread;
  readonly wallOfAwsCustomResource: Spread;
  readonly cpuOfPlain: Spread;
  readonly cpuOfAwsCustomResource: Spread;
  /** Of its JavaScript, without what the runtime has. */
  readonly bytes: number;
}

export interface FunctionResult {
  readonly starts: readonly ColdStart[];
}

/** One wait, from the request to the custom resource to its answer. */
export interface Wait {
  readonly contender: Contender;
  /** How long the job takes, in seconds. */
  readonly job: number;
  /** Whether the deployment ended as it should. */
  readonly ok: boolean;
  /** Why it did not. */
  readonly reason?: string;
  readonly describes: Spread;
  readonly invocations: Spread;
  readonly transitions: Spread;
  /** Seconds of functions at work. */
  readonly busy: Spread;
  /** US dollars at list prices. */
  readonly cost: Spread;
  /** Executions of functions at the same time, at most. */
  readonly held: Spread;
  /** Seconds from the end of the job to the answer. */
  readonly lag: Spread;
}

export interface WaitingResult {
  readonly waits: readonly Wait[];
}

export interface ScaleRun {
  readonly contender: Contender;
  readonly n: number;
  readonly concurrency: number;
  readonly ok: boolean;
  readonly reason?: string;
  /** Seconds until the last of the jobs was started. */
  readonly allStarted: number;
  /** Seconds until the stack operation was over. */
  readonly allDone: number;
  readonly jobs: number;
  readonly calls: number;
  readonly throttles: number;
  readonly failures: number;
}

export interface ScaleResult {
  readonly startsPerSecond: number;
  readonly runs: readonly ScaleRun[];
}
