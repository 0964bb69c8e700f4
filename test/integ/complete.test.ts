import * as fs from 'fs';
import * as path from 'path';
import { STORIES } from '../../scripts/examples/stories';

const EXAMPLES = path.join(__dirname, '..', '..', 'examples');

/** Templates for policy tools, which nobody deploys. */
const NOT_DEPLOYED = ['policies'];
/** Its effect is an error at synthesis. */
const NOT_INTEGRATED = ['policy-checks'];

const examples = fs.readdirSync(EXAMPLES).filter((example) => !NOT_DEPLOYED.includes(example)).sort();

test('every example has a story, which npm run example and e2e play', () => {
  expect(STORIES.map(({ example }) => example).sort()).toEqual(examples);
});

test('every example is an integration test with a snapshot', () => {
  const tests = fs.readdirSync(__dirname).filter((file) => file.endsWith('.ts.snapshot')).map((file) => /^integ\.(.*)\.ts\.snapshot$/.exec(file)![1]);
  expect(tests.sort()).toEqual(examples.filter((example) => !NOT_INTEGRATED.includes(example)));
  expect(tests.filter((name) => !fs.existsSync(path.join(__dirname, `integ.${name}.ts`)))).toEqual([]);
});

test('snapshots name no folder of the machine that wrote them', () => {
  const tracked = fs.readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((file) => /\.snapshot\/[^/]*\.json$/.test(file) && !file.endsWith('tree.json'));
  expect(tracked.length).toBeGreaterThan(20);
  const folders = [/"[^"]*\/node_modules\//, /\(\/[^)]*\.ts:\d+:\d+\)/];
  expect(tracked.filter((file) => folders.some((folder) => folder.test(fs.readFileSync(path.join(__dirname, file), 'utf8'))))).toEqual([]);
});
