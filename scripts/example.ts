import * as fs from 'fs';
import * as path from 'path';
import { createInterface } from 'readline/promises';
import { Bench } from '../test/e2e/bench';
import { OLDEST, Project } from '../test/e2e/project';

const EXAMPLES = path.join(__dirname, '..', 'examples');

/** Deploys an example with the CDK CLI to an AWS on this machine, shows what was backed up, and destroys it. */
async function example(name: string | undefined): Promise<void> {
  const known = fs.readdirSync(EXAMPLES).filter((entry) => fs.existsSync(path.join(EXAMPLES, entry, 'app.ts')));
  if (name === undefined || !known.includes(name)) {
    throw new Error(`which example? npm run example -- <name>, with one of: ${known.join(', ')}`);
  }
  console.log('Preparing an AWS on this machine, which takes a minute or two at first …');
  const project = await Project.prepare(OLDEST);
  const folder = project.copyExample(name);
  const bench = await Bench.start(project);
  const cdk = async (...args: string[]): Promise<void> => {
    console.log(`\n$ cdk ${args.join(' ')}`);
    const { code } = await bench.cli.run(args, folder, (text) => process.stdout.write(text));
    if (code !== 0) process.exitCode = 1;
  };
  try {
    await cdk('deploy', '--all', '--require-approval', 'never', '--progress', 'events');
    showBackups(bench);
    await pauseFor(`Change ${path.relative(process.cwd(), folder)} and press Enter to deploy again.`, async () => {
      await cdk('deploy', '--all', '--require-approval', 'never', '--progress', 'events');
      showBackups(bench);
    });
    await cdk('destroy', '--all', '--force');
    showBackups(bench);
  } finally {
    await bench.stop();
  }
}

function showBackups({ backup }: Bench): void {
  console.log('\nWhat AWS Backup has:');
  for (const { id, state, request } of backup!.service.jobs()) console.log(`  job ${id} of ${request.ResourceArn} is ${state}`);
  for (const { arn, vaultName, status } of backup!.service.recoveryPoints()) console.log(`  recovery point ${arn} in ${vaultName} is ${status}`);
}

/** Only where there is somebody to ask. */
async function pauseFor(question: string, action: () => Promise<void>): Promise<void> {
  if (!process.stdin.isTTY) return;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  await terminal.question(`\n${question} `);
  terminal.close();
  await action();
}

example(process.argv[2]).then(() => process.exit(), (error: Error) => {
  console.error(error.message);
  process.exit(1);
});
