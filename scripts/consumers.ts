import { fork } from 'child_process';
import { availableParallelism } from 'os';
import { check, References, Result, Version } from './consumers/check';
import { CSHARP } from './consumers/csharp';
import { GO } from './consumers/go';
import { JAVA } from './consumers/java';
import { Language } from './consumers/language';
import { Observed } from './consumers/observe';
import { pack, Packages } from './consumers/pack';
import { PYTHON } from './consumers/python';
import { seconds } from './consumers/seconds';
import { TYPESCRIPT } from './consumers/typescript';

// The lowest version that the package takes, and the newest one of each registry.
const VERSIONS: readonly Version[] = ['2.258.0', undefined];

/** TypeScript apart, what takes longest comes first. */
const OTHERS = [GO, PYTHON, JAVA, CSHARP];

const WORKER = '--worker';

/** What one process does: a language, with one version of aws-cdk-lib or one after the other. */
interface Task {
  readonly language: string;
  readonly versions: readonly (string | null)[];
}

/** And what it has to know for that. */
interface Order extends Task {
  readonly packages: Packages;
  readonly references: readonly (readonly [version: string, observed: Observed])[];
}

/** Installs, uses and checks each package from its own language. Arguments choose languages by name; none is all. */
async function main(chosen: readonly string[]): Promise<void> {
  const isChosen = ({ name }: Language): boolean => chosen.length === 0 || chosen.includes(name.toLowerCase());
  const start = Date.now();
  const packages = pack();
  console.log(`packed for every language in ${seconds(start)} s`);
  // The others are compared with it.
  const references: References = new Map();
  const results = isChosen(TYPESCRIPT) ? VERSIONS.map((version) => check(TYPESCRIPT, version, packages, references)) : [];
  const waiting = OTHERS.filter(isChosen).filter((language) => isHere(language, results)).flatMap(tasksOf);
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      results.push(...await checkApart({ ...next, packages, references: [...references] }));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  const count = (wanted: Result): number => results.filter((each) => each === wanted).length;
  console.log(`${count('passed')} passed, ${count('failed')} failed${count('skipped') > 0 ? `, ${count('skipped')} skipped` : ''}`);
  process.exitCode = count('failed') > 0 ? 1 : 0;
}

function isHere({ name, missing }: Language, results: Result[]): boolean {
  const reason = missing();
  if (reason !== undefined) {
    console.log(`SKIPPED ${name}: ${reason}`);
    results.push('skipped');
  }
  return reason === undefined;
}

function tasksOf({ name: language, oneAtATime }: Language): Task[] {
  const versions = VERSIONS.map((version) => version ?? null);
  return oneAtATime ? [{ language, versions }] : versions.map((version) => ({ language, versions: [version] }));
}

/** In a process of its own, because most of the time it waits for one download or one compiler. */
async function checkApart(order: Order): Promise<Result[]> {
  return new Promise((resolve, reject) => {
    const child = fork(__filename, [WORKER], { execArgv: process.execArgv });
    let results: Result[] = [];
    child.on('message', (message: Result[]) => { results = message; });
    child.on('exit', (code) => code === 0 ? resolve(results) : reject(new Error(`the process for ${order.language} ended with ${String(code)}`)));
    child.send(order);
  });
}

function obey({ language: name, versions, packages, references }: Order): void {
  const language = OTHERS.find((each) => each.name === name)!;
  const known: References = new Map(references);
  process.send!(versions.map((version) => check(language, version ?? undefined, packages, known)));
  process.disconnect();
}

if (process.argv[2] === WORKER) {
  process.once('message', obey);
} else {
  void main(process.argv.slice(2));
}
