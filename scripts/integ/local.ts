import * as fs from 'fs';
import * as path from 'path';
import { integRunner, ROOT, settings, TESTS } from './runner';
import { REGION } from '../../test/e2e/account';
import { Bench } from '../../test/e2e/bench';
import { environmentFor } from '../../test/e2e/cli';
import { temporaryFolder } from '../../test/e2e/places';
import { finish } from '../../test/e2e/processes';
import { OLDEST, Project } from '../../test/e2e/project';

/** ministack knows no logically air-gapped vault. */
const NOT_HERE = 'integ.air-gapped.ts';

/** Deploys the tests to an AWS on this machine, which proves that they can be deployed and that what they assert can hold. */
export async function runLocally(args: readonly string[]): Promise<number> {
  const bench = await Bench.start(await Project.prepare(OLDEST));
  try {
    const folder = copyOfCheckout();
    const named = args.some((arg) => arg.startsWith('integ.'));
    const tests = named ? [] : fs.readdirSync(path.join(folder, TESTS)).filter((file) => /^integ\..*\.ts$/.test(file) && file !== NOT_HERE);
    // Last, because the option for Regions takes for one whatever comes after it.
    const { code } = await finish(process.execPath, integRunner(folder, [...args, ...tests, '--force', '--parallel-regions', REGION]), {
      cwd: folder,
      onText: (text) => process.stdout.write(text),
      env: { ...environmentFor(bench.endpoint, temporaryFolder('home')), ...settings() },
    });
    expectBackups(bench, tests.length);
    return code ?? 1;
  } finally {
    await bench.stop();
  }
}

/** integ-runner writes the snapshot of whatever it has deployed, which must not reach those of the checkout. */
function copyOfCheckout(): string {
  const folder = temporaryFolder('integ');
  for (const shared of ['node_modules', 'lib', 'assets', 'package.json']) fs.symlinkSync(path.join(ROOT, shared), path.join(folder, shared));
  for (const copied of ['examples', TESTS]) fs.cpSync(path.join(ROOT, copied), path.join(folder, copied), { recursive: true });
  return folder;
}

/** Assertions that were never asked would hold as well. */
function expectBackups({ backup }: Bench, atLeast: number): void {
  const looks = backup!.service.calls().filter(({ operation }) => operation === 'ListRecoveryPointsByBackupVault').length;
  const completed = backup!.service.jobs().filter(({ state }) => state === 'COMPLETED').length;
  console.log(`${completed} backups were COMPLETED, and recovery points were looked for ${looks} times`);
  if (completed < atLeast || looks < atLeast) throw new Error(`there were to be ${atLeast} of each at least`);
}
