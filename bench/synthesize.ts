/**
 * The program of a process that synthesizes: `once`, as `cdk synth` makes it, or `in turn`, several apps again and again.
 * It is compiled before it is measured, so that no compiler runs with it.
 */
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { appOf } from './apps';
import { SynthesisOrder, SynthesisReport } from './names';

/** Findings of the policy checks are printed otherwise. */
console.error = () => undefined;

const [mode, given] = process.argv.slice(2);
console.log(JSON.stringify(mode === 'once' ? once(JSON.parse(given)) : inTurn(JSON.parse(given))));

function once({ outdir, ...order }: SynthesisOrder & { readonly outdir: string }): SynthesisReport {
  appOf(order, outdir).synth();
  return { wall: performance.now(), cpu: cpuTime() };
}

function inTurn({ orders, warmUp, runs }: { orders: SynthesisOrder[]; warmUp: number; runs: number }): SynthesisReport[][] {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  // The report of the policy checks comes after the synthesis.
  process.on('exit', () => fs.rmSync(folder, { recursive: true }));
  const reports: SynthesisReport[][] = orders.map(() => []);
  for (let run = -warmUp; run < runs; run++) {
    orders.forEach((order, i) => {
      const [wall, cpu] = [performance.now(), cpuTime()];
      appOf(order, path.join(folder, 'out')).synth();
      if (run >= 0) reports[i].push({ wall: performance.now() - wall, cpu: cpuTime() - cpu });
    });
  }
  return reports;
}

/** Of the whole process so far, in milliseconds. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
