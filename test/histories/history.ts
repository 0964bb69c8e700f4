import * as fc from 'fast-check';
import type { Undocumented } from '../simulator';
import type { Disturbance, Scripted } from './scripted';
import type { Variant } from './variants';
import type { JobPlan, Undocumented as BackupUndocumented } from '../simulator/backup';

/** What happens to one stack, from its creation on. Everything that a run needs is in it. */
export interface History extends Scripted {
  readonly operations: readonly Operation[];
  readonly concurrency: number;
  readonly propagation: { readonly policies: number; readonly backupRoles: number };
}

export interface Operation {
  readonly kind: 'deploy' | 'destroy' | 'roll back';
  readonly variant: Variant;
  readonly release: number;
  readonly tag: number;
  readonly vault: 0 | 1;
  readonly source: 0 | 1;
  readonly rollback: boolean;
  /** Of the resources beside the backup, which one fails going forward. */
  readonly fails?: 'Migration' | 'Neighbour';
  /** Seconds after which the user cancels. */
  readonly cancelAfter?: number;
  /** For the jobs of this operation, in their order; the last one for all that follow. */
  readonly jobs: readonly Partial<JobPlan>[];
  /** A job of a backup plan on the same resource, from that many seconds on, for that many seconds. */
  readonly foreignJob?: { readonly at: number; readonly runningFor: number };
  /** From here on the status of the stack cannot be read. */
  readonly statusDenied: boolean;
  /** Minutes until the next operation. */
  readonly pauseMinutes: number;
}

export const rarely = <T>(value: fc.Arbitrary<T>, freq = 5) => fc.option(value, { nil: undefined, freq });
export const choose = <T>(...weighted: readonly (readonly [number, T])[]) => fc.oneof(...weighted.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

const plan: fc.Arbitrary<Partial<JobPlan>> = fc.record({
  queuedFor: choose([96, 2], [32, 30], [16, 85], [8, 300], [2, 3000], [1, 30_000]),
  pendingFor: choose([6, 0], [1, 40]),
  runningFor: choose([80, 3], [80, 20], [60, 62], [16, 300], [4, 2000], [4, 5000], [1, 11_000], [1, 40_000]),
  outcome: choose(
    [12, { state: 'COMPLETED' }],
    [3, { state: 'FAILED', statusMessage: 'The disk is full.' }],
    [1, { state: 'FAILED', statusMessage: `${'Zu viele Schlüssel: ß'.repeat(60)}` }],
    [1, { state: 'FAILED', statusMessage: 'Access Denied trying to call AWS Backup service' }],
    [1, { state: 'EXPIRED', statusMessage: 'Backup job expired before completion.' }],
    [1, { state: 'ABORTED', statusMessage: 'Backup job was stopped by user.' }],
    [2, { state: 'PARTIAL', statusMessage: 'Some parts are missing.' }],
    [2, { state: 'COMPLETED', statusMessage: `Some objects were skipped: ${'ñ'.repeat(200)}`, messageCategory: 'AccessDenied' }],
  ),
  strangeState: rarely(fc.constant({ state: 'HIBERNATING', seconds: 20 }), 15),
  copy: fc.record({
    queuedFor: choose([1, 5], [1, 100]),
    runningFor: choose([1, 30], [1, 1000]),
    outcome: choose([4, { state: 'COMPLETED' }], [1, { state: 'FAILED', statusMessage: 'The copy has failed.' }]),
  }),
}).map(({ strangeState, ...rest }) => strangeState ? { ...rest, strangeState } : rest);

const anyVariant: fc.Arbitrary<Variant> = fc.record({
  completion: choose([5, 'WAIT_FOR' as const], [3, 'CONFIRM_START' as const], [2, 'FIRE_AND_FORGET' as const]),
  timeoutMinutes: choose([8, 60], [6, 1], [10, 10], [4, 90], [3, 180], [1, 720]),
  onFailure: choose([4, 'FAIL' as const], [1, 'WARN' as const]),
  onTimeout: choose([4, 'FAIL' as const], [2, 'STOP_JOB_AND_FAIL' as const], [2, 'WARN' as const]),
  onPartial: choose([3, 'FAIL' as const], [1, 'WARN' as const]),
  onIssues: choose([1, 'FAIL' as const], [2, 'WARN' as const]),
  airGapped: choose([6, false], [1, true]),
}).map((given) => given.completion === 'WAIT_FOR' ? given
  : { ...given, timeoutMinutes: 60, onTimeout: 'FAIL', onPartial: 'FAIL', onIssues: 'WARN' });

/** A sample of all that code can say: each has to be synthesized. */
const variant = fc.constantFrom(...fc.sample(anyVariant, { numRuns: 48, seed: 20261125 }));

/** Deployments mostly stay with one variant, as code does. */
const operations: fc.Arbitrary<readonly Operation[]> = fc.tuple(variant, fc.array(fc.tuple(fc.record({
  kind: choose([8, 'deploy' as const], [1, 'destroy' as const], [1, 'roll back' as const]),
  release: choose([3, 1], [3, 2], [2, 3]),
  tag: choose([3, 1], [1, 2]),
  vault: choose<0 | 1>([6, 0], [1, 1]),
  source: choose<0 | 1>([6, 0], [1, 1]),
  rollback: choose([4, true], [1, false]),
  fails: choose<'Migration' | 'Neighbour' | undefined>([6, undefined], [1, 'Migration'], [2, 'Neighbour']),
  cancelAfter: rarely(fc.integer({ min: 1, max: 400 }), 8),
  jobs: fc.array(plan, { minLength: 1, maxLength: 2 }),
  foreignJob: rarely(fc.record({ at: fc.integer({ min: 0, max: 60 }), runningFor: choose([8, 100], [3, 1000], [1, 10_800]) }), 10),
  statusDenied: choose([12, false], [1, true]),
  pauseMinutes: choose([4, 5], [2, 0], [2, 120], [1, 60 * 24 * 40]),
}), rarely(variant, 4)), { minLength: 1, maxLength: 4, size: 'max' })).map(([usual, given]) => given.map(([operation, other], index) => ({
  ...operation,
  kind: index === 0 ? 'deploy' as const : operation.kind,
  statusDenied: index > 0 && operation.statusDenied,
  variant: other ?? usual,
})));

export const undocumented: fc.Arbitrary<Partial<Undocumented>> = fc.record({
  oldPropertiesAfterFailure: choose([1, 'last success' as const], [1, 'last attempt' as const]),
  rollbackOfReplacement: choose([1, 'swapped update' as const], [1, 'delete only' as const]),
  siblingsOnFailure: choose([1, 'cancelled' as const], [1, 'awaited' as const]),
  siblingsOnCancel: choose([1, 'cancelled' as const], [1, 'awaited' as const]),
  retryOfFailedCreate: choose([1, 'delete and create' as const], [1, 'update' as const]),
});

const judged = choose([1, { in: 'call' as const }], [1, { in: 'job' as const, afterSeconds: 3 }], [1, { in: 'job' as const, afterSeconds: 45 }]);

export const backupUndocumented: fc.Arbitrary<Partial<BackupUndocumented>> = fc.record({
  roleNotAssumable: judged,
  roleNotPermitted: judged,
  missingVaultError: choose([1, 'ResourceNotFoundException' as const], [1, 'AccessDeniedException' as const]),
  tokenLifetimeMinutes: choose([2, 60], [1, Infinity], [1, 0]),
  repeatedTokenReply: choose([1, 'with-job-id' as const], [1, 'without-job-id' as const]),
  repeatedTokenWithOtherParameters: choose([1, 'first-job' as const], [1, 'InvalidParameterValueException' as const]),
  describeForgetsAfterDays: choose([1, 30], [1, 3650]),
  describeLagSeconds: choose([2, 0], [1, 20], [1, 100]),
  listLagSeconds: choose([2, 0], [1, 20], [1, 100]),
  stopOfFinishedJob: choose([1, 'InvalidRequestException' as const], [1, 'success' as const]),
  temporaryPointAfterFailedCopy: choose([1, 'kept' as const], [1, 'deleted' as const]),
// Nothing at all could tell a caller whose call was cut that its job has been started.
}).map((given) => given.tokenLifetimeMinutes === 0 ? { ...given, listLagSeconds: 0 } : given);

export const disturbance: fc.Arbitrary<Disturbance> = fc.record({
  crashes: choose([3, 0], [1, 0.1], [1, 0.4]),
  calls: choose([3, 0], [1, 0.05], [1, 0.25]),
  deliveries: choose([3, 0], [1, 0.3], [1, 1]),
  throttles: choose([4, 0], [1, 0.3]),
});

export const histories: fc.Arbitrary<History> = fc.record({
  seed: fc.noShrink(fc.integer({ min: 1, max: 2 ** 30 })),
  operations,
  undocumented,
  backupUndocumented,
  concurrency: choose([4, 1000], [1, 10], [1, 2]),
  propagation: fc.record({ policies: choose([2, 0], [1, 20_000], [1, 60_000]), backupRoles: choose([2, 0], [1, 15_000], [1, 60_000]) }),
  disturbance,
});
