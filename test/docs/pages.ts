import * as fs from 'fs';
import * as path from 'path';

export const ROOT = path.join(__dirname, '..', '..');
const DOCS = path.join(ROOT, 'docs');

/** The text of a page in docs/. */
export function page(name: string): string {
  return fs.readFileSync(path.join(DOCS, name), 'utf8');
}

/** README, CONTRIBUTING and every page in docs/, by their paths. */
export function allPages(): string[] {
  const inDocs = fs.readdirSync(DOCS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')).map((name) => path.join(DOCS, name));
  return [...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].map((name) => path.join(ROOT, name)), ...inDocs];
}
