import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { differences, shortcomings } from './compare';
import { Language } from './language';
import { observe, Observed } from './observe';
import { Packages } from './pack';
import { seconds } from './seconds';
import { copySources } from './sources';
import { TYPESCRIPT } from './typescript';

export type Result = 'passed' | 'failed' | 'skipped';

/** What TypeScript does, by version of aws-cdk-lib. */
export type References = Map<string, Observed>;

/** Of aws-cdk-lib: undefined for the newest one of a registry. */
export type Version = string | undefined;

/** Installs, uses and checks the package of one language, with one version of aws-cdk-lib; says what it sees. */
export function check(language: Language, version: Version, packages: Packages, references: References): Result {
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
function use(language: Language, packages: Packages, version: Version): { readonly observed: Observed; readonly times: string } {
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
