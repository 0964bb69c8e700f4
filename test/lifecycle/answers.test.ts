import { CONFIRMS, failures, FORGETS, HOUR, jobStates, MINUTE, SECOND, shops, WAITS } from './shop';
import type { Variant } from '../histories/variants';

const shop = shops();
const MODES: [string, Variant][] = [['waitFor', WAITS], ['confirmStart', CONFIRMS], ['fireAndForget', FORGETS]];

describe('B7: a dead function', () => {
  test.each(MODES)('%s: an answer that never gets through ends within the service timeout', async (_mode, variant) => {
    const it = await shop(variant, { networkFaults: ({ service }) => service === 'answer' ? { kind: 'reset' } : undefined });
    const begun = it.aws.clock.now();
    const created = await it.deploy();
    expect(created.status).toMatch(/^ROLLBACK_(COMPLETE|FAILED)$/);
    const timeout = variant.completion === 'WAIT_FOR' ? 3600 : 900;
    expect(it.aws.clock.now() - begun).toBeLessThan((2 * timeout + 300) * SECOND);
  });

  test.each(MODES)('%s: the PUT is answered 500 four times, then taken', async (_mode, variant) => {
    let puts = 0;
    const it = await shop(variant, { networkFaults: ({ service }) => service === 'answer' && puts++ < 4 ? { kind: 'status', status: 500 } : undefined });
    expect((await it.deploy()).status).toBe('CREATE_COMPLETE');
    expect(it.answers()).toHaveLength(1);
  });

  test.each(MODES)('%s: the PUT gets through and its answer is lost: the same answer again', async (_mode, variant) => {
    let puts = 0;
    const it = await shop(variant, { networkFaults: ({ service }) => service === 'answer' && puts++ < 2 ? { kind: 'reset', after: true } : undefined });
    expect((await it.deploy()).status).toBe('CREATE_COMPLETE');
    expect(it.aws.violations()).toEqual([]);
  });
});

describe('B10: AWS Backup forgets', () => {
  test.each(MODES)('%s: after 40 days an unchanged update calls nobody, and every attribute is as before', async (_mode, variant) => {
    const it = await shop(variant);
    const { outputs } = await it.deploy();
    const before = it.answers().at(-1)!;
    await it.aws.clock.advance(40 * 24 * HOUR);
    const calls = it.aws.recorder.of('call').length;
    const updated = await it.deploy({ tag: '2' });
    expect(updated.outputs).toEqual(outputs);
    expect(it.answers().at(-1)).toMatchObject({ data: before.data, physicalId: before.physicalId });
    expect(it.aws.recorder.of('call')).toHaveLength(calls);
  });

  test('a rollback after 40 days brings every attribute back', async () => {
    let breaks = false;
    const it = await shop(WAITS, {
      resourceFaults: ({ logicalId, action, rollback }) => breaks && logicalId === 'Migration' && action === 'UPDATE' && !rollback ? 'broken' : undefined,
    });
    it.jobs({ runningFor: 5, outcome: { state: 'COMPLETED', statusMessage: `Übersprungen: ${'ß'.repeat(300)}` } });
    const { outputs } = await it.deploy();
    const { data } = it.answers().at(-1)!;
    await it.aws.clock.advance(40 * 24 * HOUR);
    breaks = true;
    it.aws.backup.plans.script({ runningFor: 5, outcome: { state: 'COMPLETED', statusMessage: `Übersprungen: ${'ß'.repeat(300)}` } });
    const updated = await it.deploy({ release: '2' });
    expect(updated.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(it.aws.outputs('Shop')).toEqual(outputs);
    const rolledBack = it.answers().filter((answer) => answer.reason?.includes('rolling back')).at(-1)!;
    expect(rolledBack.data).toMatchObject({ ...data, StatusMessage: expect.any(String) });
    expect(it.aws.violations()).toEqual([]);
  });
});

describe('B11: denied for good', () => {
  test.each(MODES)('%s: StartBackupJob is answered within four minutes', async (_mode, variant) => {
    const it = await shop(variant, {
      networkFaults: ({ operation }) => operation === 'StartBackupJob' ? { kind: 'error', type: 'AccessDeniedException', message: 'no, 4711', status: 403 } : undefined,
    });
    const created = await it.deploy();
    expect(failures(created)[0]).toContain('AccessDeniedException: no, 4711');
    expect(it.answers()[0].time - it.requests()[0].time).toBeLessThan(4 * MINUTE);
  });

  test('DescribeBackupJob that is denied for two minutes in the third hour fails nothing', async () => {
    let begun = Infinity;
    const it = await shop({ ...WAITS, timeoutMinutes: 240 }, {
      networkFaults: ({ operation, time }) => operation === 'DescribeBackupJob' && time > begun + 150 * MINUTE && time < begun + 152 * MINUTE
        ? { kind: 'error', type: 'AccessDeniedException', message: 'no', status: 403 } : undefined,
    });
    begun = it.aws.clock.now();
    it.aws.backup.plans.script({ runningFor: 3 * 3600 });
    expect((await it.deploy()).status).toBe('CREATE_COMPLETE');
  });

  test('DescribeBackupJob that is denied for good is answered, with what is known', async () => {
    const it = await shop(WAITS, {
      networkFaults: ({ operation }) => operation === 'DescribeBackupJob' ? { kind: 'error', type: 'AccessDeniedException', message: 'no', status: 403 } : undefined,
    });
    it.aws.backup.plans.script({ runningFor: 3000 });
    const created = await it.deploy();
    expect(failures(created)[0]).toMatch(/AccessDeniedException: no Backup job .* was last seen CREATED\./);
    expect(created.duration).toBeLessThan(12 * MINUTE);
  });
});

describe('B13: what is said', () => {
  const LONG = `Größe "überschritten"; ${'ñ😀'.repeat(3000)}`;
  const cases = MODES.flatMap(([mode, variant]) => (['FAIL', 'WARN'] as const).map((onFailure) => [mode, onFailure, variant] as const));

  test.each(cases)('%s, onFailure %s: a message of any length leaves answer and id within their limits', async (_mode, onFailure, variant) => {
    const it = await shop({ ...variant, onFailure });
    it.aws.backup.plans.script({ queuedFor: 0, runningFor: 3, outcome: { state: 'FAILED', statusMessage: LONG, messageCategory: 'InvalidParameters' } });
    await it.deploy();
    await it.deploy({ release: '2' });
    expect(it.aws.violations()).toEqual([]);
    it.aws.recorder.of('answer').forEach(({ bytes }) => expect(bytes).toBeLessThanOrEqual(4096));
  });

  test('progress is logged with the job, its state, percent, bytes and time', async () => {
    const it = await shop();
    it.aws.backup.plans.script({ runningFor: 600 });
    await it.deploy();
    const line = it.aws.recorder.of('log').map((entry) => entry.line).filter((each) => each.includes('"event":"job"') && each.includes('RUNNING')).at(-1)!;
    expect(JSON.parse(line)).toEqual({ event: 'job', job: it.aws.backup.jobs()[0].id, state: 'RUNNING', percentDone: expect.any(String), bytes: expect.any(Number), elapsedSeconds: expect.any(Number) });
  });
});

describe('B16: polls that fail', () => {
  const times = [1, 3];
  const crashes = times.flatMap((count) => (['before', 'after'] as const).flatMap((when) => [0, 1].map((call) => [count, when, call] as const)));

  test.each(crashes)('%i crashes in a row %s call %i: the wait goes on', async (count, when, call) => {
    let polls = 0;
    const it = await shop(WAITS, { lambdaFaults: { crash: ({ mode }) => mode === 'sync' && polls++ % 6 < count ? { call, when } : undefined } });
    it.aws.backup.plans.script({ runningFor: 400 });
    expect((await it.deploy()).status).toBe('CREATE_COMPLETE');
    expect(jobStates(it.aws)).toEqual(['COMPLETED']);
  });

  test('the function is throttled for ten minutes: the wait goes on', async () => {
    let begun = Infinity;
    const it = await shop(WAITS, { lambdaFaults: { throttle: () => { const now = it.aws.clock.now(); return now > begun + 2 * MINUTE && now < begun + 12 * MINUTE; } } });
    begun = it.aws.clock.now();
    it.aws.backup.plans.script({ runningFor: 400 });
    expect((await it.deploy()).status).toBe('CREATE_COMPLETE');
  });

  test('polls that crash for good are answered, with what is known of the job', async () => {
    const it = await shop(WAITS, {
      lambdaFaults: { crash: ({ mode, payload }) => mode === 'sync' && !payload.includes('"error"') && payload.includes('"job"') ? { call: 0, when: 'before' } : undefined },
    });
    it.aws.backup.plans.script({ queuedFor: 5, runningFor: 3000 });
    const created = await it.deploy();
    expect(created.status).toBe('ROLLBACK_COMPLETE');
    expect(failures(created)[0]).toMatch(/Backup job .* was last seen RUNNING.*Waiting for the backup failed: Runtime\.ExitError/);
    expect(created.duration).toBeLessThan(15 * MINUTE);
  });

  test('a job that is still queued is stopped where waiting for it fails', async () => {
    const it = await shop(WAITS, {
      lambdaFaults: { crash: ({ mode, payload }) => mode === 'sync' && !payload.includes('"error"') && payload.includes('"job"') ? { call: 0, when: 'before' } : undefined },
    });
    it.aws.backup.plans.script({ queuedFor: 3000, runningFor: 3000 });
    await it.deploy();
    await it.aws.clock.advance(HOUR);
    expect(jobStates(it.aws)).toEqual(['ABORTED']);
  });

  test.each(MODES)('%s: the first delivery crashes at each of its calls: one job, one answer', async (_mode, variant) => {
    for (const when of ['before', 'after'] as const) {
      for (let call = 0; call < 5; call++) {
        const it = await shop(variant, { lambdaFaults: { crash: ({ mode, attempt, payload }) => mode === 'async' && attempt === 1 && payload.includes('"Create"') ? { call, when } : undefined } });
        expect((await it.deploy()).status).toBe('CREATE_COMPLETE');
        expect(it.aws.backup.jobs()).toHaveLength(1);
        expect(it.answers()).toHaveLength(1);
      }
    }
  });
});
