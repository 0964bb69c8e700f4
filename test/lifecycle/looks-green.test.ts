import { CONFIRMS, failures, FORGETS, HOUR, jobStates, MINUTE, SECOND, shops, startedWith, WAITS } from './shop';
import type { Variant } from '../histories/variants';
import type { Undocumented as BackupUndocumented } from '../simulator/backup';

const shop = shops();

describe('A1: waiting belongs to the intent', () => {
  test('an old backup that begins to wait is made again, and waited for', async () => {
    const { aws, ...it } = await open(CONFIRMS);
    await it.deploy({});
    expect(jobStates(aws)).toHaveLength(1);
    await it.deploy({ completion: 'WAIT_FOR' });
    expect(jobStates(aws)).toEqual(['COMPLETED', 'COMPLETED']);
    await it.deploy({ completion: 'WAIT_FOR', timeoutMinutes: 180 });
    expect(jobStates(aws)).toHaveLength(2);
  });
});

describe('A2: a job that dies soon after its start', () => {
  const places: BackupUndocumented['roleNotPermitted'][] = [{ in: 'call' }, { in: 'job', afterSeconds: 0 }, { in: 'job', afterSeconds: 20 }, { in: 'job', afterSeconds: 59 }];
  const modes: [string, Variant][] = [['confirmStart', CONFIRMS], ['waitFor', WAITS]];
  const cases = modes.flatMap(([name, variant]) => places.map((place) => [name, JSON.stringify(place), variant, place] as const));

  test.each(cases)('%s: a role that propagates in 50 seconds, judged %s: one COMPLETED job', async (_name, _place, variant, place) => {
    const { aws, ...it } = await open(variant, {
      propagation: { backupRoles: 50 * SECOND, policies: 20 * SECOND }, backupUndocumented: { roleNotPermitted: place, roleNotAssumable: place },
    });
    expect((await it.deploy()).status).toBe('CREATE_COMPLETE');
    await aws.clock.advance(HOUR);
    expect(jobStates(aws).filter((state) => state === 'COMPLETED')).toHaveLength(1);
    expect(aws.violations()).toEqual([]);
  });

  test.each([0, 1, 20, 45, 59])('confirmStart never succeeds with a job that dies %i seconds after its start', async (seconds) => {
    const { aws, ...it } = await open(CONFIRMS);
    aws.backup.plans.script({ queuedFor: 0, runningFor: seconds, outcome: { state: 'FAILED', statusMessage: 'The key is disabled.' } });
    const created = await it.deploy();
    expect(created.status).toBe('ROLLBACK_COMPLETE');
    expect(failures(created)[0]).toContain('The key is disabled.');
  });

  test('confirmStart looks at a job that a repeated token names, however old that is', async () => {
    const { aws, ...it } = await open(CONFIRMS, {
      backupUndocumented: { listLagSeconds: 100 },
      lambdaFaults: {
        crash: ({ index }) => [{ call: 2, when: 'after' as const }, { call: 0, when: 'before' as const }][index],
        deliver: ({ index }) => index === 0 ? { duplicates: [95 * SECOND] } : undefined,
      },
    });
    aws.backup.plans.script({ queuedFor: 0, runningFor: 40, outcome: { state: 'FAILED', statusMessage: 'The key is disabled.' } });
    const created = await it.deploy();
    expect(failures(created)[0]).toContain('The key is disabled.');
    expect(jobStates(aws)).toEqual(['FAILED']);
  });

  test('fireAndForget does not look back', async () => {
    const { aws, ...it } = await open(FORGETS);
    aws.backup.plans.script({ queuedFor: 0, runningFor: 1, outcome: { state: 'FAILED', statusMessage: 'The key is disabled.' } });
    expect((await it.deploy()).status).toBe('CREATE_COMPLETE');
  });
});

describe('A6: tokens', () => {
  const lifetimes = [Infinity, 60, 0].flatMap((minutes) => (['with-job-id', 'without-job-id'] as const).map((reply) => [minutes, reply] as const));

  test.each(lifetimes)('remembered %d minutes, reply %s: a job of three hours, with crashes and duplicates, is one job', async (tokenLifetimeMinutes, repeatedTokenReply) => {
    const { aws, ...it } = await open({ ...WAITS, timeoutMinutes: 300 }, {
      backupUndocumented: { tokenLifetimeMinutes, repeatedTokenReply },
      lambdaFaults: {
        crash: ({ attempt, index }) => attempt === 1 && index % 7 === 3 ? { call: 1, when: 'after' } : undefined,
        deliver: () => ({ duplicates: [90 * SECOND, 61 * MINUTE] }),
      },
    });
    aws.backup.plans.script({ runningFor: 3 * 3600 });
    expect((await it.deploy()).status).toBe('CREATE_COMPLETE');
    expect(jobStates(aws)).toEqual(['COMPLETED']);
  });

  test.each(['with-job-id', 'without-job-id'] as const)('the answer of StartBackupJob gets lost, reply %s, and the list is late: one job', async (repeatedTokenReply) => {
    let starts = 0;
    const { aws, ...it } = await open(CONFIRMS, {
      backupUndocumented: { repeatedTokenReply, listLagSeconds: 40 },
      networkFaults: ({ operation }) => operation === 'StartBackupJob' && starts++ === 0 ? { kind: 'reset', after: true } : undefined,
    });
    expect((await it.deploy()).status).toBe('CREATE_COMPLETE');
    expect(aws.backup.jobs()).toHaveLength(1);
  });
});

describe('A7: the status of the stack cannot be read', () => {
  const denied = (since: () => boolean) => ({ operation }: { operation: string }) => operation === 'DescribeStacks' && since()
    ? { kind: 'error' as const, type: 'AccessDenied', message: 'is not authorized to perform: cloudformation:DescribeStacks', status: 403 } : undefined;

  test('at the first deployment that is an error which says what to do', async () => {
    const it = await shop(WAITS, { networkFaults: denied(() => true) });
    const created = await it.deploy();
    expect(created.status).toBe('ROLLBACK_COMPLETE');
    expect(failures(created)[0]).toMatch(/status of the stack cannot be read.*Let the function call cloudformation:DescribeStacks/);
    expect(jobStates(it.aws)).toEqual([]);
  });

  test.each([WAITS, CONFIRMS])('later, nothing is skipped, and rollbacks complete', async (variant) => {
    let isDenied = false;
    const it = await shop(variant, {
      networkFaults: denied(() => isDenied),
      resourceFaults: ({ logicalId, action, rollback }) => logicalId === 'Migration' && action === 'UPDATE' && !rollback && isDenied && fails ? 'broken' : undefined,
    });
    let fails = false;
    await it.deploy();
    isDenied = true;
    expect((await it.deploy({ release: '2' })).status).toBe('UPDATE_COMPLETE');
    expect(jobStates(it.aws)).toHaveLength(2);
    fails = true;
    expect((await it.deploy({ release: '3' })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    fails = false;
    expect((await it.deploy({ release: '2', tag: '2' })).status).toBe('UPDATE_COMPLETE');
  });
});

describe('A10: rollback disabled', () => {
  const cases = (['last success', 'last attempt'] as const).flatMap((old) => [1, 70].map((minutes) => [old, minutes] as const));

  test.each(cases)('OldResourceProperties are those of the %s, the job fails after %i minutes: deployed again, one more job', async (oldPropertiesAfterFailure, minutes) => {
    const { aws, ...it } = await open({ ...WAITS, timeoutMinutes: 180 }, { undocumented: { oldPropertiesAfterFailure } });
    await it.deploy({ deployment: 'a' });
    it.jobs({ runningFor: minutes * 60, outcome: { state: 'FAILED', statusMessage: 'The disk is full.' } });
    expect((await it.deploy({ release: '2', deployment: 'b' }, { rollback: false })).status).toBe('UPDATE_FAILED');
    const again = await it.deploy({ release: '2', deployment: 'b' }, { rollback: false });
    expect(again.status).toBe('UPDATE_COMPLETE');
    expect(jobStates(aws)).toEqual(['COMPLETED', 'FAILED', 'COMPLETED']);
    expect(Object.values(again.outputs)).toEqual([aws.backup.jobs()[2].id]);
  });

  test.each(['delete and create', 'update'] as const)('a creation that failed in its second hour is tried again by %s', async (retryOfFailedCreate) => {
    const { aws, ...it } = await open({ ...WAITS, timeoutMinutes: 120 }, { undocumented: { retryOfFailedCreate } });
    it.jobs({ runningFor: 100 * 60, outcome: { state: 'FAILED', statusMessage: 'The disk is full.' } });
    expect((await it.deploy({}, { rollback: false })).status).toBe('CREATE_FAILED');
    expect((await it.deploy({}, { rollback: false })).ok).toBe(true);
    expect(jobStates(aws)).toEqual(['FAILED', 'COMPLETED']);
  });

  test.each([60, 120])('a job fails in its third hour, and the next deployment waits %i minutes at most: one more job', async (timeoutMinutes) => {
    const { aws, ...it } = await open({ ...WAITS, timeoutMinutes: 180 });
    await it.deploy();
    it.jobs({ runningFor: 130 * 60, outcome: { state: 'FAILED', statusMessage: 'The disk is full.' } });
    expect((await it.deploy({ release: '2' }, { rollback: false })).status).toBe('UPDATE_FAILED');
    expect((await it.deploy({ release: '2', timeoutMinutes }, { rollback: false })).status).toBe('UPDATE_COMPLETE');
    expect(jobStates(aws)).toEqual(['COMPLETED', 'FAILED', 'COMPLETED']);
  });

  test('another job blocks the first hour, a change fails and is taken back while another job blocks again: one more job', async () => {
    const it = await shop({ ...WAITS, timeoutMinutes: 120 });
    it.planJob(70 * 60);
    expect((await it.deploy()).status).toBe('CREATE_COMPLETE');
    it.jobs({ runningFor: 70 * 60, outcome: { state: 'FAILED', statusMessage: 'The disk is full.' } });
    expect((await it.deploy({ release: '2' }, { rollback: false })).status).toBe('UPDATE_FAILED');
    it.planJob(70 * 60);
    expect((await it.deploy({ release: '1' }, { rollback: false })).status).toBe('UPDATE_COMPLETE');
    expect(it.aws.backup.jobs().filter(({ createdBy }) => !createdBy).map(({ state }) => state)).toEqual(['COMPLETED', 'FAILED', 'COMPLETED']);
  });

  test('the deployment gave up in the second hour: the next one waits for the job and makes one of its own', async () => {
    const { aws, ...it } = await open({ ...WAITS, timeoutMinutes: 120 });
    it.jobs({ runningFor: 2.4 * 3600 });
    expect((await it.deploy({}, { rollback: false })).status).toBe('CREATE_FAILED');
    const again = await it.deploy({}, { rollback: false });
    expect(again.ok).toBe(true);
    expect(jobStates(aws)).toEqual(['COMPLETED', 'COMPLETED']);
    expect(aws.backup.jobs()[1].createdAt).toBeGreaterThan(aws.backup.jobs()[0].finishedAt!);
  });
});

test('A11: a success never names a job that is older than its event', async () => {
  const it = await shop(CONFIRMS);
  await it.deploy();
  await it.aws.clock.advance(HOUR);
  await it.deploy({ release: '2' });
  const requests = it.requests();
  const named = it.answers().filter(({ data }) => data?.BackupJobId !== undefined);
  expect(named).toHaveLength(2);
  named.forEach(({ data, requestId }) => {
    const job = it.aws.backup.job(String(data?.BackupJobId))!;
    expect(job.createdAt).toBeGreaterThanOrEqual(requests.find((request) => request.requestId === requestId)!.time);
  });
  expect(new Set(startedWith(it.aws).map(({ IdempotencyToken }) => IdempotencyToken)).size).toBe(2);
});

describe('A15: terminal states', () => {
  const ISSUES = { state: 'COMPLETED', statusMessage: 'Objects were skipped.', messageCategory: 'AccessDenied' };
  const cases: [string, Partial<Variant>, { state: string; statusMessage?: string; messageCategory?: string }, boolean][] = [
    ['COMPLETED', {}, { state: 'COMPLETED' }, true],
    ['FAILED', {}, { state: 'FAILED', statusMessage: 'no' }, false],
    ['FAILED', { onFailure: 'WARN' }, { state: 'FAILED', statusMessage: 'no' }, true],
    ['ABORTED', {}, { state: 'ABORTED', statusMessage: 'no' }, false],
    ['ABORTED', { onFailure: 'WARN' }, { state: 'ABORTED', statusMessage: 'no' }, true],
    ['EXPIRED', {}, { state: 'EXPIRED', statusMessage: 'no' }, false],
    ['EXPIRED', { onFailure: 'WARN' }, { state: 'EXPIRED', statusMessage: 'no' }, true],
    ['PARTIAL', {}, { state: 'PARTIAL', statusMessage: 'no' }, false],
    ['PARTIAL', { onPartial: 'WARN' }, { state: 'PARTIAL', statusMessage: 'no' }, true],
    ['PARTIAL', { onFailure: 'WARN' }, { state: 'PARTIAL', statusMessage: 'no' }, false],
    ['COMPLETED with issues', {}, ISSUES, true],
    ['COMPLETED with issues', { onIssues: 'FAIL' }, ISSUES, false],
    ['COMPLETED with issues', { onIssues: 'FAIL', onFailure: 'WARN' }, ISSUES, false],
  ];

  test.each(cases)('%s with %j', async (_state, options, outcome, ok) => {
    const it = await shop({ ...WAITS, ...options });
    it.aws.backup.plans.script({ runningFor: 20, outcome });
    const created = await it.deploy();
    expect(created.ok).toBe(ok);
    if (ok) expect(it.answers()[0].data).toMatchObject({ State: outcome.state, StatusMessage: outcome.statusMessage ?? '' });
    else expect(failures(created)[0]).toMatch(new RegExp(`ended ${outcome.state}.*${outcome.statusMessage}`));
  });

  test('a state that nobody knows is waited out, and logged once', async () => {
    const it = await shop();
    it.aws.backup.plans.script({ runningFor: 300, strangeState: { state: 'HIBERNATING', seconds: 600 } });
    expect((await it.deploy()).status).toBe('CREATE_COMPLETE');
    expect(it.aws.recorder.of('log').filter(({ line }) => line.includes('unknown state'))).toHaveLength(1);
  });

  test.each([
    ['the copy is awaited', { state: 'COMPLETED' }, undefined, true],
    ['a copy that fails is no backup', { state: 'FAILED', statusMessage: 'The vault is full.' }, undefined, false],
    ['issues do not hide a copy that fails', { state: 'FAILED', statusMessage: 'The vault is full.' }, 'Objects were skipped.', false],
  ])('air-gapped vault: %s', async (_what, copyOutcome, statusMessage, ok) => {
    const it = await shop({ ...WAITS, airGapped: true });
    it.aws.backup.plans.script({ runningFor: 20, outcome: { state: 'COMPLETED', statusMessage }, copy: { queuedFor: 10, runningFor: 600, outcome: copyOutcome } });
    const created = await it.deploy();
    expect(created.ok).toBe(ok);
    if (ok) {
      expect(it.answers()[0].data).toMatchObject({ RecoveryPointArn: it.aws.backup.recoveryPoints().at(-1)!.arn });
      expect(it.answers()[0].time).toBeGreaterThan(it.aws.backup.copyJobs()[0].finishedAt!);
    } else {
      expect(failures(created)[0]).toMatch(/is COMPLETED, but the copy job .* ended FAILED: The vault is full\./);
    }
  });

  test('air-gapped vault: the copy of a job that is found after a crash is awaited too', async () => {
    let polls = 0;
    const it = await shop({ ...WAITS, airGapped: true }, {
      lambdaFaults: { crash: ({ mode }) => mode === 'sync' && polls++ === 0 ? { call: 2, when: 'after' } : undefined },
    });
    it.aws.backup.plans.script({ queuedFor: 0, runningFor: 0, copy: { queuedFor: 10, runningFor: 600, outcome: { state: 'FAILED', statusMessage: 'The vault is full.' } } });
    const created = await it.deploy();
    expect(failures(created)[0]).toMatch(/is COMPLETED, but the copy job .* ended FAILED: The vault is full\./);
    expect(jobStates(it.aws)).toEqual(['COMPLETED']);
  });

  test('air-gapped vault: a copy of two hours is awaited across resources', async () => {
    const it = await shop({ ...WAITS, airGapped: true, timeoutMinutes: 180 });
    it.aws.backup.plans.script({ runningFor: 2400, copy: { queuedFor: 10, runningFor: 7200, outcome: { state: 'COMPLETED' } } });
    expect((await it.deploy()).status).toBe('CREATE_COMPLETE');
    expect(it.answers().at(-1)!.data).toMatchObject({ RecoveryPointArn: it.aws.backup.recoveryPoints().at(-1)!.arn, State: 'COMPLETED' });
  });

  test('air-gapped vault: confirmStart does not wait for the copy', async () => {
    const it = await shop({ ...CONFIRMS, airGapped: true });
    it.aws.backup.plans.script({ queuedFor: 1, runningFor: 5, copy: { queuedFor: 10, runningFor: 7200, outcome: { state: 'COMPLETED' } } });
    expect((await it.deploy()).status).toBe('CREATE_COMPLETE');
  });
});

/** The shop with its methods apart, so that they read as what somebody does. */
async function open(...given: Parameters<typeof shop>) {
  const it = await shop(...given);
  return { aws: it.aws, deploy: it.deploy.bind(it), jobs: it.jobs.bind(it) };
}
