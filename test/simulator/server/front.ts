import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo, Socket } from 'node:net';
import { Pool } from '../lambda/pool';
import { REQUEST_HEADER, TIME_HEADER } from '../lambda/protocol';
import { ServiceRequest, ServiceResponse } from '../service';

/** Where a request comes from, if it comes from a function. */
export interface Origin {
  readonly worker: number;
  readonly sandbox: number;
}

/** What answers the requests: the simulated account of the moment. */
export interface Account {
  now(): number;
  handle(request: ServiceRequest, signingName: string, origin: Origin | undefined): Promise<ServiceResponse>;
}

/** The one HTTP server of the simulator, on loopback. It knows about sockets, and nothing about AWS but how requests are signed. */
export class Front {
  public static async start(pool: Pool): Promise<Front> {
    const front = new Front(pool);
    await new Promise<void>((resolve) => front.server.listen(0, '127.0.0.1', resolve));
    front.server.unref();
    return front;
  }

  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private account?: Account;

  private constructor(private readonly pool: Pool) {
    this.server = createServer((request, response) => void this.receive(request, response));
    // No hint to clients and no timer of its own: connections stay open for as many simulated hours as they like.
    this.server.keepAliveTimeout = 0;
    this.server.requestTimeout = 0;
    this.server.headersTimeout = 0;
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.unref();
      socket.setNoDelay(true);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  public get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public serve(account: Account | undefined): void {
    this.account = account;
  }

  public async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const account = this.account;
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      // The client has gone away in the middle of its request: nobody is left to answer.
      return;
    }
    if (!account) {
      request.socket.destroy();
      return;
    }
    const [worker, sandbox, id] = String(request.headers[REQUEST_HEADER] ?? '').split(':').map(Number);
    const process = id ? this.pool.get(worker) : undefined;
    const answering = account.handle(parse(request, Buffer.concat(chunks).toString('utf8')), signingName(request), process && { worker, sandbox });
    process?.requestReceived(id);
    const answer = await answering;
    if (this.account !== account) return;
    if (answer.kind === 'hang') return;
    if (answer.kind === 'reset') {
      if (process && id) await process.tellTime();
      if (!process || process.answering(id)) request.socket.resetAndDestroy();
      return;
    }
    if (process && !process.answering(id)) return;
    response.writeHead(answer.status, {
      ...answer.headers,
      'content-length': Buffer.byteLength(answer.body),
      [TIME_HEADER]: String(account.now()),
      // A client whose clock tells another time than this would take its own for wrong, and try refused calls again.
      ...(process ? { date: new Date(account.now()).toUTCString() } : {}),
    });
    response.end(answer.body);
  }
}

function signingName(request: IncomingMessage): string {
  return /Credential=[^/]+\/[^/]+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

function parse(request: IncomingMessage, body: string): ServiceRequest {
  const [path, query] = (request.url ?? '/').split('?', 2);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const accessKeyId = /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '';
  return { method: request.method ?? 'GET', path, query: new URLSearchParams(query ?? ''), headers, body, accessKeyId };
}
