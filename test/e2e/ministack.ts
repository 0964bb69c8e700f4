import { ChildProcess } from 'child_process';
import * as fs from 'fs';
import { createServer, AddressInfo } from 'net';
import * as path from 'path';
import { Account, ACCOUNT, REGION } from './account';
import { CACHE, temporaryFolder } from './places';
import { end, run, start } from './processes';

const VERSION = '1.5.33';

export interface MinistackOptions {
  /** Whether the roles of functions are enforced. */
  readonly auth?: boolean;
  /** More of the server's environment, all of which reaches the functions. */
  readonly env?: NodeJS.ProcessEnv;
}

/** An AWS on loopback that nobody of this project has written. */
export class Ministack {
  public static async start(port: number, { auth = false, env = {} }: MinistackOptions = {}): Promise<Ministack> {
    const program = await installed();
    const folder = temporaryFolder('ministack');
    const places = Object.fromEntries(['home', 'tmp', 'state', 's3'].map((name) => [name, path.join(folder, name)]));
    Object.values(places).forEach((place) => fs.mkdirSync(place));
    const server = start(program, [], {
      // Only what it needs: its whole environment reaches every function.
      env: {
        PATH: process.env.PATH,
        HOME: places.home,
        TMPDIR: places.tmp,
        STATE_DIR: places.state,
        S3_DATA_DIR: places.s3,
        GATEWAY_PORT: String(port),
        BIND_HOST: '127.0.0.1',
        MINISTACK_HOST: '127.0.0.1',
        MINISTACK_REGION: REGION,
        MINISTACK_ACCOUNT_ID: ACCOUNT,
        LAMBDA_EXECUTOR: 'local',
        ...auth ? { AUTH: 'true' } : {},
        ...env,
      },
    });
    const ministack = new Ministack(port, server, folder);
    try {
      await ministack.healthy();
    } catch (error) {
      await ministack.stop();
      throw error;
    }
    return ministack;
  }

  public readonly endpoint: string;
  public readonly account: Account;
  private readonly said: string[] = [];

  private constructor(port: number, private readonly server: ChildProcess, private readonly folder: string) {
    this.endpoint = endpointOf(port);
    this.account = new Account(this.endpoint);
    for (const stream of [server.stdout!, server.stderr!]) stream.setEncoding('utf8').on('data', (text: string) => this.said.push(text));
  }

  public async stop(): Promise<void> {
    await end(this.server);
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  private async healthy(): Promise<void> {
    for (let attempt = 0; attempt < 150; attempt++) {
      if (this.server.exitCode !== null) break;
      const response = await fetch(`${this.endpoint}/_ministack/health`).catch(() => undefined);
      if (response?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`ministack did not come up:\n${this.said.join('')}`);
  }
}

export const endpointOf = (port: number): string => `http://127.0.0.1:${port}`;

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** In a virtual environment of its own, made when it is first needed. */
async function installed(): Promise<string> {
  const environment = path.join(CACHE, `ministack-${VERSION}`);
  const program = path.join(environment, 'bin', 'ministack');
  if (!fs.existsSync(program)) {
    fs.mkdirSync(CACHE, { recursive: true });
    await run('python3', ['-m', 'venv', environment]);
    await run(path.join(environment, 'bin', 'pip'), ['install', '--quiet', `ministack==${VERSION}`]);
  }
  return program;
}
