import * as fs from 'fs';
import * as path from 'path';
import { Contender } from './names';
import { Results, ScaleRun } from './results';
import { table } from '../scripts/markdown';

const README = path.join(__dirname, '..', 'README.md');
const [BEGIN, END] = ['<!-- from bench/results.json -->', '<!-- end -->'];

/** The README's figures: ratios alone, because seconds are those of one machine. */
export function figuresOf({ template, synthesis, function: { starts }, waiting, scale }: Results): string {
  const size = (contender: Contender) => template.sizes.find((each) => each.contender === contender && each.n === 100)!;
  const bytes = (contender: Contender) => times(size(contender).bytes / size('library').bytes);
  const synth = (contender: Contender) => times(synthesis.times.find(({ app, n, process }) => app === contender && n === 100 && process === 'cold')!.cpuOfBase.median);
  const start = (name: string) => times(starts.find((each) => each.name === name)!.wallOfAwsCustomResource.median);
  const calls = (prefix: string) => waiting.waits.find(({ contender, job }) => contender.startsWith(prefix) && job === 300)!.invocations.median;
  const run = (contender: Contender) => scale.runs.filter((each) => each.contender === contender && each.n === Math.max(...scale.runs.map(({ n }) => n)));
  return table(['', 'this library', '`AwsCustomResource`', '`Provider`', '`Provider` with `isComplete`'], [
    ['resources that 100 backups add', `${size('library').resources} (${size('library, waits 1 h').resources} where they wait)`,
      String(size('AwsCustomResource').resources), String(size('Provider').resources), String(size('Provider + isComplete').resources)],
    ['bytes of template, without waiting', '1 ×', bytes('AwsCustomResource'), bytes('Provider'), bytes('Provider + isComplete')],
    ['processor time of a synthesis with 100 (a process of its own), over the one without', synth('library'), synth('AwsCustomResource'), '', synth('Provider + isComplete')],
    ['cold process to first answer, over `AwsCustomResource`', start('library'), start('AwsCustomResource'), start('Provider'), ''],
    ['calls of functions while a deployment waits five minutes', '1 ×', 'cannot wait', 'cannot wait', times(calls('Provider') / calls('library'))],
    [`${run('library')[0].n} backups in one stack, at a concurrency of 10 and of 1,000`, outcomes([...run('library'), ...run('library, waits 1 h')]),
      outcomes(run('AwsCustomResource, one role')), outcomes(run('Provider')), outcomes(run('Provider + isComplete'))],
  ]);
}

export function writeReadme(results: Results): void {
  const readme = fs.readFileSync(README, 'utf8');
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin >= 0 && end > begin) {
    fs.writeFileSync(README, `${readme.slice(0, begin + BEGIN.length)}\n${figuresOf(results)}\n${readme.slice(end)}`);
  }
}

function outcomes(runs: readonly ScaleRun[]): string {
  const succeeded = runs.filter(({ ok }) => ok).length;
  return succeeded === runs.length ? 'succeed' : succeeded === 0 ? 'fail: throttled' : 'succeed at one of them';
}

function times(ratio: number): string {
  return `${ratio.toFixed(1)} ×`;
}
