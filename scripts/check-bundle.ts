import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { BUNDLE, buildBundle, ROOT } from './bundle';

/** The bundle is the same, byte for byte, wherever and however often it is built, and the one in `assets/` is that one. */
function main(): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'check-bundle-'));
  try {
    const here = buildBundle(ROOT, fs.mkdtempSync(path.join(folder, 'here-'))).file;
    const elsewhere = buildBundle(copyOfSources(path.join(folder, 'another', 'place')), fs.mkdtempSync(path.join(folder, 'elsewhere-'))).file;
    const [expected, ...others] = [here, elsewhere, BUNDLE].map((file) => fs.readFileSync(file));
    if (others.some((each) => !each.equals(expected))) {
      throw new Error(`The bundle is not reproducible, or the one in assets/ is not made from these sources: ${expected.length}, ${others.map((each) => each.length).join(', ')} bytes.`);
    }
    console.log(`The bundle is reproducible: three times the same ${expected.length} bytes.`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function copyOfSources(folder: string): string {
  fs.mkdirSync(folder, { recursive: true });
  ['lambda', 'src'].forEach((name) => fs.cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true }));
  fs.copyFileSync(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  return folder;
}

main();
