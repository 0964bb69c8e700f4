import { createRequire } from 'module';
import { setTimeout } from 'timers/promises';
import { parseArgs } from 'util';
import { Bench } from './bench';
import type { Lab } from './lab';
import { NEWEST, OLDEST, Project } from './project';
import { Scenario } from './scenario';

/** What the CLI does takes processors, what it waits for does not. */
const AT_ONCE = 4;

/** Milliseconds after which a scenario counts as one that hangs, on a machine that does much else. */
const LONGEST = 600_000;

/** Runs the scenarios whose name or stack holds one of the given words; all without words. */
async function main(): Promise<boolean> {
  const { values, positionals: words } = parseArgs({ options: { newest: { type: 'boolean', default: false } }, allowPositionals: true });
  const versions = values.newest ? NEWEST : OLDEST;
  const began = Date.now();
  console.log(`aws-cdk-lib ${versions.lib}, CLI ${versions.cli}`);
  const project = await Project.prepare(versions);
  project.serveImports();
  // Only from here on: these import the CDK.
  const load = createRequire(__filename);
  const { SCENARIOS } = load('./scenarios') as { SCENARIOS: readonly Scenario[] };
  const labs = load('./lab') as { Lab: typeof Lab };
  const chosen = SCENARIOS.filter(({ name, stack }) => words.length === 0 || words.some((word) => `${stack} ${name}`.includes(word)));

  const benches: Bench[] = [];
  try {
    const plain = await Bench.start(project);
    benches.push(plain);
    const enforcing = chosen.some(({ auth }) => auth) ? await Bench.startEnforcing(project) : undefined;
    if (enforcing) benches.push(enforcing);
    console.log(`ready after ${seconds(began)}`);
    const results = await allOf(chosen, async (scenario) => {
      const { cli, account, backup } = scenario.auth ? enforcing! : plain;
      return passes(scenario, new labs.Lab(scenario.stack, project, cli, account, backup));
    });
    const passed = results.filter(Boolean).length;
    console.log(`${seconds(began)} in all`);
    console.log(`${passed} passed, ${results.length - passed} failed`);
    return passed === results.length && passed > 0;
  } finally {
    for (const bench of benches) await bench.stop();
  }
}

async function passes({ name, run }: Scenario, lab: Lab): Promise<boolean> {
  const began = Date.now();
  try {
    await Promise.race([run(lab), hangs()]);
    console.log(`ok      ${seconds(began).padStart(6)}  ${name}`);
    return true;
  } catch (error) {
    console.log(`FAILED  ${seconds(began).padStart(6)}  ${name}\n${(error as Error).stack}\n${await lab.report().catch(String)}\n`);
    return false;
  }
}

/** Whatever hangs is ended with this process. */
async function hangs(): Promise<never> {
  await setTimeout(LONGEST, undefined, { ref: false });
  throw new Error(`not over after ${LONGEST / 60_000} minutes`);
}

/** In their order, a few at once. */
async function allOf<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const left = [...items.entries()];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let next = left.shift(); next; next = left.shift()) results[next[0]] = await work(next[1]);
  }));
  return results;
}

const seconds = (since: number): string => `${Math.round((Date.now() - since) / 1000)} s`;

main().then((ok) => process.exit(ok ? 0 : 1), (error: Error) => {
  console.error(error.stack);
  process.exit(1);
});
