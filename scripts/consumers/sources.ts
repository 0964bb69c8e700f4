import * as fs from 'fs';
import * as path from 'path';
import { Language } from './language';
import { ROOT } from './pack';

/** Copies the programs of a language into an empty folder, with the example of README.md as one more. */
export function copySources({ name, sources, smallest }: Language, folder: string): void {
  fs.cpSync(path.join(ROOT, 'test', 'consumers', sources), folder, { recursive: true });
  if (smallest) {
    const example = firstExample(smallest.fence);
    if (example === undefined) {
      throw new Error(`README.md has no example in ${name}`);
    }
    const file = path.join(folder, smallest.file);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, example);
  }
}

function firstExample(fence: string): string | undefined {
  const page = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');
  return new RegExp(`^\`\`\`${fence}\\b.*\\n([^]*?)^\`\`\`$`, 'm').exec(page)?.[1];
}
