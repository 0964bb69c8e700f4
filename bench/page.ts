import * as fs from 'fs';
import * as path from 'path';
import { Bar, barsOf, thousands } from './bars';
import { Contender } from './names';
import { plotOf, Series } from './plot';
import { writeReadme } from './readme';
import { ColdStart, Results, ScaleRun } from './results';
import { exponent, Spread } from './statistics';
import { table } from '../scripts/markdown';

export const RESULTS = path.join(__dirname, 'results.json');
const DOCS = path.join(__dirname, '..', 'docs');

const PAGES: Readonly<Record<string, (results: Results) => string>> = {
  'benchmarks.md': text,
  'images/benchmarks-template.svg': templatePlot,
  'images/benchmarks-synthesis.svg': synthesisPlot,
  'images/benchmarks-waiting.svg': waitingPlot,
  'images/benchmarks-scale.svg': scalePlot,
};

/** The page and its plots, by their paths in docs/. */
export const PAGE_NAMES = Object.keys(PAGES);

export function pageOf(results: Results): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(PAGES).map(([name, make]) => [name, make(results)]));
}

export function readResults(): Results {
  return JSON.parse(fs.readFileSync(RESULTS, 'utf8')) as Results;
}

export function writePage(): void {
  fs.mkdirSync(path.join(DOCS, 'images'), { recursive: true });
  const results = readResults();
  for (const [name, content] of Object.entries(pageOf(results))) {
    fs.writeFileSync(path.join(DOCS, name), content);
  }
  writeReadme(results);
}

function text(results: Results): string {
  const { versions } = results;
  return `# Benchmarks

What it costs, beside what people would otherwise use. Measured by \`npm run bench\` (sources in \`bench/\`), which writes \`bench/results.json\` and from it this page;
with aws-cdk-lib ${versions.cdk}, the AWS SDK ${versions.sdk} and Node.js ${versions.node}. The peers are the real ones, run unmodified:
\`AwsCustomResource\` and the \`Provider\` framework from aws-cdk-lib with their own handlers, talking to the same local servers as this library's function.

- Times are medians, with the quartiles in brackets; contenders run in turn, and ratios are taken turn by turn, so that a slow minute of the machine strikes all of them. Only ratios are meant to be compared between machines.
- Waiting and scale are measured on the [simulator](../test/simulator/README.md): handlers and templates are real, AWS Backup, Lambda, Step Functions and CloudFormation are not, and time is simulated. It keeps to AWS Backup's documented rates of calls.
- **Nothing was measured in an AWS account.**

## What was aimed at, and what was found

${bars(barsOf(results))}

${templateText(results)}
${synthesisText(results)}
${functionText(results)}
${waitingText(results)}
${scaleText(results)}
`.trimEnd() + '\n';
}

function bars(all: readonly Bar[]): string {
  const missed = all.filter(({ met, why }) => !met && why);
  return [
    table(['subject', 'aim', 'found', ''], all.map(({ subject, bar, measured, met }) => [subject, bar, measured, met ? 'met' : '**not met**'])),
    ...missed.length > 0 ? ['', 'Why some are not met:', '', ...missed.map(({ bar, why }) => `- *${bar}.* ${why}`)] : [],
  ].join('\n');
}

function templateText({ template: { sizes } }: Results): string {
  const contenders = [...new Set(sizes.map(({ contender }) => contender))];
  const cells = (contender: Contender, figure: 'resources' | 'bytes' | 'compactBytes') => [1, 10, 100]
    .map((n) => sizes.find((size) => size.contender === contender && size.n === n))
    .map((size) => size ? thousands(size[figure]) : 'more than 500 resources')
    .join(' / ');
  return `## Template

What 1 / 10 / 100 backups add to a stack that has the tables, a vault and a role already. Bytes are those of the template as the CDK writes it; without its indentation in the last column.

${table(['', 'resources', 'bytes', 'bytes, compact'], contenders.map((contender) => [contender, cells(contender, 'resources'), cells(contender, 'bytes'), cells(contender, 'compactBytes')]))}

![bytes of template](images/benchmarks-template.svg)
`;
}

function templatePlot({ template: { sizes } }: Results): string {
  const contenders = [...new Set(sizes.map(({ contender }) => contender))];
  return plotOf({
    title: 'Bytes of template that backups add',
    x: 'backups',
    y: 'bytes',
    series: contenders.map((name) => ({ name, points: sizes.filter(({ contender }) => contender === name).map(({ n, bytes }) => ({ x: n, y: bytes })) })),
  });
}

function synthesisText({ synthesis: { times } }: Results): string {
  const rows = times.filter((time) => time.app !== time.base).map(({ app, base, n, process, validation, cpuOfBase, wallOfBase, cpu, wall }) => [
    app,
    app.startsWith('1,000') ? '' : String(n),
    `${process}${validation ? '' : ', without CDK\'s validation'}`,
    base,
    withSpread(cpuOfBase, 2),
    withSpread(wallOfBase, 2),
    `${thousands(cpu.median)} / ${thousands(wall.median)} ms`,
  ]);
  return `## Synthesis

Times over that of the same app without backups (*base*). Cold: a process of its own, as \`cdk synth\` makes it, loading of aws-cdk-lib included; warm: again and again in one process, where nothing but the synthesis itself is left.
CDK's own validation of templates is on, unless said. A *bare custom resource* has the references that every backup has, and nothing else: no function, no permissions, no checks. What it adds is the CDK's own work.

${table(['app', 'backups', 'process', 'base', 'processor time ÷ base', 'time ÷ base', 'processor / time'], rows)}

![synthesis](images/benchmarks-synthesis.svg)
`;
}

function synthesisPlot({ synthesis: { times } }: Results): string {
  const contest = times.filter(({ process, base }) => process === 'cold' && base === 'base');
  return plotOf({
    title: 'Synthesis in a process of its own',
    x: 'backups',
    y: 'processor time, ms',
    series: [...new Set(contest.map(({ app }) => app))].map((name) => ({ name, points: contest.filter(({ app }) => app === name).map(({ n, cpu }) => ({ x: n, y: cpu.median })) })),
  });
}

function functionText({ versions: { lambdaNode }, function: { starts } }: Results): string {
  const row = (start: ColdStart) => [
    start.name,
    withSpread(start.wall, 0),
    withSpread(start.cpu, 0),
    withSpread(start.wallOfPlain, 2),
    withSpread(start.wallOfAwsCustomResource, 2),
    withSpread(start.memory, 0),
    thousands(start.bytes),
  ];
  return `## Function

From the start of a process (Node.js ${lambdaNode}, one that Lambda has) to the answer that reaches CloudFormation: load the handler, start the backup job, answer. Beside \`AwsCustomResource\` and the \`Provider\` framework's handler with a small function
behind it (two processes, one after the other), there is the least that could do it: the client of AWS Backup alone, bundled and minified as this library's function is, and the answer. That one starts the job
whatever goes on in the stack; this library's function asks CloudFormation first whether the stack is rolling back, so it makes one call more.
\`AwsCustomResource\` and \`Provider\` load the SDK from where the runtime has it, so their own bytes are few.

${table(['', 'time, ms', 'processor, ms', 'time ÷ plain', 'time ÷ AwsCustomResource', 'memory, MiB', 'bytes'], starts.map(row))}
`;
}

function waitingText({ waiting: { waits } }: Results): string {
  const rows = waits.map(({ contender, job, ok, describes, invocations, transitions, cost, held, lag, reason }) => [
    duration(job), contender, withSpread(describes, 0), withSpread(invocations, 0), withSpread(transitions, 0), cost.median.toFixed(4), String(held.median),
    ok ? `${withSpread(lag, 1)} s` : `never: ${shortened(reason)}`,
  ]);
  return `## Waiting

One backup that a deployment waits for. \`Provider + isComplete\` is at its defaults (every 5 seconds, for 30 minutes), but for the longest job, for which it has the longest time that it can be told: an hour.
Cost is that of Lambda and Step Functions at list prices, in US dollars: a look is three state transitions here (the function, a choice, a pause) and one there, but there are fewer of them. *Held* are executions of functions at the same time, at most. *Lag* is from the end of the job to the last answer.

${table(['job', '', 'DescribeBackupJob calls', 'function calls', 'state transitions', 'cost', 'held', 'lag'], rows)}

![function calls](images/benchmarks-waiting.svg)
`;
}

function waitingPlot({ waiting: { waits } }: Results): string {
  const line = (name: string, prefix: string, figure: 'describes' | 'invocations'): Series => ({
    name, points: waits.filter(({ contender }) => contender.startsWith(prefix)).map((wait) => ({ x: wait.job / 60, y: wait[figure].median })),
  });
  return plotOf({
    title: 'Calls while a deployment waits for one job',
    x: 'minutes that the job takes (Provider gives up)',
    y: 'calls',
    series: [
      line('library: functions', 'library', 'invocations'), line('library: DescribeBackupJob', 'library', 'describes'),
      line('Provider: functions', 'Provider', 'invocations'), line('Provider: DescribeBackupJob', 'Provider', 'describes'),
    ],
  });
}

function scaleText({ scale: { runs, startsPerSecond } }: Results): string {
  const rows = runs.map(({ contender, n, concurrency, ok, reason, allStarted, allDone, jobs, calls, throttles, failures }) => [
    contender, String(n), thousands(concurrency), String(jobs), `${allStarted.toFixed(0)} s`, `${allDone.toFixed(0)} s`, thousands(calls), thousands(throttles), ok ? '' : `rolled back, ${failures} failed: ${shortened(reason)}`,
  ]);
  return `## Scale

Many backups in one stack, of sources outside it. AWS Backup takes ${startsPerSecond} starts a second, 15 DescribeBackupJob and 50 calls in all, so 400 backups cannot be started in less than ${400 / startsPerSecond} seconds.
Jobs take two minutes. \`AwsCustomResource\` shares one role here, because with its own policies a stack is full before 250. Times are from the first request to a custom resource.

${table(['', 'backups', 'concurrency', 'jobs started', 'all started', 'all done', 'calls', 'throttled', 'failed'], rows)}

![time until all are started](images/benchmarks-scale.svg)

How it grows with the number: the exponent, where every run succeeded.

${table(['', 'concurrency', 'all started', 'all done', 'calls'], growth(runs))}
`;
}

function growth(runs: readonly ScaleRun[]): string[][] {
  return groups(runs).filter(([each]) => each).map((group) => {
    const of = (figure: 'allStarted' | 'allDone' | 'calls') => group.length > 1 ? exponent(group.map((run) => ({ n: run.n, value: run[figure] }))).toFixed(2) : '–';
    const enough = group.every(({ ok }) => ok);
    return [group[0].contender, thousands(group[0].concurrency), ...enough ? [of('allStarted'), of('allDone'), of('calls')] : ['fails', 'fails', 'fails']];
  });
}

function scalePlot({ scale: { runs, startsPerSecond } }: Results): string {
  const numbers = [...new Set(runs.map(({ n }) => n))];
  const lines = groups(runs.filter(({ concurrency }) => concurrency === 1000)).map((group): Series => ({
    name: group[0].contender, points: group.filter(({ ok }) => ok).map(({ n, allStarted }) => ({ x: n, y: allStarted })),
  }));
  return plotOf({
    title: 'Seconds until all jobs are started, where the stack succeeds',
    x: 'backups (concurrency 1,000)',
    y: 'seconds',
    series: [...lines.filter(({ points }) => points.length > 0), { name: `limit: ${startsPerSecond} a second`, dashed: true, points: numbers.map((n) => ({ x: n, y: n / startsPerSecond })) }],
  });
}

function groups(runs: readonly ScaleRun[]): ScaleRun[][] {
  const keys = [...new Set(runs.map(({ contender, concurrency }) => `${contender}|${concurrency}`))];
  return keys.map((key) => runs.filter(({ contender, concurrency }) => `${contender}|${concurrency}` === key));
}

function withSpread({ median, lower, upper }: Spread, digits: number): string {
  const [middle, low, high] = [median, lower, upper].map((value) => thousandths(value, digits));
  return low === high ? middle : `${middle} [${low}–${high}]`;
}

function thousandths(value: number, digits: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function duration(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : seconds < 3600 ? `${seconds / 60} min` : `${seconds / 3600} h`;
}

/** What AWS puts before a message says nothing here. */
function shortened(reason: string | undefined): string {
  const message = (reason ?? '').replace(/^Received response status \[FAILED\] from custom resource\. Message returned: /, '');
  return message.length > 90 ? `${message.slice(0, 90)}…` : message;
}
