import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { GENERATED_PAGES } from './generated-pages';
import { PICTURES } from './pictures';

const DOCS = join(__dirname, '..', 'docs');

async function generate(): Promise<void> {
  for (const [name, make] of Object.entries(GENERATED_PAGES)) {
    writeFileSync(join(DOCS, name), make());
  }
  mkdirSync(join(DOCS, 'images'), { recursive: true });
  for (const [name, draw] of Object.entries(PICTURES)) {
    writeFileSync(join(DOCS, 'images', name), await draw());
  }
}

void generate();
