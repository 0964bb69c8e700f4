import * as fs from 'fs';
import * as path from 'path';
import { allPages, page, ROOT } from './pages';

interface Link {
  readonly text: string;
  readonly target: string;
  readonly from: string;
}

const links = allPages().flatMap((file) => linksOf(file)).filter(({ target }) => !/^https?:/.test(target));

test('every link leads to a file, and to a heading in it', () => {
  const broken = links.filter(({ target, from }) => {
    const [file, heading] = target.split('#');
    const there = file === '' ? from : path.resolve(path.dirname(from), file);
    return !fs.existsSync(there) || (heading !== undefined && !headingsOf(there).includes(heading));
  });
  expect(broken.map(({ target, from }) => `${path.relative(ROOT, from)}: ${target}`)).toEqual([]);
});

test('every test that docs/when.md names is in the file that it names', () => {
  const named = links.filter(({ from, target }) => from.endsWith('when.md') && target.includes('/test/'));
  expect(named.length).toBeGreaterThan(20);
  const missing = named.filter(({ text, target, from }) => !fs.readFileSync(path.resolve(path.dirname(from), target), 'utf8').includes(text));
  expect(missing.map(({ text, target }) => `${target}: ${text}`)).toEqual([]);
});

test('every page is in the index', () => {
  const index = page('README.md');
  const names = fs.readdirSync(path.join(ROOT, 'docs')).filter((name) => name.endsWith('.md') && name !== 'README.md');
  expect(names.filter((name) => !index.includes(`(${name})`))).toEqual([]);
  const decisions = page('decisions/README.md');
  const decided = fs.readdirSync(path.join(ROOT, 'docs', 'decisions')).filter((name) => /^\d/.test(name));
  expect(decided.filter((name) => !decisions.includes(`(${name})`))).toEqual([]);
});

function linksOf(file: string): Link[] {
  return [...textOf(file).matchAll(/\[([^\]]*)\]\(([^)\s]+)\)/g)].map(([, text, target]) => ({ text, target, from: file }));
}

/** As GitHub makes ids of headings. */
function headingsOf(file: string): string[] {
  return [...textOf(file).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading.toLowerCase().replace(/[^\w\- ]/g, '').replace(/ /g, '-'));
}

/** Without what is quoted as code. */
function textOf(file: string): string {
  return fs.readFileSync(file, 'utf8').replace(/^```[\s\S]*?^```$/gm, '');
}
