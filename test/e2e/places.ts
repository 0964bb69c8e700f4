import { createHash } from 'crypto';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

export const ROOT = path.join(__dirname, '..', '..');

/** What is downloaded once, for each checkout. Outside of it, because `npm pack` walks through all that is in there. */
export const CACHE = path.join(os.tmpdir(), `cdk-on-demand-backup-e2e-${createHash('sha256').update(ROOT).digest('hex').slice(0, 8)}`);

const temporary: string[] = [];
process.on('exit', () => temporary.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })));

/** An empty folder that goes with this process. */
export function temporaryFolder(name: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${name}-`));
  temporary.push(folder);
  return folder;
}
