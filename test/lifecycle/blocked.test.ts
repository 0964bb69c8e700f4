import { failures, jobStates, SECOND, Shop, shops, SOURCE, WAITS } from './shop';

const shop = shops();

describe('B4: somebody else\'s job on the same resource', () => {
  test.each([[10, 60], [50, 60], [80, 120], [170, 300]])('it takes %i minutes of the %i that we have: waited out, then ours', async (theirs, timeoutMinutes) => {
    const it = await shop({ ...WAITS, timeoutMinutes });
    it.planJob(theirs * 60);
    expect((await it.deploy()).status).toBe('CREATE_COMPLETE');
    const [plan, own] = it.aws.backup.jobs();
    expect(jobStates(it.aws)).toEqual(['COMPLETED', 'COMPLETED']);
    expect(own.createdAt).toBeGreaterThanOrEqual(plan.finishedAt!);
    expect(it.answers().at(-1)!.data).toMatchObject({ BackupJobId: own.id, State: 'COMPLETED' });
  });

  test('somebody starts another with our role and vault while we wait: waited out too, and not taken for ours', async () => {
    const it = await shop();
    await it.deploy();
    const [{ request }] = it.aws.backup.jobs();
    it.planJob(300);
    it.aws.clock.at(it.aws.clock.now() + 200 * SECOND, () => {
      it.aws.backup.startForeignJob({ ...request, IdempotencyToken: undefined, Lifecycle: { DeleteAfterDays: 1 } });
    });
    expect((await it.deploy({ release: '2' })).status).toBe('UPDATE_COMPLETE');
    const [, , theirs, own] = it.aws.backup.jobs();
    expect(own.request.Lifecycle).toEqual({ DeleteAfterDays: 35 });
    expect(own.createdAt).toBeGreaterThanOrEqual(theirs.finishedAt!);
    expect(it.answers().find(({ data }) => data?.BackupJobId === own.id)).toBeDefined();
  });

  test.each(['with-job-id', 'without-job-id'] as const)('it is in the way of ours, which we do not know of yet: reply %s, one job', async (repeatedTokenReply) => {
    let starts = 0;
    const it = await shop(WAITS, {
      backupUndocumented: { repeatedTokenReply, listLagSeconds: 100 },
      networkFaults: ({ operation }) => operation === 'StartBackupJob' && starts++ === 0 ? { kind: 'reset', after: true } : undefined,
    });
    it.planJob(1000);
    expect((await it.deploy()).status).toBe('CREATE_COMPLETE');
    expect(jobStates(it.aws)).toEqual(['COMPLETED', 'COMPLETED']);
    expect(it.answers().find(({ data }) => data?.BackupJobId === it.aws.backup.jobs()[1].id)).toBeDefined();
  });

  test('it takes longer than we have: named, and nothing is left behind', async () => {
    const it = await shop();
    it.planJob(2 * 3600);
    const created = await it.deploy();
    expect(failures(created)[0]).toMatch(new RegExp(
      `No backup after \\d+ minutes: .*${it.aws.backup.jobs()[0].id} \\(RUNNING, of backup plan .*:backup-plan:nightly\\) had not ended\\. Resource: ${SOURCE}`));
    expect(it.aws.backup.jobs()).toHaveLength(1);
  });

  test('it ends when our time is up, and the turn that said so is repeated after a crash: nothing is started then', async () => {
    const deployed = async (theirs: number): Promise<Shop> => {
      const it = await shop({ ...WAITS, timeoutMinutes: 10, onFailure: 'WARN', onTimeout: 'WARN' }, {
        lambdaFaults: { crash: ({ mode }) => mode === 'sync' && it.answers().length === 0 ? { call: 2, when: 'after' } : undefined },
      });
      it.planJob(theirs);
      await it.deploy();
      return it;
    };
    const whileItRuns = await deployed(7200);
    const [{ time }] = whileItRuns.answers();
    const it = await deployed((time - whileItRuns.aws.backup.jobs()[0].createdAt) / SECOND + 1);
    expect(it.answers()[0]).toMatchObject({ time, reason: expect.stringMatching(/No backup after 10 minutes: .* had not ended\./) as string });
    expect(jobStates(it.aws)).toEqual(['COMPLETED']);
  });
});
