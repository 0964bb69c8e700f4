import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { differences, shortcomings } from './consumers/compare';
import { CSHARP } from './consumers/csharp';
import { GO } from './consumers/go';
import { JAVA } from './consumers/java';
import { Language } from './consumers/language';
import { observe, Observed } from './consumers/observe';
import { pack, Packages } from './consumers/pack';
import { PYTHON } from './consumers/python';
import { copySources } from './consumers/sources';
import { TYPESCRIPT } from './consumers/typescript';

// The lowest version that the package takes, and the newest one of each registry.
const FLOOR = '2.258.0';
const VERSIONS = [FLOOR, undefined];
const LANGUAGES = [TYPESCRIPT, PYTHON, JAVA, GO, CSHARP];

interface Result {
  readonly observed: Observed;
  readonly times: string;
}

/** Installs, uses and checks each package from its own language. Arguments choose languages by name; none is all. */
function main(chosen: readonly string[]): void {
  const packages = packed();
  const references = new Map<string, Observed>();
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const language of LANGUAGES.filter(({ name }) => chosen.length === 0 || chosen.includes(name.toLowerCase()))) {
    const missing = language.missing();
    if (missing === undefined) {
      VERSIONS.forEach((version) => count[check(language, version, packages, references)]++);
    } else {
      count.skipped++;
      console.log(`SKIPPED ${language.name}: ${missing}`);
    }
  }
  console.log(`${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ''}`);
  process.exitCode = count.failed > 0 ? 1 : 0;
}

function check(language: Language, version: string | undefined, packages: Packages, references: Map<string, Observed>): 'passed' | 'failed' {
  try {
    const { observed, times } = use(language, packages, version);
    const { cdkVersion } = observed.assembly;
    if (language === TYPESCRIPT) {
      references.set(cdkVersion, observed);
    } else if (!references.has(cdkVersion)) {
      references.set(cdkVersion, use(TYPESCRIPT, packages, cdkVersion).observed);
    }
    const found = language === TYPESCRIPT ? shortcomings(observed) : differences(observed, references.get(cdkVersion)!);
    console.log(`${found.length === 0 ? 'passed ' : 'FAILED '} ${language.name}, aws-cdk-lib ${cdkVersion}: ${times}`);
    found.forEach((each) => console.log(`        ${each}`));
    return found.length === 0 ? 'passed' : 'failed';
  } catch (error) {
    console.log(`FAILED  ${language.name}, aws-cdk-lib ${version ?? 'newest'}: ${(error as Error).message}`);
    return 'failed';
  }
}

/** Installs a consumer into an empty folder, and lets it do what it does. */
function use(language: Language, packages: Packages, version: string | undefined): Result {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `consumer-${language.sources}-`));
  try {
    copySources(language, folder);
    const start = Date.now();
    const consumer = language.install(folder, packages, version);
    const installed = Date.now();
    const observed = observe(consumer, language);
    return { observed, times: `installed in ${seconds(start, installed)} s, ran in ${seconds(installed)} s` };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function packed(): Packages {
  const start = Date.now();
  const packages = pack();
  console.log(`packed for every language in ${seconds(start)} s`);
  return packages;
}

function seconds(from: number, to: number = Date.now()): number {
  return Math.round((to - from) / 1000);
}

main(process.argv.slice(2));
