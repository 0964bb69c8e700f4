import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

test('a process ends itself when the host is gone, whatever its code still has open', async () => {
  const compiled = compileSandbox();
  const folder = mkdtempSync(join(tmpdir(), 'open-'));
  writeFileSync(join(folder, 'index.js'), 'exports.handler = async () => new Promise((resolve) => require("net").createServer().listen(0, () => resolve()));');
  const child = fork(compiled.script, [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const invoke = { kind: 'invoke', number: 1, time: 0, sandbox: 1, invocation: 'i', afresh: false, directory: folder, handler: 'index.handler', payload: '{}' };
  try {
    const reported = once(child, 'message');
    child.send({ ...invoke, deadline: 1000, seed: 1, functionArn: 'arn', functionName: 'name', memory: 128 });
    expect((await reported)[0]).toMatchObject({ done: [{ invocation: 'i', payload: 'null' }] });
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  } finally {
    child.kill('SIGKILL');
  }
  compiled.remove();
  rmSync(folder, { recursive: true });
});

test('accounts come one after another on warm processes, and see nothing of each other', async () => {
  const seen: string[] = [];
  for (let round = 0; round < 3; round++) {
    const aws = await harness.start();
    // An execution that has not ended is left behind.
    await harness.deploy(aws, { Left: custom({ Sleep: 3_600_000, ServiceTimeout: 30 }), A: custom() }, {}, { rollback: false });
    expect(aws.stack('Shop')?.status).toBe('CREATE_FAILED');
    seen.push(aws.recorder.print());
  }
  expect(new Set(seen).size).toBe(1);
  expect(pids(harness.machine)).toHaveLength(1);
});
