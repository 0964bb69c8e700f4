/** The Amazon States Language, as far as this simulator runs it. */

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly ResultPath?: string | null;
  readonly Next: string;
}

export type ChoiceRule = Readonly<Record<string, unknown>> & {
  readonly Next?: string;
  readonly Variable?: string;
  readonly And?: readonly ChoiceRule[];
  readonly Or?: readonly ChoiceRule[];
  readonly Not?: ChoiceRule;
};

export interface State {
  readonly Type: 'Task' | 'Wait' | 'Choice' | 'Pass' | 'Succeed' | 'Fail';
  readonly Next?: string;
  readonly End?: boolean;
  readonly InputPath?: string | null;
  readonly OutputPath?: string | null;
  readonly ResultPath?: string | null;
  readonly Parameters?: unknown;
  readonly ResultSelector?: unknown;
  readonly Result?: unknown;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly TimeoutSecondsPath?: string;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Seconds?: number;
  readonly SecondsPath?: string;
  readonly Timestamp?: string;
  readonly TimestampPath?: string;
  readonly Choices?: readonly ChoiceRule[];
  readonly Default?: string;
  readonly Error?: string;
  readonly ErrorPath?: string;
  readonly Cause?: string;
  readonly CausePath?: string;
}

export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly TimeoutSeconds?: number;
}

const TYPES = ['Task', 'Wait', 'Choice', 'Pass', 'Succeed', 'Fail'];
const LAMBDA_INVOKE = /^arn:[^:]+:states:::lambda:invoke$/;
const FUNCTION_ARN = /^arn:[^:]+:lambda:[^:]+:\d{12}:function:[^:]+(:[^:]+)?$/;

/** Refuses what CreateStateMachine refuses, and says clearly what only this simulator does not run. */
export function parseDefinition(text: string): Definition {
  const definition = JSON.parse(text) as Definition & { QueryLanguage?: string };
  if ((definition.QueryLanguage ?? 'JSONPath') !== 'JSONPath') throw new Error(`The simulator does not run QueryLanguage ${definition.QueryLanguage}`);
  const names = Object.keys(definition.States ?? {});
  if (!names.includes(definition.StartAt)) throw new Error(`StartAt names no state: ${definition.StartAt}`);
  for (const [name, state] of Object.entries(definition.States)) {
    const problem = problemOf(state, names);
    if (problem !== undefined) throw new Error(`State ${name}: ${problem}`);
  }
  return definition;
}

function problemOf(state: State & { QueryLanguage?: string }, names: readonly string[]): string | undefined {
  if (!TYPES.includes(state.Type)) return `the simulator does not run states of type ${state.Type}`;
  if ((state.QueryLanguage ?? 'JSONPath') !== 'JSONPath') return `the simulator does not run QueryLanguage ${state.QueryLanguage}`;
  const targets = [state.Next, state.Default, ...(state.Choices ?? []).map(({ Next }) => Next), ...(state.Catch ?? []).map(({ Next }) => Next)];
  const lost = targets.find((target) => target !== undefined && !names.includes(target));
  if (lost !== undefined) return `goes to ${lost}, which does not exist`;
  switch (state.Type) {
    case 'Choice': return (state.Choices ?? []).every(({ Next }) => Next !== undefined) && state.Choices?.length ? undefined : 'each choice needs a Next';
    case 'Succeed':
    case 'Fail': return state.Next === undefined ? undefined : 'is an end and has a Next';
    case 'Task': return endProblem(state) ?? resourceProblem(state.Resource);
    case 'Wait': return endProblem(state) ?? waitProblem(state);
    case 'Pass': return endProblem(state);
  }
}

function endProblem(state: State): string | undefined {
  return (state.Next !== undefined) === (state.End === true) ? 'needs either Next or End' : undefined;
}

function waitProblem({ Seconds, SecondsPath, Timestamp, TimestampPath }: State): string | undefined {
  const given = [Seconds, SecondsPath, Timestamp, TimestampPath].filter((value) => value !== undefined);
  return given.length === 1 ? undefined : 'needs one of Seconds, SecondsPath, Timestamp and TimestampPath';
}

function resourceProblem(resource: string | undefined): string | undefined {
  if (resource !== undefined && (LAMBDA_INVOKE.test(resource) || FUNCTION_ARN.test(resource))) return undefined;
  return `the simulator does not run the resource ${resource}`;
}

export const isLambdaInvoke = (resource: string): boolean => LAMBDA_INVOKE.test(resource);
