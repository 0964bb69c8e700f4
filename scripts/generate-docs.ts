import { writeFileSync } from 'fs';
import { join } from 'path';
import { GENERATED_PAGES } from './generated-pages';

for (const [name, make] of Object.entries(GENERATED_PAGES)) {
  writeFileSync(join(__dirname, '..', 'docs', name), make());
}
