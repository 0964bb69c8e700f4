import { fork } from 'node:child_process';
import { once } from 'node:events';
import { custom } from './fixtures/assembly';
import { Harness } from './fixtures/harness';
import { LocalAws, Machine } from './index';
import { compileSandbox } from './lambda/compile';
import { Pool } from './lambda/pool';

const harness = new Harness();

const pids = ({ pool }: Machine): number[] => (pool as Pool).pids();
const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('a machine ends its processes and its server, and nothing else', async () => {
  const other = await harness.start();
  await harness.deploy(other, { A: custom() });
  const machine = await Machine.start();
  const aws = await LocalAws.start({ machine });
  const { endpoint } = aws;
  await harness.deploy(aws, { A: custom({ Value: process.pid }) });
  const [pid] = pids(machine);
  const [kept] = pids(harness.machine);
  expect([isRunning(pid), isRunning(kept)]).toEqual([true, true]);
  await aws.stop();
  await machine.stop();
  await expect(fetch(endpoint)).rejects.toThrow();
  for (let wait = 0; wait < 100 && isRunning(pid); wait++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect([isRunning(pid), isRunning(kept)]).toEqual([false, true]);
});

test('a process ends itself when the host is gone', async () => {
  const compiled = compileSandbox();
  const child = fork(compiled.script, [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
  compiled.remove();
});

test('accounts come one after another on warm processes, and see nothing of each other', async () => {
  const seen: string[] = [];
  for (let round = 0; round < 3; round++) {
    const aws = await harness.start();
    // Something is always left behind: an execution that never ended.
    aws.when(({ kind }) => kind === 'log', () => undefined);
    await harness.deploy(aws, { Left: custom({ Sleep: 3_600_000, ServiceTimeout: 30 }), A: custom() }, {}, { rollback: false });
    expect(aws.stack('Shop')?.status).toBe('CREATE_FAILED');
    seen.push(aws.recorder.print());
  }
  expect(new Set(seen).size).toBe(1);
  expect(pids(harness.machine)).toHaveLength(1);
});
