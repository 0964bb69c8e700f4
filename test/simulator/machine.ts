import { Host } from './lambda/host';
import { InlineHost } from './lambda/inline/inline-host';
import { Pool } from './lambda/pool';
import { Account, Front } from './server/front';

/** Where the account of the moment is reached. */
interface Entrance {
  readonly endpoint: string;
  serve(account: Account | undefined): void;
  stop(): Promise<void>;
}

/** What is real and outlives the simulated accounts. One account at a time uses it. */
export class Machine {
  /** One HTTP server, and warm processes for functions. */
  public static async start(): Promise<Machine> {
    const pool = new Pool();
    return new Machine(pool, await Front.start(pool));
  }

  /** Everything in this process, without sockets: a poll costs a millisecond, and clients outside cannot reach the account. */
  public static inline(): Machine {
    const host = new InlineHost();
    return new Machine(host, host);
  }

  private constructor(public readonly pool: Host, public readonly front: Entrance) {}

  /** Ends exactly the processes and the server that it started. */
  public async stop(): Promise<void> {
    this.pool.end();
    await this.front.stop();
  }
}
