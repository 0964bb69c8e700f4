import { createInterface } from 'readline/promises';
import { parseArgs } from 'util';
import { embedded } from './examples/embedded';
import { Stage } from './examples/stage';
import { Act, edit, STORIES, Story } from './examples/stories';
import { withCli } from './examples/with-cli';
import { heading } from './narrate';

/** Plays what a person does with an example, and says what has come of it. */
async function main(): Promise<void> {
  const { values, positionals: names } = parseArgs({ options: { cli: { type: 'boolean', default: false } }, allowPositionals: true });
  const stories = names.map((name) => STORIES.find(({ example }) => example === name));
  if (stories.length === 0 || stories.includes(undefined)) {
    throw new Error(`which example? npm run example -- <name>, with one of: ${STORIES.map(({ example }) => example).join(', ')}; with --cli it runs the CDK CLI`);
  }
  for (const story of stories) await tell(story!, values.cli ? withCli : embedded);
}

async function tell(story: Story, start: (example: string) => Promise<Stage>): Promise<void> {
  console.log(`\n=== examples/${story.example}`);
  const stage = await start(story.example);
  try {
    for (const act of story.acts) await play(story, act, stage);
  } finally {
    await stage.stop();
  }
  console.log(`\nexamples/${story.example}: all of it happened as it should.`);
}

async function play({ stack }: Story, act: Act, stage: Stage): Promise<void> {
  if (act.does === 'destroy') await pauseToChange(stack, stage);
  edit(stage.folder, act);
  heading(act.says);
  if (act.edit) console.log(`  (in ${act.edit.file}: ${act.edit.to.replaceAll(/\s+/g, ' ')})`);
  const { ok, said } = act.does === 'destroy' ? await stage.destroy(stack) : await stage.deploy(act.stack ?? stack, act.context ?? {});
  if (ok === (act.does === 'refused')) throw new Error(`it was expected to be ${ok ? 'refused' : 'successful'}`);
  for (const text of act.tells ?? []) if (!said.includes(text)) throw new Error(`expected to be told of ${text}`);
  const { jobs, recoveryPoints } = stage.backups();
  console.log('  AWS Backup has:');
  for (const { id, resourceArn, state } of jobs) console.log(`    job ${id} of ${resourceArn}: ${state}`);
  for (const { arn, vaultName, status } of recoveryPoints) console.log(`    recovery point ${arn} in ${vaultName}: ${status}`);
  if (jobs.length === 0) console.log('    nothing');
  if (jobs.length !== act.jobs || jobs.some(({ state }) => state !== 'COMPLETED')) {
    throw new Error(`expected ${act.jobs} jobs in all, each of them COMPLETED`);
  }
}

/** Only where there is somebody to ask, and something that the story does not know about. */
async function pauseToChange(stack: string, stage: Stage): Promise<void> {
  if (!process.stdin.isTTY) return;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  await terminal.question(`\nChange ${stage.folder} if you like, and press Enter to deploy it again and then to go on. `);
  terminal.close();
  await stage.deploy(stack, {});
}

main().then(() => process.exit(), (error: Error) => {
  console.error(`\n${error.message}`);
  process.exit(1);
});
