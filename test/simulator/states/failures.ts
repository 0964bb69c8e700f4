/** An error of a state, under the name that Retry and Catch know it by. */
export class StateFailure extends Error {
  constructor(public readonly error: string, public readonly cause: string) {
    super(`${error}: ${cause}`);
  }
}

/** Something in the definition does not fit the data. The documentation has finer names; the service answers with this one. */
export const runtimeFailure = (cause: string): StateFailure => new StateFailure('States.Runtime', cause);

/** What no Catch of States.ALL and no Retry of it gets to see. */
const TERMINAL = new Set(['States.Runtime', 'States.DataLimitExceeded']);

/** Whether a Retry or Catch with these names is meant for the failure. */
export function matches(names: readonly string[], failure: StateFailure): boolean {
  if (names.includes(failure.error)) return true;
  if (names.includes('States.ALL')) return !TERMINAL.has(failure.error);
  return names.includes('States.TaskFailed') && failure.error !== 'States.Timeout' && !TERMINAL.has(failure.error);
}

const LIMIT = 262_144;

/** Inputs and outputs of states hold 256 KiB at most. */
export function limited(value: unknown, what: string): unknown {
  if (Buffer.byteLength(JSON.stringify(value) ?? '') <= LIMIT) return value;
  throw new StateFailure('States.DataLimitExceeded', `The ${what} exceeds the maximum number of bytes service limit.`);
}
