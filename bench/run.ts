/**
 * What it costs, beside AwsCustomResource and the Provider framework doing the same work. Writes `bench/results.json`, and the
 * page and its plots from it. `npm run bench`; with `-- --quick` only to see that it runs: nothing is written then.
 */
import * as fs from 'fs';
import * as path from 'path';
import { measureFunction } from './cold-start';
import { LAMBDA_NODE } from './cold-start/lambda-node';
import { readResults, RESULTS, writePage } from './page';
import { Results } from './results';
import { measureScale } from './scale';
import { measureSynthesis } from './synthesis';
import { measureTemplates } from './template';
import { measureWaiting } from './waiting';
import { PINNED_CDK, ROOT, Workshop } from './workshop';
import { newestCdk } from '../scripts/newest-cdk';

const SUBJECTS = ['template', 'synthesis', 'function', 'waiting', 'scale'] as const;
type Subject = typeof SUBJECTS[number];

async function main(): Promise<void> {
  const quick = process.argv.includes('--quick');
  const named = SUBJECTS.filter((subject) => process.argv.includes(subject));
  const workshop = new Workshop(quick ? PINNED_CDK : newestCdk());
  const measure: { readonly [S in Subject]: () => Results[S] | Promise<Results[S]> } = {
    template: () => measureTemplates(workshop, quick),
    synthesis: () => measureSynthesis(workshop, quick, log),
    function: async () => measureFunction(workshop, quick ? 1 : 25),
    waiting: async () => measureWaiting(workshop, quick, log),
    scale: async () => measureScale(workshop, quick, log),
  };
  const versions = { node: process.versions.node, lambdaNode: LAMBDA_NODE, cdk: workshop.cdkVersion, sdk: sdkVersion() };
  const results: Record<string, unknown> = { quick, versions };
  for (const subject of named.length > 0 ? named : SUBJECTS) {
    log(`== ${subject}`);
    results[subject] = await measure[subject]();
    if (!quick) keep(results);
  }
  if (quick) log(JSON.stringify(results));
  else if (SUBJECTS.every((subject) => subject in readResults())) writePage();
}

/** Beside what an earlier run has found of other subjects. */
function keep(results: object): void {
  const before = fs.existsSync(RESULTS) ? JSON.parse(fs.readFileSync(RESULTS, 'utf8')) as object : {};
  fs.writeFileSync(RESULTS, `${JSON.stringify({ ...before, ...results }, rounded, 1)}\n`);
}

const began = Date.now();

function log(text: string): void {
  console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${text}`);
}

function sdkVersion(): string {
  return (JSON.parse(fs.readFileSync(path.join(ROOT, 'node_modules', '@aws-sdk', 'client-backup', 'package.json'), 'utf8')) as { version: string }).version;
}

/** More digits than a measurement has would only make differences look like changes. */
function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}

void main();
