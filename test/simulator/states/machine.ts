import { Definition } from './definition';

/** A state machine as CloudFormation has made it. */
export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly definition: Definition;
}

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** What happened in an execution, in the names of its history in AWS. */
export interface HistoryEvent {
  readonly time: number;
  readonly type: string;
  readonly state?: string;
  readonly details?: unknown;
}

/** What tests and benchmarks read of an execution. */
export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly machine: StateMachine;
  readonly startedAt: number;
  /** As it was sent. */
  readonly input: string;
  status: ExecutionStatus;
  stoppedAt?: number;
  output?: string;
  error?: string;
  cause?: string;
  /** What AWS counts and bills: each state that was entered, and each retry. */
  transitions: number;
  readonly history: HistoryEvent[];
}

/** How a function answers, as Step Functions sees it. */
export type InvokeResult =
  | { readonly kind: 'ok'; readonly payload: unknown }
  | { readonly kind: 'error'; readonly name: string; readonly cause: string };
