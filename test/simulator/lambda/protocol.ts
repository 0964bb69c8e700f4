/** What the host and a function's process say to each other. Orders are numbered; a report names the last one it has seen. */

export interface InvokeOrder {
  readonly kind: 'invoke';
  /** An instance of the bundle: one invocation at a time, kept warm, as an execution environment of Lambda. */
  readonly sandbox: number;
  readonly invocation: string;
  readonly directory: string;
  readonly handler: string;
  /** Another bundle or other variables than before: no instance can be kept. */
  readonly afresh: boolean;
  /** Only where it differs from the last order's. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly payload: string;
  readonly deadline: number;
  readonly seed: number;
  readonly functionArn: string;
  readonly functionName: string;
  readonly memory: number;
}

export type OrderBody =
  | InvokeOrder
  /** Fires the first timer that is due. */
  | { readonly kind: 'wake' }
  | { readonly kind: 'time' }
  /** The sandbox is gone in this instant, as in a crash: nothing of it runs any more. */
  | { readonly kind: 'drop'; readonly sandbox: number }
  /** The history is over: whatever is left of it goes, clean sandboxes stay warm. */
  | { readonly kind: 'reset' };

export type Order = OrderBody & { readonly number: number; readonly time: number };

/** How an invocation ended. */
export interface Done {
  readonly invocation: string;
  readonly payload?: string;
  readonly error?: FunctionError;
  /** The runtime is gone with it: exit, or an exception that nobody caught. */
  readonly fatal: boolean;
}

export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export interface LogLine {
  readonly invocation: string;
  readonly time: number;
  readonly line: string;
}

/** The process has come to rest. */
export interface Report {
  readonly number: number;
  /** Requests sent and not answered. */
  readonly inFlight: readonly number[];
  /** When its next simulated timer is due. */
  readonly next?: number;
  readonly lines: readonly LogLine[];
  readonly done: readonly Done[];
}

/** Header of a function's requests: `<worker>:<sandbox>:<request>`. */
export const REQUEST_HEADER = 'x-simulator-request';
/** Header of their answers: the simulated time at which they arrive. */
export const TIME_HEADER = 'x-simulator-time';
