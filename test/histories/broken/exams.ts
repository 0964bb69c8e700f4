import type { History, Operation } from '../history';
import type { Variant } from '../variants';

/** Short histories, each of which only a correct function survives. The proof uses them to show that it can fail. */
export interface Exam {
  readonly name: string;
  readonly history: History;
}

const MINUTE = 60_000;
/** When every history begins. */
const START = Date.UTC(2026, 0, 1);

const WAITS: Variant = {
  completion: 'WAIT_FOR', timeoutMinutes: 60, onFailure: 'FAIL', onTimeout: 'FAIL', onPartial: 'FAIL', onIssues: 'WARN', airGapped: false,
};
const CONFIRMS: Variant = { ...WAITS, completion: 'CONFIRM_START' };

const DEPLOY: Operation = {
  kind: 'deploy', variant: WAITS, release: 1, tag: 1, vault: 0, source: 0, rollback: true, jobs: [{ queuedFor: 1, runningFor: 20 }], statusDenied: false, pauseMinutes: 5,
};
const CONFIRM: Operation = { ...DEPLOY, variant: CONFIRMS };

const CALM = { crashes: 0, calls: 0, deliveries: 0, throttles: 0 };

function exam(name: string, operations: readonly Partial<Operation>[], more: Partial<History> = {}, base: Operation = DEPLOY): Exam {
  return {
    name,
    history: {
      seed: 4711,
      operations: operations.map((operation) => ({ ...base, ...operation })),
      undocumented: {},
      backupUndocumented: {},
      concurrency: 1000,
      propagation: { policies: 0, backupRoles: 0 },
      disturbance: CALM,
      ...more,
    },
  };
}

const failing = (statusMessage: string) => [{ queuedFor: 1, runningFor: 20, outcome: { state: 'FAILED', statusMessage } }];
let lost = 0;

function asksFor(release: string, payload: string): boolean {
  const { ResourceProperties: properties } = JSON.parse(payload) as { ResourceProperties?: { OnDemandBackup?: { TriggerValues?: string[] } } };
  return properties?.OnDemandBackup?.TriggerValues?.[0] === release;
}

export const EXAMS: readonly Exam[] = [
  exam('create, change, unchanged, delete', [{}, { release: 2 }, { release: 2, tag: 2 }, { kind: 'destroy' }]),
  exam('the same with confirmStart', [{}, { release: 2 }, { release: 2, tag: 2 }, { kind: 'destroy' }], {}, CONFIRM),
  exam('the answer of StartBackupJob gets lost', [{}], {
    backupUndocumented: { listLagSeconds: 30 },
    network: ({ operation, index }) => {
      if (index === 0) lost = 0;
      return operation === 'StartBackupJob' && lost++ === 0 ? { kind: 'reset', after: true } : undefined;
    },
  }, CONFIRM),
  exam('the function crashes after the job is started, and tokens are not remembered', [{}], {
    backupUndocumented: { tokenLifetimeMinutes: 0 },
    lambda: { crash: ({ mode, attempt, payload }) => mode === 'async' && attempt === 1 && payload.includes('"Create"') ? { call: 2, when: 'after' } : undefined },
  }, CONFIRM),
  exam('two changes within the life of a token', [{}, { release: 2 }, { release: 3 }], { backupUndocumented: { tokenLifetimeMinutes: Infinity } }),
  exam('a sibling fails: rollback', [{}, { release: 2, fails: 'Migration' }, { release: 1, tag: 2 }, { release: 2 }]),
  exam('a sibling fails, and a replacement is rolled back by deletion only', [{}, { release: 2, fails: 'Migration' }, { release: 1, tag: 2 }], {
    undocumented: { rollbackOfReplacement: 'delete only' },
  }),
  exam('the status cannot be read', [{}, { release: 2, statusDenied: true }], {}, CONFIRM),
  exam('a job fails, rollback disabled, deployed again', [{}, { release: 2, rollback: false, jobs: failing('The disk is full.') }, { release: 2, tag: 2, rollback: false }], {
    undocumented: { oldPropertiesAfterFailure: 'last attempt' },
  }),
  exam('a job fails, deployed again', [{}, { release: 2, jobs: failing('The disk is full.') }, { release: 2 }]),
  exam('a job fails with an endless message', [{ jobs: failing('Zu viele Schlüssel: ß'.repeat(400)) }], {}, CONFIRM),
  exam('the same, and the deployment goes on', [{}, { release: 2, jobs: failing('ñ'.repeat(400)) }, { release: 3, jobs: failing('ñ'.repeat(400)) }], {}, {
    ...CONFIRM, variant: { ...CONFIRMS, onFailure: 'WARN' },
  }),
  exam('a job dies after 40 seconds', [{ jobs: [{ queuedFor: 1, runningFor: 40, outcome: { state: 'FAILED', statusMessage: 'The disk is full.' } }] }], {}, CONFIRM),
  exam('permissions of the role propagate', [{}], { propagation: { policies: 20_000, backupRoles: 120_000 }, backupUndocumented: { roleNotAssumable: { in: 'job', afterSeconds: 5 } } }),
  exam('time runs out', [{ variant: { ...WAITS, timeoutMinutes: 60 }, jobs: [{ runningFor: 9000 }] }]),
  exam('time runs out while the job is queued', [{ variant: { ...WAITS, timeoutMinutes: 10 }, jobs: [{ queuedFor: 2000, runningFor: 60 }], pauseMinutes: 120 }]),
  exam('a job of two hours', [{ variant: { ...WAITS, timeoutMinutes: 180 }, jobs: [{ runningFor: 7000 }] }]),
  exam('a job fails in its second hour, rollback disabled, deployed again', [
    { variant: { ...WAITS, timeoutMinutes: 180 }, rollback: false, jobs: [{ runningFor: 5000, outcome: { state: 'FAILED', statusMessage: 'The disk is full.' } }] },
    { variant: { ...WAITS, timeoutMinutes: 180 }, rollback: false },
  ]),
  exam('calls are throttled', [{}], {
    network: ({ operation, index }) => operation === 'DescribeBackupJob' && index % 3 === 0
      ? { kind: 'error', type: 'ThrottlingException', message: 'Rate exceeded', status: 400 } : undefined,
  }),
  exam('the PUT is refused twice', [{}, { release: 2 }], { network: ({ service, index }) => service === 'answer' && index % 3 !== 0 ? { kind: 'status', status: 503 } : undefined }, CONFIRM),
  exam('somebody else\'s job is running', [{}, { release: 2, foreignJob: { at: 0, runningFor: 900 } }]),
  exam('cancelled while waiting', [{}, { release: 2, cancelAfter: 200, jobs: [{ runningFor: 3000 }], pauseMinutes: 120 }]),
  exam('cancelled while another job is waited out, then changed again', [
    {}, { release: 2, cancelAfter: 200, foreignJob: { at: 0, runningFor: 900 }, pauseMinutes: 0 }, { release: 3, source: 1, jobs: [{ runningFor: 1200 }] },
  ]),
  exam('cancelled while permissions propagate', [{}, { release: 2, cancelAfter: 60, pauseMinutes: 60 }], {
    network: ({ operation, time }) => operation === 'StartBackupJob' && time > START + 3 * MINUTE && time < START + 8 * MINUTE
      ? { kind: 'error', type: 'AccessDeniedException', message: 'not yet', status: 403 } : undefined,
  }, CONFIRM),
  exam('a backup plan starts a job while permissions propagate', [{ pauseMinutes: 60 }, { release: 2, vault: 1, foreignJob: { at: 40, runningFor: 300 } }], {
    network: ({ operation, time }) => operation === 'StartBackupJob' && time > START + 60 * MINUTE && time < START + 63 * MINUTE
      ? { kind: 'error', type: 'AccessDeniedException', message: 'not yet', status: 403 } : undefined,
  }),
  exam('every event comes again half a minute and ten minutes later', [{}, { release: 2, fails: 'Migration', pauseMinutes: 1 }, { release: 3 }, { kind: 'destroy' }], {
    lambda: { deliver: () => ({ duplicates: [31_000, 10 * MINUTE] }) }, backupUndocumented: { tokenLifetimeMinutes: 0 },
  }, CONFIRM),
  exam('an event comes in the next operation', [{}, { release: 2, cancelAfter: 45, pauseMinutes: 0 }, { release: 3, source: 1, jobs: [{ queuedFor: 80, runningFor: 600 }] }], {
    lambda: { deliver: ({ payload }) => asksFor('2', payload) ? { delay: 110_000 } : undefined },
  }, CONFIRM),
  exam('an event comes fourteen minutes late, and permissions propagate', [{}], {
    lambda: { deliver: ({ payload }) => payload.includes('"Create"') ? { delay: 14 * MINUTE } : undefined },
    network: ({ operation, time }) => operation === 'StartBackupJob' && time < START + 17 * MINUTE
      ? { kind: 'error', type: 'AccessDeniedException', message: 'not yet', status: 403 } : undefined,
  }, CONFIRM),
  exam('polls crash', [{ jobs: [{ runningFor: 300 }] }], {
    lambda: { crash: ({ mode, index }) => mode === 'sync' && index % 3 !== 0 ? { call: 0, when: 'before' } : undefined },
  }),
  exam('polls crash for good', [{ jobs: [{ runningFor: 3000 }] }], {
    lambda: { crash: ({ mode, payload }) => mode === 'sync' && payload.includes('"job"') && !payload.includes('"error"') ? { call: 0, when: 'before' } : undefined },
  }),
  exam('PARTIAL', [{ jobs: [{ runningFor: 30, outcome: { state: 'PARTIAL', statusMessage: 'Parts are missing.' } }] }]),
  exam('issues that may not be', [{ variant: { ...WAITS, onIssues: 'FAIL' }, jobs: [{ runningFor: 30, outcome: { state: 'COMPLETED', statusMessage: 'Skipped.' } }] }]),
  exam('the copy fails', [{ variant: { ...WAITS, airGapped: true }, jobs: [{ runningFor: 30, copy: { queuedFor: 10, runningFor: 600, outcome: { state: 'FAILED', statusMessage: 'No.' } } }] }]),
  exam('a backup begins to wait', [{ variant: CONFIRMS }, { variant: WAITS }]),
  exam('records expire', [{ pauseMinutes: 60 * 24 * 40 }, { tag: 2 }, { release: 2, fails: 'Migration' }, { tag: 3 }]),
];
