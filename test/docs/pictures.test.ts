import * as fs from 'fs';
import * as path from 'path';
import { page, ROOT } from './pages';
import { PICTURES } from '../../scripts/pictures';

const IMAGES = path.join(ROOT, 'docs', 'images');

test.each(Object.keys(PICTURES))('docs/images/%s shows what happens (else: npx projen docs)', async (name) => {
  expect(fs.readFileSync(path.join(IMAGES, name), 'utf8')).toBe(await PICTURES[name]());
});

test('the page on the lifecycle shows each picture, with a text for who cannot see it', () => {
  const shown = [...page('lifecycle.md').matchAll(/!\[([^\]]+)\]\(images\/([^)]+)\)/g)].map(([, text, name]) => ({ text, name }));
  expect(shown.map(({ name }) => name)).toEqual(Object.keys(PICTURES));
  expect(shown.filter(({ text }) => text.length < 80)).toEqual([]);
});

test('there is no picture that nobody draws', () => {
  expect(fs.readdirSync(IMAGES).filter((name) => name.startsWith('lifecycle-')).sort()).toEqual(Object.keys(PICTURES).sort());
});
