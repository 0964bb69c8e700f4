import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VirtualClock } from '../clock';
import { Pool } from './pool';
import { REQUEST_HEADER, TIME_HEADER } from './protocol';
import { Worker } from './worker';

const CODE = `
const http = require('http');
exports.handler = async ({ port }) => {
  const status = await new Promise((resolve) => http.get({ hostname: '127.0.0.1', port }, (response) => { response.resume(); response.on('end', () => resolve(response.statusCode)); }));
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return status;
};`;

const realTime = async (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const folder = mkdtempSync(join(tmpdir(), 'worker-'));
const pool = new Pool();
const server = createServer();

afterAll(() => {
  pool.end();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

test('time waits for a request on its way, passes while it is not answered, and waits again for the answer on its way', async () => {
  writeFileSync(join(folder, 'index.js'), CODE);
  const clock = new VirtualClock(0);
  let arrived!: (found: { id: number; response: ServerResponse }) => void;
  const request = new Promise<{ id: number; response: ServerResponse }>((resolve) => arrived = resolve);
  server.on('request', ({ headers }, response) => arrived({ id: Number(String(headers[REQUEST_HEADER]).split(':')[2]), response }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const worker = pool.acquire('key', { clock, logged: () => {} }) as Worker;
  const ticks: number[] = [];
  for (let time = 10; time <= 60_000; time += 10) clock.at(time, () => void ticks.push(time));

  const { port } = server.address() as AddressInfo;
  const order = { sandbox: 1, invocation: 'i', directory: folder, handler: 'index.handler', payload: JSON.stringify({ port }), deadline: 1e9, seed: 1 };
  const done = clock.drive(worker.invoke({ ...order, functionArn: 'arn', functionName: 'name', memory: 128 }, {}));
  const { id, response } = await request;
  await realTime(100);
  expect(ticks).toEqual([]);
  clock.at(500, () => {
    expect(worker.answering(id)).toBe(true);
    // What the process said before it could know of the answer, or of its last order, arrives now.
    for (const stale of [{ number: 1, inFlight: [id] }, { number: 0, inFlight: [] }]) {
      // eslint-disable-next-line dot-notation
      worker['child'].emit('message', { ...stale, lines: [], done: [] }, undefined);
    }
    void realTime(100).then(() => response.setHeader(TIME_HEADER, '500').end('x'));
  });
  worker.requestReceived(id);
  await realTime(80);
  expect(clock.now()).toBe(500);
  expect(await done).toMatchObject({ payload: '200' });
  expect(clock.now()).toBe(1500);
  await worker.dismiss();
});
