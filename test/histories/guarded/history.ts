import * as fc from 'fast-check';
import type { Code, Protection, TableName } from './app';
import type { JobPlan } from '../../simulator/backup';
import { backupUndocumented, choose, disturbance, rarely, undocumented } from '../history';
import type { Scripted } from '../scripted';

/** What happens to a stack of guarded tables, from its creation on. Everything that a run needs is in it. */
export interface GuardedHistory extends Scripted {
  readonly operations: readonly GuardedOperation[];
}

export interface GuardedOperation {
  readonly kind: 'deploy' | 'destroy';
  readonly code: Code;
  readonly parameters: Parameters;
  readonly rollback: boolean;
  /** What fails going forward. */
  readonly fails?: 'Migration' | 'Topic' | TableName;
  /** The table that CloudFormation does not get deleted. */
  readonly deletionFails?: TableName;
  /** Seconds after which the user cancels. */
  readonly cancelAfter?: number;
  /** For the jobs of this operation, in their order; the last one for all that follow. */
  readonly jobs: readonly Partial<JobPlan>[];
  /** Something is written into the tables before. */
  readonly writes: boolean;
  /** Minutes until the next operation. */
  readonly pauseMinutes: number;
}

export interface Parameters {
  /** A change of the tables in place, which no template shows. */
  readonly billing: 1 | 2;
  /** A replacement of the orders, which no template shows. */
  readonly key: 1 | 2;
  /** The migration. */
  readonly release: 1 | 2 | 3;
  /** A sibling that is replaced, which changes the orders and the migration. */
  readonly topic: 1 | 2;
  /** Whether the condition of the invoices holds. */
  readonly invoices: boolean;
  /** A tag of the tables. */
  readonly tag: 1 | 2;
}

const plan: fc.Arbitrary<Partial<JobPlan>> = fc.record({
  queuedFor: choose([20, 2], [4, 40], [1, 2000]),
  runningFor: choose([20, 5], [10, 60], [4, 600], [1, 5000], [1, 9000]),
  outcome: choose(
    [20, { state: 'COMPLETED' }],
    [3, { state: 'FAILED', statusMessage: 'The disk is full.' }],
    [1, { state: 'ABORTED', statusMessage: 'Backup job was stopped by user.' }],
    [1, { state: 'PARTIAL', statusMessage: 'Some parts are missing.' }],
    [1, { state: 'COMPLETED', statusMessage: 'Some objects were skipped.', messageCategory: 'AccessDenied' }],
  ),
});

const protection: fc.Arbitrary<Protection> = choose<Protection>([1, 'absent'], [1, 'plain'], [2, 'guard'], [4, 'final']);

const anyCode: fc.Arbitrary<Code> = fc.record({
  orders: protection,
  invoices: protection,
  gate: fc.boolean(),
  expires: fc.boolean(),
  sorted: choose([2, false], [1, true]),
  retained: choose([6, false], [1, true]),
  timeoutHours: choose<1 | 3>([4, 1], [1, 3]),
});

/** A sample of all that code can say: each has to be synthesized. */
const code = fc.constantFrom(...fc.sample(anyCode, { numRuns: 40, seed: 20261125 }));

const parameters: fc.Arbitrary<Parameters> = fc.record({
  billing: choose<1 | 2>([3, 1], [1, 2]),
  key: choose<1 | 2>([5, 1], [1, 2]),
  release: choose<1 | 2 | 3>([3, 1], [2, 2], [1, 3]),
  topic: choose<1 | 2>([5, 1], [1, 2]),
  invoices: choose([4, true], [1, false]),
  tag: choose<1 | 2>([2, 1], [1, 2]),
});

const operations: fc.Arbitrary<readonly GuardedOperation[]> = fc.tuple(code, fc.array(fc.tuple(fc.record({
  kind: choose([7, 'deploy' as const], [2, 'destroy' as const]),
  parameters,
  rollback: choose([8, true], [1, false]),
  fails: choose<GuardedOperation['fails']>([12, undefined], [1, 'Migration'], [1, 'Topic'], [1, 'Orders'], [1, 'Invoices']),
  deletionFails: choose<TableName | undefined>([12, undefined], [1, 'Orders'], [1, 'Invoices']),
  cancelAfter: rarely(fc.integer({ min: 1, max: 300 }), 10),
  jobs: fc.array(plan, { minLength: 1, maxLength: 3 }),
  writes: fc.boolean(),
  pauseMinutes: choose([4, 5], [2, 0], [2, 120], [1, 60 * 24 * 40]),
}), rarely(code, 1)), { minLength: 1, maxLength: 4, size: 'max' })).map(([usual, given]) => given.map(([operation, other], index) => ({
  ...operation,
  kind: index === 0 ? 'deploy' as const : operation.kind,
  code: other ?? usual,
})));

export const guardedHistories: fc.Arbitrary<GuardedHistory> = fc.record({
  seed: fc.noShrink(fc.integer({ min: 1, max: 2 ** 30 })),
  operations,
  undocumented,
  backupUndocumented,
  disturbance,
});
