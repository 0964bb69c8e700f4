import { Machine } from '../simulator';
import { prove } from './prove';

/** More of them: `npm run soak`. */
const HISTORIES = Number(process.env.HISTORIES ?? 100);

test(`what must hold, holds in ${HISTORIES} random histories`, async () => {
  await prove({ seed: 20261125, runs: HISTORIES, machine: Machine.inline() });
}, 600_000);
