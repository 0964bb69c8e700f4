import { spawnSync } from 'child_process';
import { runLocally } from './integ/local';
import { integRunner, ROOT, settings } from './integ/runner';

const LOCAL = '--local';

/** The integration tests of the examples; arguments are those of integ-runner, which without any compares with the snapshots. */
async function main(args: readonly string[]): Promise<number> {
  if (args.includes(LOCAL)) return runLocally(args.filter((arg) => arg !== LOCAL));
  const { status } = spawnSync(process.execPath, integRunner(ROOT, args), { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...settings() } });
  return status ?? 1;
}

main(process.argv.slice(2)).then((code) => process.exit(code), (error: Error) => {
  console.error(error.stack);
  process.exit(1);
});
