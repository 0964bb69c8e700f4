import { FunctionError, LogLine } from './protocol';

/** A function of the simulated account. */
export interface LambdaFunction {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  /** The unpacked bundle; without one its code is not ours and it is never run. */
  readonly directory?: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memory: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number;
}

export type InvocationResult =
  | { readonly payload: string; readonly error?: undefined }
  | { readonly payload?: undefined; readonly error: FunctionError };

/** One attempt to run an event. */
export interface Attempt {
  readonly id: string;
  readonly function: LambdaFunction;
  readonly mode: 'async' | 'sync';
  /** 1 for the first. */
  readonly attempt: number;
  readonly payload: string;
  /** Counts the attempts of the whole history from 0. */
  readonly index: number;
}

/** Where an attempt ends before its time. The nth call counts from 0. */
export type Crash =
  | { readonly call: number; readonly when: 'before' | 'after' }
  | { readonly afterMilliseconds: number };

/** How the queue of asynchronous events treats one: milliseconds until each delivery. */
export interface Delivery {
  readonly delay?: number;
  readonly duplicates?: readonly number[];
}

/** What a test makes go wrong in Lambda. */
export interface LambdaFaults {
  readonly crash?: (attempt: Attempt) => Crash | undefined;
  readonly deliver?: (event: { readonly function: LambdaFunction; readonly payload: string; readonly index: number }) => Delivery | undefined;
  /** The synchronous entry refuses this attempt. */
  readonly throttle?: (attempt: Attempt) => boolean;
}

/** What one invocation has written. */
export interface InvocationLog {
  readonly invocation: string;
  readonly functionName: string;
  readonly lines: LogLine[];
}
