import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { Clock, ClockTimer } from '../clock';
import { Service } from '../service';

/** A clock for the tests of single services: it stands still until it is wound. */
export class HandClock implements Clock {
  private time = Date.UTC(2026, 0, 1);
  private timers: { readonly time: number; readonly action: () => void | Promise<void> }[] = [];

  public now(): number {
    return this.time;
  }

  public at(time: number, action: () => void | Promise<void>): ClockTimer {
    const timer = { time, action };
    this.timers.push(timer);
    return { cancel: () => { this.timers = this.timers.filter((other) => other !== timer); } };
  }

  public async sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => void this.at(this.time + milliseconds, resolve));
  }

  /** Lets what is pending run, one after the other; abruptly: without anything else in between. */
  public async advance(seconds: number, abruptly = false): Promise<void> {
    const until = this.time + seconds * 1000;
    await settled();
    for (let next = this.nextUntil(until); next; next = this.nextUntil(until)) {
      const timer = next;
      this.timers = this.timers.filter((other) => other !== timer);
      this.time = Math.max(this.time, timer.time);
      const done = timer.action();
      if (abruptly) continue;
      await done;
      await settled();
    }
    this.time = until;
  }

  /** Times that are waited for. */
  public pending(): number[] {
    return this.timers.map(({ time }) => time);
  }

  private nextUntil(until: number) {
    return this.timers.filter(({ time }) => time <= until).sort((a, b) => a.time - b.time)[0];
  }
}

/** Everything that was already on its way is done. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export interface Front {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** One service on a free port of the loopback interface. */
export async function serve(service: Service): Promise<Front> {
  const server: Server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const url = new URL(request.url!, 'http://localhost');
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const accessKeyId = /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
      const body = Buffer.concat(chunks).toString();
      const answer = await service.handle({ method: request.method!, path: url.pathname, query: url.searchParams, headers, body, accessKeyId });
      if (answer.kind === 'answer') response.writeHead(answer.status, answer.headers).end(answer.body);
      if (answer.kind === 'reset') request.socket.resetAndDestroy();
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}

/** The same numbers each time. */
export function seeded(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return (state - 1) / 2147483646;
  };
}
