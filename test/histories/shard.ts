import { Machine } from '../simulator';
import { Proof } from './prove';

/** Of the seeds of all shards. */
const SEED = 20261125;

/**
 * A part of the histories that every test run plays: several files, so that jest spreads them over its workers.
 * `HISTORIES=5000 npx jest test/histories` plays so many in each; `npm run soak` as many as one likes.
 */
export function testHistories(what: string, shard: number, usual: number, prove: (proof: Proof) => Promise<void>): void {
  const runs = Number(process.env.HISTORIES ?? usual);
  test(`what must hold, holds in ${runs} random histories of ${what}, part ${shard}`, async () => {
    await prove({ seed: SEED + shard, runs, machine: Machine.inline() });
  }, 3_600_000);
}
