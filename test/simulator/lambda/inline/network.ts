import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { ServiceRequest, ServiceResponse } from '../../service';

/** Takes a request to the account and brings what comes back; nothing for a sandbox that has gone meanwhile. */
export type Carrier = (request: ServiceRequest, signingName: string, arrived: (response: ServiceResponse) => void) => void;

interface Timers {
  readonly setTimeout: (action: () => void, delay: number) => unknown;
  readonly clearTimeout: (timer: unknown) => void;
}

/** A connection that is always there. */
class Wire extends EventEmitter {
  public readonly connecting = false;

  public setKeepAlive(): this { return this; }
  public setTimeout(): this { return this; }
  public setNoDelay(): this { return this; }
  public destroy(): this { return this; }
}

/** Stands in for http.ClientRequest, as far as the SDK and this project use it. */
class Request extends EventEmitter {
  public readonly socket = new Wire();
  private readonly chunks: Buffer[] = [];
  private patience?: unknown;
  private over = false;

  constructor(private readonly target: Omit<ServiceRequest, 'body'> & { readonly signingName: string; readonly timeout?: number }, private readonly carry: Carrier, private readonly timers: Timers) {
    super();
    process.nextTick(() => this.emit('socket', this.socket));
  }

  public write(chunk: string | Buffer): boolean {
    this.chunks.push(Buffer.from(chunk as string));
    return true;
  }

  public end(chunk?: string | Buffer): this {
    if (chunk !== undefined) this.write(chunk);
    const { signingName, timeout, ...request } = this.target;
    if (timeout !== undefined) this.patience = this.timers.setTimeout(() => this.emit('timeout'), timeout);
    this.carry({ ...request, body: Buffer.concat(this.chunks).toString('utf8') }, signingName, (response) => this.arrived(response));
    return this;
  }

  public setTimeout(): this { return this; }

  public destroy(error?: Error): this {
    if (this.over) return this;
    this.close();
    process.nextTick(() => {
      this.emit('error', error ?? Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
      this.emit('close');
    });
    return this;
  }

  private arrived(response: ServiceResponse): void {
    if (this.over || response.kind === 'hang') return;
    this.close();
    if (response.kind === 'reset') {
      this.emit('error', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }));
      this.emit('close');
      return;
    }
    const body = new Readable({ read: () => {} });
    body.push(response.body);
    body.push(null);
    const length = String(Buffer.byteLength(response.body));
    this.emit('response', Object.assign(body, { statusCode: response.status, statusMessage: '', headers: { ...response.headers, 'content-length': length }, complete: true }));
    body.once('close', () => this.emit('close'));
  }

  private close(): void {
    this.over = true;
    this.timers.clearTimeout(this.patience);
  }
}

class Agent {
  public destroy(): void {}
}

/** `node:http` and `node:https` for a sandbox: no sockets, the account is called at once. */
export function networkOf(carry: Carrier, timers: Timers): Readonly<Record<string, unknown>> {
  const request = (...args: unknown[]): Request => {
    const [url, options] = typeof args[0] === 'string' || args[0] instanceof URL ? [new URL(args[0]), args[1]] : [undefined, args[0]];
    const given = (typeof options === 'object' ? options : {}) as { method?: string; path?: string; headers?: Record<string, unknown>; timeout?: number };
    const headers = Object.fromEntries(Object.entries(given.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));
    const [path, query] = (url ? url.pathname + url.search : given.path ?? '/').split('?', 2);
    const { authorization = '' } = headers;
    const sent = new Request({
      method: given.method ?? 'GET',
      path,
      query: new URLSearchParams(query ?? ''),
      headers,
      accessKeyId: /Credential=([^/]+)\//.exec(authorization)?.[1] ?? '',
      signingName: /Credential=[^/]+\/[^/]+\/[^/]+\/([^/]+)\//.exec(authorization)?.[1] ?? '',
      timeout: given.timeout,
    }, carry, timers);
    const listener = args.at(-1);
    if (typeof listener === 'function') sent.once('response', listener as () => void);
    return sent;
  };
  return { request, Agent };
}
