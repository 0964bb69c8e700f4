import http from 'node:http';
import https from 'node:https';
import { REQUEST_HEADER, TIME_HEADER } from '../protocol';
import { current, Sandbox } from './context';
import { setTime } from './time';

interface Tracked {
  readonly request: http.ClientRequest;
  readonly sandbox?: Sandbox;
  response?: http.IncomingMessage;
}

/** Every outgoing request of the process: it is not at rest while one is being sent or its answer is being read. */
const tracked = new Map<number, Tracked>();
let counter = 0;

/** Sent, and not answered yet. */
export function inFlight(): number[] {
  return [...tracked].filter(([, { request, response }]) => request.writableFinished && request.socket && !response).map(([id]) => id);
}

/** Something is on its way through the sockets of this process. */
export function moving(): boolean {
  for (const [id, { request, response }] of tracked) {
    if (response) {
      // Nobody reads it: then it has arrived as far as it ever will.
      if (response.readableFlowing !== true && response.listenerCount('readable') === 0) tracked.delete(id);
      else return true;
    } else if (request.writableEnded && request.socket && !request.writableFinished) {
      return true;
    }
  }
  return false;
}

/** Cuts a sandbox's connections without a word to its code; says whether there were any. */
export function forgetRequests(sandbox: Sandbox): boolean {
  let any = false;
  for (const [id, { request, response, sandbox: owner }] of [...tracked]) {
    if (owner !== sandbox) continue;
    any = true;
    tracked.delete(id);
    request.removeAllListeners();
    response?.removeAllListeners();
    request.on('error', () => {});
    response?.on('error', () => {});
    request.destroy();
  }
  return any;
}

function track(request: http.ClientRequest, worker: number, activity: () => void): http.ClientRequest {
  const id = ++counter;
  const sandbox = current.getStore();
  if (sandbox?.dead) {
    request.on('error', () => {});
    request.destroy();
    throw new Error('this sandbox is gone');
  }
  const entry: Tracked = { request, sandbox };
  tracked.set(id, entry);
  request.setHeader(REQUEST_HEADER, `${worker}:${sandbox?.id ?? 0}:${id}`);
  const finish = (): void => {
    tracked.delete(id);
    activity();
  };
  request.prependListener('response', (response: http.IncomingMessage) => {
    setTime(Number(response.headers[TIME_HEADER] ?? 0));
    entry.response = response;
    response.once('end', finish);
    response.once('close', finish);
    // Node throws an answer away itself if nobody listens, which our own listener prevents.
    if (request.listenerCount('response') === 1) response.resume();
    activity();
  });
  request.prependListener('error', finish);
  request.once('close', finish);
  return request;
}

const isLoopback = (args: unknown[]): boolean => args.some((arg) => {
  if (typeof arg === 'string' || arg instanceof URL) return String(arg).startsWith('http:');
  return typeof arg === 'object' && arg !== null && ['hostname', 'host'].some((key) => String((arg as Record<string, unknown>)[key]).startsWith('127.0.0.1'));
});

/** The endpoints on loopback speak plain HTTP at a port of their own; code that only knows https and its usual port reaches them too. */
const plain = (args: unknown[]): unknown[] => args.map((arg) => typeof arg === 'object' && arg !== null && !(arg instanceof URL)
  ? { port: new URL(process.env.AWS_ENDPOINT_URL_BACKUP ?? 'http://127.0.0.1').port, ...arg, protocol: 'http:', agent: undefined }
  : arg);

type RequestFunction = (...args: unknown[]) => http.ClientRequest;

/** The global fetch on top of node:http, because the built-in one has sockets and timers that nobody can see into. */
function fetchOver(request: RequestFunction): typeof fetch {
  return async (input, init) => {
    const asked = new Request(input, init);
    const body = Buffer.from(await asked.arrayBuffer());
    const given = init?.headers instanceof Headers || !init?.headers ? undefined : new Headers(init.headers as Record<string, string>);
    return new Promise<Response>((resolve, reject) => {
      const headers = { ...Object.fromEntries((given ?? asked.headers).entries()), 'content-length': body.length };
      const sent = request(asked.url, { method: asked.method, headers });
      const abort = (): void => {
        sent.destroy();
        reject(asked.signal.reason as Error);
      };
      if (asked.signal.aborted) return abort();
      asked.signal.addEventListener('abort', abort, { once: true });
      sent.on('error', (cause) => reject(Object.assign(new TypeError('fetch failed'), { cause })));
      sent.on('response', (response: http.IncomingMessage) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', (cause) => reject(Object.assign(new TypeError('terminated'), { cause })));
        response.on('end', () => {
          asked.signal.removeEventListener('abort', abort);
          const status = response.statusCode ?? 200;
          const content = status === 204 || status === 304 ? null : Buffer.concat(chunks);
          const list = Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)]);
          resolve(new Response(content, { status, statusText: response.statusMessage, headers: list }));
        });
      });
      sent.end(body);
    });
  };
}

export function installHttp(worker: number, activity: () => void): void {
  const modules: { request: unknown; get: unknown }[] = [http, https];
  const [realHttp, realHttps] = modules.map((module) => module.request as RequestFunction);
  const request: RequestFunction = (...args) => track(realHttp(...args), worker, activity);
  const secure: RequestFunction = (...args) => isLoopback(args) ? request(...plain(args)) : track(realHttps(...args), worker, activity);
  const get = (from: RequestFunction): RequestFunction => (...args) => {
    const sent = from(...args);
    sent.end();
    return sent;
  };
  Object.assign(modules[0], { request, get: get(request) });
  Object.assign(modules[1], { request: secure, get: get(secure) });
  globalThis.fetch = fetchOver(request);
}
