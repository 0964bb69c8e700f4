import * as fs from 'fs';
import * as path from 'path';
import { Language } from './language';
import { ROOT } from './pack';

/** Copies the programs of a language into an empty folder, with the first example of the README as one more. */
export function copySources({ name, sources, readme }: Language, folder: string): void {
  fs.cpSync(path.join(ROOT, 'test', 'consumers', sources), folder, { recursive: true });
  if (readme) {
    const example = firstExample(readme.fence);
    if (example === undefined) {
      throw new Error(`README.md has no example in ${name}`);
    }
    const file = path.join(folder, readme.file);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, example);
  }
}

function firstExample(fence: string): string | undefined {
  const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  return new RegExp(`^\`\`\`${fence}\\b.*\\n([^]*?)^\`\`\`$`, 'm').exec(readme)?.[1];
}
