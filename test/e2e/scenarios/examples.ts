import * as assert from 'assert';
import { edit, STORIES, Story } from '../../../scripts/examples/stories';
import { Lab } from '../lab';
import { Scenario } from '../scenario';

/** The first has a scenario of its own; ministack knows no vaults as the second has, which `npm run example` deploys to the simulator. */
const NOT_HERE: ReadonlySet<string> = new Set(['pre-migration', 'air-gapped']);

/** What `npm run example` shows to a person. */
export const EXAMPLES: readonly Scenario[] = STORIES.filter(({ example }) => !NOT_HERE.has(example)).map((story) => ({
  name: `examples/${story.example}`,
  stack: story.stack,
  run: async (lab) => play(story, lab),
}));

async function play({ example, acts }: Story, lab: Lab): Promise<void> {
  const folder = lab.example(example);
  for (const act of acts) {
    edit(folder, act);
    const context = Object.entries(act.context ?? {}).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const outcome = await {
      deploy: lab.deployExample.bind(lab), refused: lab.deployExampleFails.bind(lab), destroy: lab.destroyExample.bind(lab),
    }[act.does](folder, [act.stack ?? lab.stack, ...context]);
    for (const text of act.tells ?? []) assert.ok(outcome.text.includes(text), `the CLI does not say ${text}:\n${outcome.text}`);
    assert.deepStrictEqual(lab.states(), Array.from({ length: act.jobs }, () => 'COMPLETED'), act.says);
  }
}
