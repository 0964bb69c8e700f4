import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const CACHE = path.join(os.tmpdir(), 'cdk-on-demand-backup-cache');

/**
 * A folder that is made once and kept for later runs.
 *
 * It is made under another name, so that one whose making was interrupted is never taken for whole.
 */
export function cached(key: string, make: (folder: string) => void): string {
  const folder = path.join(CACHE, key);
  if (!fs.existsSync(folder)) {
    fs.mkdirSync(CACHE, { recursive: true });
    const unfinished = fs.mkdtempSync(path.join(CACHE, 'unfinished-'));
    make(unfinished);
    fs.renameSync(unfinished, folder);
  }
  return folder;
}
