import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';

const STACK = '<Stacks><member><StackName>Shop</StackName><StackId>STACK_ID</StackId><StackStatus>CREATE_IN_PROGRESS</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime></member></Stacks>';

/** What a function talks to, answering at once: AWS Backup, CloudFormation, Lambda, and the place for answers. */
export class AnsweringServer {
  public static async start(): Promise<AnsweringServer> {
    const server = new AnsweringServer();
    await new Promise<void>((resolve) => server.server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => void this.receive(request, response));
  }

  /** Hears of the next answer to a custom resource: its status, and when it came. */
  public onAnswer: (status: string, time: number) => void = () => undefined;
  /** Runs another function. */
  public invoke: (functionName: string, payload: unknown) => Promise<unknown> = async () => Promise.resolve({});

  public get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const time = performance.now();
    const body = Buffer.concat(chunks).toString('utf8');
    const answer = (text: string, type = 'application/json') => response.setHeader('content-type', type).end(text);
    const url = request.url ?? '';
    if (url.startsWith('/answer')) {
      answer('');
      this.onAnswer((JSON.parse(body) as { Status: string }).Status, time);
    } else if (url.startsWith('/backup-jobs')) {
      answer(JSON.stringify({ BackupJobId: 'd6f1b1a2-0000-4000-8000-000000000000', CreationDate: Date.now() / 1000 }));
    } else if (url.includes('/functions/')) {
      answer(JSON.stringify(await this.invoke(decodeURIComponent(url.split('/')[3]), JSON.parse(body)) ?? null));
    } else {
      const stack = STACK.replace('STACK_ID', new URLSearchParams(body).get('StackName') ?? '');
      const xml = `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult>${stack}</DescribeStacksResult></DescribeStacksResponse>`;
      answer(xml, 'text/xml');
    }
  }
}
