import { Contender, OwnApp, SynthesisOrder, SynthesisReport } from './names';
import { SynthesisResult, SynthesisTime } from './results';
import { ratio, spread } from './statistics';
import { Workshop } from './workshop';

type AppName = Contender | OwnApp;

/** Apps that are synthesized in turn; the first is what the others are measured against. */
interface Group {
  readonly apps: readonly AppName[];
  readonly n: number;
  readonly process: 'cold' | 'warm';
  readonly validation: boolean;
  readonly runs: number;
}

const CONTEST: readonly AppName[] = ['base', 'bare custom resource', 'library', 'AwsCustomResource', 'Provider + isComplete'];
const GUARDS: readonly AppName[] = ['tables', 'tables with a bare custom resource each', 'tables with guards and final backups'];
const CHECKS: readonly AppName[] = ['1,000 resources', '1,000 resources, policy checks', '1,000 resources, policy checks, 250 findings'];

export function measureSynthesis(workshop: Workshop, quick: boolean, log: (text: string) => void): SynthesisResult {
  const times = groups(quick).flatMap((group) => {
    log(`${group.process}, ${group.n}: ${group.apps.join(', ')}`);
    return measure(workshop, group);
  });
  return { times };
}

function groups(quick: boolean): Group[] {
  if (quick) {
    return [
      { apps: CONTEST, n: 1, process: 'cold', validation: false, runs: 1 },
      { apps: GUARDS, n: 1, process: 'warm', validation: false, runs: 1 },
      { apps: CHECKS, n: 1, process: 'warm', validation: false, runs: 1 },
    ];
  }
  return [
    ...[1, 10, 100].flatMap((n): Group[] => [
      { apps: CONTEST, n, process: 'cold', validation: true, runs: n === 100 ? 5 : 3 },
      { apps: CONTEST, n, process: 'warm', validation: true, runs: 5 },
    ]),
    ...[25, 50, 100, 200].map((n): Group => ({ apps: GUARDS, n, process: 'warm', validation: false, runs: 7 })),
    { apps: CHECKS, n: 1, process: 'cold', validation: false, runs: 5 },
  ];
}

function measure(workshop: Workshop, group: Group): SynthesisTime[] {
  const { apps, n, validation } = group;
  const orders = apps.map((app): SynthesisOrder => ({ app, n, sources: 'inside' }));
  const reports = group.process === 'cold'
    ? cold(workshop, orders, group)
    : workshop.synthesizeInTurn(orders, 2, group.runs, validation);
  const [base] = reports;
  return apps.map((app, i) => ({
    app,
    base: apps[0],
    n,
    process: group.process,
    validation,
    wall: spread(reports[i].map(({ wall }) => wall)),
    cpu: spread(reports[i].map(({ cpu }) => cpu)),
    wallOfBase: ratio(reports[i].map(({ wall }) => wall), base.map(({ wall }) => wall)),
    cpuOfBase: ratio(reports[i].map(({ cpu }) => cpu), base.map(({ cpu }) => cpu)),
  }));
}

/** Each synthesis in a process of its own, as `cdk synth` makes it. */
function cold(workshop: Workshop, orders: readonly SynthesisOrder[], { runs, validation }: Group): SynthesisReport[][] {
  const reports: SynthesisReport[][] = orders.map(() => []);
  for (let run = 0; run < runs; run++) {
    orders.forEach((order, i) => reports[i].push(workshop.synthesize(order, undefined, validation)));
  }
  return reports;
}
