import { Contender } from './names';
import { Results, SynthesisTime, TemplateSize } from './results';
import { exponent } from './statistics';

/** What was set as the goal before anything was measured, beside what was found. */
export interface Bar {
  readonly subject: keyof Results;
  readonly bar: string;
  readonly measured: string;
  readonly met: boolean;
  /** Where it goes, in case that it is not met. */
  readonly why?: string;
}

export function barsOf(results: Results): Bar[] {
  return [...templateBars(results), ...synthesisBars(results), ...functionBars(results), ...waitingBars(results)];
}

function templateBars({ template: { sizes, full } }: Results): Bar[] {
  const numbers = [1, 10, 100];
  const size = (contender: Contender, n: number): TemplateSize => sizes.find((each) => each.contender === contender && each.n === n)!;
  const resources = (contender: Contender) => numbers.map((n) => size(contender, n).resources);
  const within = (contender: Contender, limits: number[]): Bar => ({
    subject: 'template',
    bar: `extra resources for 1 / 10 / 100, ${contender}: at most ${limits.join(' / ')}`,
    measured: resources(contender).join(' / '),
    met: resources(contender).every((count, i) => count <= limits[i]),
  });
  const { bytes, compactBytes } = size('library', 100);
  const steps = (contender: Contender) => {
    const [one, ten, hundred] = numbers.map((n) => size(contender, n).bytes);
    return (hundred - ten) / 90 / ((ten - one) / 9);
  };
  const linear = [steps('library'), steps('library, waits 1 h')];
  return [
    within('library', [5, 14, 104]),
    within('library, waits 1 h', [9, 18, 108]),
    {
      subject: 'template',
      bar: 'extra bytes for 100, without outputs: at most 60,000',
      measured: `${thousands(bytes)} as the CDK writes it, ${thousands(compactBytes)} without its indentation`,
      met: bytes <= 60_000,
      why: 'A backup is about 770 bytes: 290 for the references to vault, role and source, 115 for the function\'s ARN, 110 for version, trigger and completion, which reviewers and policy tools read, '
        + '80 for the dependency on its permissions, 50 for the retention; a third of all that is indentation. To leave out what is the default, and the dependency, would just reach the aim. '
        + 'The first would hide from a template what its backups do, the second would start jobs before the permissions are there.',
    },
    {
      subject: 'template',
      bar: 'nothing grows other than linearly',
      measured: `a backup between 10 and 100 adds ${linear.map((step) => step.toFixed(2)).join(' and ')} × the bytes of one between 1 and 10 (without and with waiting)`,
      met: linear.every((step) => step <= 1.05),
    },
    {
      subject: 'template',
      bar: '400 backups of sources outside the stack fit one stack',
      measured: `${full.resources} resources of 500, ${full.outputs} outputs of 200, ${thousands(full.bytes)} bytes of 1,000,000`,
      met: full.resources <= 500 && full.outputs <= 200 && full.bytes <= 1_000_000,
    },
  ];
}

function synthesisBars({ synthesis: { times } }: Results): Bar[] {
  const time = (app: SynthesisTime['app'], n: number, process: 'cold' | 'warm') =>
    times.find((each) => each.app === app && each.n === n && each.process === process);
  const bar = (found: SynthesisTime | undefined, text: string, limit: number, peer?: SynthesisTime, bare?: SynthesisTime): Bar[] => found ? [{
    subject: 'synthesis',
    bar: `${text}: at most ${limit} × base`,
    measured: `${found.cpuOfBase.median.toFixed(2)} ×${peer ? ` (AwsCustomResource ${peer.cpuOfBase.median.toFixed(2)} ×)` : ''}`,
    met: found.cpuOfBase.median <= limit,
    why: bare && `A warm base does next to nothing (${Math.round(found.cpu.median / found.cpuOfBase.median)} ms). A bare custom resource with the same references in place of each backup, without a function, permissions or checks, `
      + `is at ${bare.cpuOfBase.median.toFixed(2)} × already: that is the CDK's own work. Of the rest, by a profile of guards, a third is the CDK's work `
      + 'on what a stack with backups has once (the function, its roles, a state machine), a sixth one more rendering of the stack, to see what is gated, and the other half the library itself: '
      + 'constructors, what is gated and in which order, rules, and properties, none of them more than a sixth.',
  }] : [];
  const guarded = 'tables with guards and final backups' as const;
  const growth = exponent(times.filter(({ app }) => app === guarded).map((each) => ({ n: each.n, value: each.cpu.median - times.find(({ app, n }) => app === 'tables' && n === each.n)!.cpu.median })));
  return [
    ...bar(time('library', 100, 'cold'), '100 backups, a process of its own', 2.5, time('AwsCustomResource', 100, 'cold'), time('bare custom resource', 100, 'cold')),
    ...bar(time('library', 100, 'warm'), '100 backups, a warm process', 2.5, time('AwsCustomResource', 100, 'warm'), time('bare custom resource', 100, 'warm')),
    ...bar(time(guarded, 100, 'warm'), '100 guarded tables with final backups, a warm process', 2.5, undefined,
      time('tables with a bare custom resource each', 100, 'warm')),
    { subject: 'synthesis', bar: 'guards: linear', measured: `what they add grows with the ${growth.toFixed(2)}th power of their number`, met: growth <= 1.15 },
    ...bar(times.find(({ app }) => app === '1,000 resources, policy checks, 250 findings'), 'the policy checks on 1,000 resources, 250 findings', 1.3),
  ];
}

function functionBars({ function: { starts } }: Results): Bar[] {
  const { wallOfPlain, cpuOfPlain, wallOfAwsCustomResource, cpuOfAwsCustomResource } = starts.find(({ name }) => name === 'library')!;
  const bar = (of: string, limit: number, wall: number, cpu: number): Bar => ({
    subject: 'function',
    why: 'The plain client makes one call less: it starts the job whatever goes on, where this function first asks CloudFormation whether the stack is rolling back. '
      + 'What was tried to make up for it is in [decision 0015](decisions/0015-what-makes-a-cold-start-short.md).',
    bar: `cold process to first answer: at most ${limit} × ${of}`,
    measured: `${wall.toFixed(2)} × (${cpu.toFixed(2)} × of the processor's time)`,
    met: wall <= limit,
  });
  return [
    bar('AwsCustomResource', 0.85, wallOfAwsCustomResource.median, cpuOfAwsCustomResource.median),
    bar('the plain client, bundled', 1, wallOfPlain.median, cpuOfPlain.median),
  ];
}

function waitingBars({ waiting: { waits } }: Results): Bar[] {
  const own = waits.filter(({ contender }) => contender.startsWith('library'));
  const hour = own.find(({ job }) => job === 3600);
  const lag = (job: number) => Math.max(5, 0.03 * job);
  return [
    ...hour ? [{ subject: 'waiting' as const, bar: 'a job of 1 h: at most 80 DescribeBackupJob calls', measured: `${hour.describes.median}`, met: hour.describes.median <= 80 }] : [],
    {
      subject: 'waiting',
      bar: 'lag: at most 5 s, or 3 % of the job',
      measured: own.map((wait) => `${wait.lag.median.toFixed(1)} s of ${lag(wait.job).toFixed(0)} s`).join(', '),
      met: own.every((wait) => wait.ok && wait.lag.median <= lag(wait.job)),
    },
  ];
}

export function thousands(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
