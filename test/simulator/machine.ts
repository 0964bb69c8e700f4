import { Pool } from './lambda/pool';
import { Front } from './server/front';

/** What is real and outlives the simulated accounts: one HTTP server and warm processes for functions. One account at a time uses it. */
export class Machine {
  public static async start(): Promise<Machine> {
    const pool = new Pool();
    return new Machine(pool, await Front.start(pool));
  }

  private constructor(public readonly pool: Pool, public readonly front: Front) {}

  /** Ends exactly the processes and the server that it started. */
  public async stop(): Promise<void> {
    this.pool.end();
    await this.front.stop();
  }
}
