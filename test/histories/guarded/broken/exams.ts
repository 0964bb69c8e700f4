import type { Code } from '../app';
import type { GuardedHistory, GuardedOperation, Parameters } from '../history';

/** Short histories of guarded tables, each of which only a correct function and a correct template survive. */
export interface GuardedExam {
  readonly name: string;
  readonly history: GuardedHistory;
}

const CODE: Code = { orders: 'final', invoices: 'final', gate: false, expires: false, sorted: false, retained: false, timeoutHours: 1 };
const PARAMETERS: Parameters = { billing: 1, key: 1, release: 1, topic: 1, invoices: true, tag: 1 };
const DEPLOY: GuardedOperation = {
  kind: 'deploy', code: CODE, parameters: PARAMETERS, rollback: true, jobs: [{ queuedFor: 1, runningFor: 20 }], writes: true, pauseMinutes: 5,
};

/** What an operation says otherwise than the first one. */
type Otherwise = Partial<Omit<GuardedOperation, 'code' | 'parameters'>> & { readonly code?: Partial<Code>; readonly parameters?: Partial<Parameters> };

function exam(name: string, operations: readonly Otherwise[], more: Partial<GuardedHistory> = {}): GuardedExam {
  return {
    name,
    history: {
      seed: 4711,
      operations: operations.map(({ code, parameters, ...operation }) => ({
        ...DEPLOY, ...operation, code: { ...CODE, ...code }, parameters: { ...PARAMETERS, ...parameters },
      })),
      undocumented: {},
      backupUndocumented: {},
      disturbance: { crashes: 0, calls: 0, deliveries: 0, throttles: 0 },
      ...more,
    },
  };
}

const PLAIN: Partial<Code> = { orders: 'plain', invoices: 'plain', gate: true };

export const GUARDED_EXAMS: readonly GuardedExam[] = [
  exam('a parameter changes the tables', [{}, { parameters: { billing: 2 } }]),
  exam('a parameter replaces the orders', [{}, { parameters: { key: 2 } }]),
  exam('the code changes the orders', [{}, { code: { expires: true } }]),
  exam('the code replaces the orders', [{}, { code: { sorted: true } }]),
  exam('a tag changes', [{}, { parameters: { tag: 2 } }]),
  exam('a sibling is replaced', [{}, { parameters: { topic: 2 } }]),
  exam('a gated migration changes', [{ code: PLAIN }, { code: PLAIN, parameters: { release: 2 } }, { code: PLAIN, parameters: { release: 2, tag: 2 } }]),
  exam('a gated migration changes with a sibling', [{ code: PLAIN }, { code: PLAIN, parameters: { topic: 2 } }]),
  exam('the stack is deleted', [{}, { kind: 'destroy' }]),
  exam('the stack is deleted, and the last backup takes a while', [{}, { kind: 'destroy', jobs: [{ queuedFor: 30, runningFor: 600 }] }]),
  exam('a final backup fails', [{}, { kind: 'destroy', jobs: [{ runningFor: 20, outcome: { state: 'FAILED', statusMessage: 'The disk is full.' } }] }, { kind: 'destroy' }]),
  exam('one of two final backups of hours fails, and jobs are listed late', [
    { code: { timeoutHours: 3 } },
    { kind: 'destroy', code: { timeoutHours: 3 }, jobs: [{ runningFor: 20 }, { runningFor: 40, outcome: { state: 'FAILED', statusMessage: 'The disk is full.' } }] },
    { kind: 'destroy', code: { timeoutHours: 3 }, jobs: [{ queuedFor: 1, runningFor: 3 }] },
  ], { backupUndocumented: { listLagSeconds: 20 } }),
  exam('a final backup is PARTIAL', [{}, { kind: 'destroy', jobs: [{ runningFor: 20, outcome: { state: 'PARTIAL', statusMessage: 'Parts are missing.' } }] }]),
  exam('the invoices leave the template', [{}, { code: { invoices: 'absent' } }]),
  exam('the invoices leave by their condition', [{}, { parameters: { invoices: false } }]),
  exam('the invoices leave, and their backup fails', [{}, { code: { invoices: 'absent' }, jobs: [{ runningFor: 20, outcome: { state: 'FAILED', statusMessage: 'The disk is full.' } }] }]),
  exam('only a guard leaves', [{}, { code: { invoices: 'plain' } }]),
  exam('all guards leave with their tables', [{}, { code: { orders: 'absent', invoices: 'absent' } }]),
  exam('the orders leave, and the stack rolls back', [{}, { code: { orders: 'absent', expires: true }, fails: 'Invoices', parameters: { billing: 2 } }]),
  exam('a replacement whose guard warns', [{}, { code: { sorted: true }, jobs: [{ runningFor: 20, outcome: { state: 'COMPLETED', statusMessage: 'Skipped.' } }, { runningFor: 20 }] }]),
  exam('a guard is added', [{ code: { orders: 'plain' } }, { code: { orders: 'guard' } }]),
  exam('a creation rolls back', [{ code: { invoices: 'absent' } }, { fails: 'Migration', parameters: { release: 2 } }]),
  exam('the orders leave, the invoices come, and the user cancels', [
    { code: { invoices: 'absent' } }, { code: { orders: 'absent' }, cancelAfter: 100, jobs: [{ runningFor: 400 }] },
  ]),
];
