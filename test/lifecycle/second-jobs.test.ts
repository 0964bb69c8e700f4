import { CONFIRMS, failures, FORGETS, HOUR, jobStates, MINUTE, SECOND, Shop, shops, WAITS } from './shop';

const shop = shops();

const forward = (at: Shop, time: number): boolean => {
  const last = at.aws.recorder.of('stack').filter((entry) => entry.logicalId === 'Shop' && entry.time <= time).at(-1);
  return /^(CREATE|UPDATE)_IN_PROGRESS$/.test(last?.status ?? '');
};

describe('B1: late and repeated events', () => {
  const delays = [1 * SECOND, 45 * SECOND, 10 * MINUTE, 50 * MINUTE, 90 * MINUTE, 6 * HOUR];

  test.each(delays)('each event once more %d ms later, through updates, a rollback and the deletion: no further job', async (delay) => {
    let breaks = false;
    const it = await shop(CONFIRMS, {
      lambdaFaults: { deliver: () => ({ duplicates: [delay] }) },
      resourceFaults: ({ logicalId, action, rollback }) => breaks && logicalId === 'Migration' && action === 'UPDATE' && !rollback ? 'broken' : undefined,
    });
    await it.deploy();
    await it.deploy({ release: '2' });
    breaks = true;
    await it.deploy({ release: '3' });
    breaks = false;
    await it.deploy({ release: '2', tag: '2' });
    await it.destroy();
    await it.aws.clock.advance(7 * HOUR);
    expect(it.aws.backup.jobs()).toHaveLength(3);
    it.aws.backup.jobs().forEach(({ createdAt }) => expect(forward(it, createdAt)).toBe(true));
  });

  test('an event that comes after its deadline does nothing', async () => {
    const it = await shop(CONFIRMS, { lambdaFaults: { deliver: ({ payload }) => payload.includes('"RequestType":"Create"') ? { delay: 20 * MINUTE } : undefined } });
    const created = await it.deploy();
    expect(created.status).toBe('ROLLBACK_COMPLETE');
    expect(failures(created)[0]).toContain('did not receive a response');
    await it.aws.clock.advance(HOUR);
    expect(jobStates(it.aws)).toEqual([]);
  });

  test('an event that comes in the next operation starts nothing there', async () => {
    let isFirst = true;
    const it = await shop(CONFIRMS, {
      lambdaFaults: { deliver: ({ payload }) => payload.includes('"TriggerValues":["2"]') && payload.includes('"RequestType":"Update"') && isFirst ? { delay: 5 * MINUTE } : undefined },
    });
    await it.deploy();
    it.aws.clock.at(it.aws.clock.now() + 60 * SECOND, () => it.aws.cancel('Shop'));
    expect((await it.deploy({ release: '2' })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    isFirst = false;
    it.jobs({ queuedFor: 80, runningFor: 3000 });
    expect((await it.deploy({ release: '3' })).status).toBe('UPDATE_COMPLETE');
    await it.aws.clock.advance(HOUR);
    expect(it.aws.backup.jobs()).toHaveLength(2);
  });

  test('a second delivery that goes on trying starts nothing in the next operation', async () => {
    let starts = 0;
    let deniedUntil = Infinity;
    const it = await shop(FORGETS, {
      lambdaFaults: { deliver: ({ payload }) => payload.includes('"Create"') ? { duplicates: [SECOND] } : undefined },
      backupUndocumented: { listLagSeconds: 5 },
      networkFaults: ({ operation, time }) => operation === 'StartBackupJob' && starts++ > 0 && time < deniedUntil
        ? { kind: 'error', type: 'AccessDeniedException', message: 'not yet', status: 403 } : undefined,
    });
    it.jobs({ queuedFor: 1, runningFor: 2, outcome: { state: 'FAILED', statusMessage: 'The role cannot be assumed.' } }, { runningFor: 300 });
    await it.deploy();
    expect(starts).toBeGreaterThan(2);
    deniedUntil = it.aws.clock.now() + 5 * SECOND;
    expect((await it.deploy({ ...WAITS, release: '2' })).status).toBe('UPDATE_COMPLETE');
    expect(jobStates(it.aws)).toEqual(['FAILED', 'COMPLETED']);
  });
});

describe('B3: jobs that stay queued', () => {
  test('a job of three hours, an hour to wait, three more deployments: never more jobs than deployments, and none starts when nobody waits', async () => {
    const it = await shop();
    it.planJob(3 * 3600);
    const results = [];
    for (const deployment of ['a', 'b', 'c', 'd']) results.push((await it.deploy({ deployment })).status);
    expect(results).toEqual(['ROLLBACK_COMPLETE', 'ROLLBACK_COMPLETE', 'CREATE_COMPLETE', 'CREATE_COMPLETE'].map((status, i) => i === 3 ? 'UPDATE_COMPLETE' : status));
    expect(jobStates(it.aws)).toEqual(['COMPLETED', 'COMPLETED']);
  });

  test.each(['FAIL', 'STOP_JOB_AND_FAIL', 'WARN'] as const)('onTimeout %s: a job that is still queued is stopped', async (onTimeout) => {
    const it = await shop({ ...WAITS, timeoutMinutes: 10, onTimeout });
    it.aws.backup.plans.script({ queuedFor: 1200, runningFor: 60 });
    const created = await it.deploy();
    expect(created.ok).toBe(onTimeout === 'WARN');
    await it.aws.clock.advance(HOUR);
    expect(jobStates(it.aws)).toEqual(['ABORTED']);
    expect(it.answers()[0].reason).toMatch(/still queued \(CREATED\) after 10 minutes.*The job was stopped\..*Resource: /);
  });

  test.each([['FAIL', 'COMPLETED', false], ['STOP_JOB_AND_FAIL', 'ABORTED', false], ['WARN', 'COMPLETED', true]] as const)(
    'onTimeout %s: a job that is running becomes %s', async (onTimeout, state, ok) => {
      const it = await shop({ ...WAITS, timeoutMinutes: 10, onTimeout });
      it.aws.backup.plans.script({ runningFor: 1200 });
      const created = await it.deploy();
      expect(created.ok).toBe(ok);
      expect(it.answers()[0].reason).toMatch(/is RUNNING, \d+\.\d % done after 10 minutes/);
      await it.aws.clock.advance(HOUR);
      expect(jobStates(it.aws)).toEqual([state]);
    });

  describe('after a timeout that was a warning, an unchanged deployment tries again where the job', () => {
    const again = async (it: Shop): Promise<string[]> => {
      expect((await it.deploy()).status).toBe('CREATE_COMPLETE');
      await it.aws.clock.advance(10 * MINUTE);
      expect((await it.deploy({ tag: '2' })).status).toBe('UPDATE_COMPLETE');
      return jobStates(it.aws);
    };

    test('has failed when it was to be stopped', async () => {
      let stops = 0;
      const it = await shop({ ...WAITS, timeoutMinutes: 10, onTimeout: 'WARN' }, {
        networkFaults: ({ operation }) => operation === 'StopBackupJob' && stops++ < 3 ? { kind: 'reset' } : undefined,
      });
      it.jobs({ queuedFor: 601, runningFor: 0, outcome: { state: 'FAILED', statusMessage: 'The key is disabled.' } });
      expect(await again(it)).toEqual(['FAILED', 'COMPLETED']);
      expect(it.answers()[0].reason).toMatch(/The job could not be stopped \(.*\), and is FAILED\./);
    });

    test('was stopped by a turn that crashed before it could answer', async () => {
      let stopped = false;
      const it = await shop({ ...WAITS, timeoutMinutes: 10, onTimeout: 'WARN' }, {
        backupUndocumented: { stopSeconds: 60 },
        lambdaFaults: { crash: ({ mode }) => mode === 'sync' && !stopped && it.aws.clock.now() >= timeout ? { call: 2, when: 'after' } : undefined },
      });
      let timeout = Infinity;
      it.aws.when((entry) => entry.kind === 'request' && entry.logicalId.startsWith('Backup'), () => { timeout = it.aws.clock.now() + 599 * SECOND; });
      it.aws.when((entry) => entry.kind === 'call' && entry.operation === 'StopBackupJob', () => { stopped = true; });
      it.jobs({ queuedFor: 1200 });
      expect(await again(it)).toEqual(['ABORTED', 'COMPLETED']);
    });
  });

  test('after a timeout that was a warning, an unchanged deployment starts nothing while the job goes on', async () => {
    const it = await shop({ ...WAITS, timeoutMinutes: 10, onTimeout: 'WARN' });
    it.aws.backup.plans.script({ runningFor: 1200 });
    await it.deploy();
    await it.deploy({ tag: '2' });
    expect(it.aws.backup.jobs()).toHaveLength(1);
  });
});

describe('B6: nobody waits any more', () => {
  const seconds = [1, 2, 5, 9, 14, 20, 31, 45, 59, 61, 75, 100, 130, 200, 301, 500, 1000, 2000, 3000];
  const cases = seconds.flatMap((second) => (['cancelled', 'awaited'] as const).map((siblings) => [second, siblings] as const));

  test.each(cases)('cancelled %i seconds after the request, resources at work are %s: quiet within 90 seconds', async (second, siblings) => {
    const it = await shop(WAITS, { undocumented: { siblingsOnCancel: siblings } });
    await it.deploy();
    it.aws.backup.plans.script({ runningFor: 5000 });
    it.aws.when((entry) => entry.kind === 'request' && entry.requestType === 'Update' && entry.logicalId.startsWith('Backup'), () =>
      it.aws.clock.at(it.aws.clock.now() + second * SECOND, () => it.aws.cancel('Shop')));
    const updated = await it.deploy({ release: '2' });
    expect(updated.status).toMatch(/^UPDATE_ROLLBACK_COMPLETE$/);
    await it.aws.clock.advance(2 * HOUR);
    const flipped = it.statusTime(/^Shop$/, 'UPDATE_ROLLBACK_IN_PROGRESS')!;
    expect(it.calls('DescribeBackupJob').filter(({ time }) => time > flipped + 90 * SECOND)).toEqual([]);
    expect(it.calls('StartBackupJob').filter(({ time }) => time > flipped)).toEqual([]);
    expect(it.aws.states.executions().every(({ status }) => status === 'SUCCEEDED')).toBe(true);
  });

  test('a wait that is begun in one operation does nothing in the next, though that goes forward too', async () => {
    const it = await shop(WAITS);
    await it.deploy();
    it.planJob(1000);
    it.aws.when((entry) => entry.kind === 'request' && entry.requestType === 'Update' && entry.logicalId.startsWith('Backup'), () =>
      it.aws.clock.at(it.aws.clock.now() + 290 * SECOND, () => it.aws.cancel('Shop')));
    await it.deploy({ release: '2' });
    const second = it.aws.clock.now();
    expect((await it.deploy({ release: '3' })).status).toBe('UPDATE_COMPLETE');
    const own = it.aws.backup.jobs().filter(({ createdBy, createdAt }) => !createdBy && createdAt >= second);
    expect(own).toHaveLength(1);
  });

  test('a job that is queued when the stack turns round is stopped', async () => {
    const it = await shop(WAITS, {
      resourceFaults: ({ logicalId, action, rollback }) => logicalId === 'Neighbour' && action === 'UPDATE' && !rollback ? 'broken' : undefined,
    });
    await it.deploy();
    it.jobs({ queuedFor: 1800, runningFor: 60 });
    await it.deploy({ release: '2' });
    await it.aws.clock.advance(HOUR);
    expect(jobStates(it.aws).filter((state) => state !== 'ABORTED')).toEqual(['COMPLETED']);
  });

  test('a look at the stack that gets no answer is made again soon', async () => {
    let unanswered = 2;
    const it: Shop = await shop(WAITS, {
      networkFaults: ({ operation }) =>
        operation === 'DescribeStacks' && it.aws.stack('Shop')?.status.startsWith('UPDATE_ROLLBACK') && unanswered-- > 0 ? { kind: 'status', status: 503 } : undefined,
    });
    await it.deploy();
    it.jobs({ queuedFor: 1800, runningFor: 60 });
    const turnsRoundAt = it.aws.clock.now() + 150 * SECOND;
    it.aws.clock.at(turnsRoundAt, () => it.aws.cancel('Shop'));
    await it.deploy({ release: '2' });
    await it.aws.clock.advance(HOUR);
    const { state, finishedAt } = it.aws.backup.jobs().at(-1)!;
    expect(state).toBe('ABORTED');
    expect(finishedAt! - turnsRoundAt).toBeLessThan(100 * SECOND);
  });

  test('confirmStart starts nothing any more when the stack turns round before permissions are there', async () => {
    const it = await shop(CONFIRMS, {
      networkFaults: ({ operation, time }) => operation === 'StartBackupJob' && time > deniedFrom
        ? { kind: 'error', type: 'AccessDeniedException', message: 'not yet', status: 403 } : undefined,
    });
    let deniedFrom = Infinity;
    await it.deploy();
    deniedFrom = it.aws.clock.now();
    it.aws.when((entry) => entry.kind === 'request' && entry.requestType === 'Update' && entry.logicalId.startsWith('Backup'), () =>
      it.aws.clock.at(it.aws.clock.now() + 20 * SECOND, () => { deniedFrom = Infinity; it.aws.cancel('Shop'); }));
    expect((await it.deploy({ release: '2' })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    await it.aws.clock.advance(HOUR);
    expect(it.aws.backup.jobs()).toHaveLength(1);
  });
});

describe('B15: an Update that was answered with a new id is rolled back', () => {
  test.each(['swapped update', 'delete only'] as const)('%s: no job, and the old backup is the current one afterwards', async (rollbackOfReplacement) => {
    let breaks = false;
    const it = await shop(WAITS, {
      undocumented: { rollbackOfReplacement },
      resourceFaults: ({ logicalId, action, rollback }) => breaks && logicalId === 'Migration' && action === 'UPDATE' && !rollback ? 'broken' : undefined,
    });
    const { outputs } = await it.deploy();
    breaks = true;
    expect((await it.deploy({ release: '2' })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(it.aws.backup.jobs()).toHaveLength(2);
    breaks = false;
    const unchanged = await it.deploy({ tag: '2' });
    expect(unchanged.outputs).toEqual(outputs);
    expect(it.aws.backup.jobs()).toHaveLength(2);
    expect((await it.deploy({ release: '2' })).ok).toBe(true);
    expect(it.aws.backup.jobs()).toHaveLength(3);
  });
});

test('a status of the stack that is not answered once starts no job in a rollback', async () => {
  let denied = false;
  let unanswered = 0;
  const it = await shop(CONFIRMS, {
    networkFaults: ({ operation }) => {
      if (operation === 'StartBackupJob' && denied) return { kind: 'error', type: 'AccessDeniedException', message: 'not yet', status: 403 };
      return operation === 'DescribeStacks' && unanswered-- > 0 ? { kind: 'reset' } : undefined;
    },
  });
  await it.deploy();
  denied = true;
  it.aws.clock.at(it.aws.clock.now() + 40 * SECOND, () => {
    it.aws.cancel('Shop');
    denied = false;
    unanswered = 1;
  });
  expect((await it.deploy({ release: '2' })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  await it.aws.clock.advance(10 * MINUTE);
  expect(it.aws.backup.jobs()).toHaveLength(1);
});

test('a rollback starts no job while CloudFormation does not answer', async () => {
  let breaks = false;
  let unanswered = 2;
  const it: Shop = await shop(FORGETS, {
    networkFaults: ({ operation }) =>
      operation === 'DescribeStacks' && it.aws.stack('Shop')?.status === 'UPDATE_ROLLBACK_IN_PROGRESS' && unanswered-- > 0 ? { kind: 'hang' } : undefined,
    resourceFaults: ({ logicalId, rollback }) => breaks && logicalId === 'Migration' && !rollback ? 'broken' : undefined,
  });
  await it.deploy();
  breaks = true;
  expect((await it.deploy({ release: '2' })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(it.aws.backup.jobs()).toHaveLength(2);
});
