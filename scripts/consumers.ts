import { fork } from 'child_process';
import { availableParallelism } from 'os';
import { checkLanguage, References, Result } from './consumers/check';
import { CSHARP } from './consumers/csharp';
import { GO } from './consumers/go';
import { JAVA } from './consumers/java';
import { Language } from './consumers/language';
import { Observed } from './consumers/observe';
import { pack, Packages } from './consumers/pack';
import { PYTHON } from './consumers/python';
import { seconds } from './consumers/seconds';
import { TYPESCRIPT } from './consumers/typescript';

/** TypeScript apart, what takes longest comes first. */
const OTHERS = [GO, PYTHON, JAVA, CSHARP];

const WORKER = '--worker';

/** What the process of a language has to know. */
interface Order {
  readonly language: string;
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
  const results = isChosen(TYPESCRIPT) ? checkLanguage(TYPESCRIPT, packages, references) : [];
  const waiting = OTHERS.filter(isChosen);
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      results.push(...await checkApart({ language: next.name, packages, references: [...references] }));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  const count = (wanted: Result): number => results.filter((each) => each === wanted).length;
  console.log(`${count('passed')} passed, ${count('failed')} failed${count('skipped') > 0 ? `, ${count('skipped')} skipped` : ''}`);
  process.exitCode = count('failed') > 0 ? 1 : 0;
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

function obey({ language, packages, references }: Order): void {
  process.send!(checkLanguage(OTHERS.find(({ name }) => name === language)!, packages, new Map(references)));
  process.disconnect();
}

if (process.argv[2] === WORKER) {
  process.once('message', obey);
} else {
  void main(process.argv.slice(2));
}
