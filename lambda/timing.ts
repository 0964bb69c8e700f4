/** Times that several parts of the function must agree on, in milliseconds. */

/** How long permissions that CloudFormation has just made may take to be known. */
export const PROPAGATION = 180_000;
/** How long a job is followed whose start is confirmed. */
export const FIRST_MINUTE = 60_000;
/** How long CloudFormation is asked what the stack is doing where the function may not ask, */
export const STATUS_DENIED = 30_000;
/** and where there is no answer, which passes: what would be a guess could start a backup in a rollback. */
export const STATUS_OUTAGE = 120_000;
/** How far the clocks of two services may differ. */
export const CLOCK_SKEW = 5_000;
/** Between the end of a wait and the answer that CloudFormation must have. */
export const ANSWER_MARGIN = 45_000;
/** Between two looks at the stack: nobody else says that it no longer waits. */
export const STACK_PAUSE = 60_000;
