import * as path from 'path';

export const ROOT = path.join(__dirname, '..', '..');

/** What is downloaded once; ignored by git. */
export const CACHE = path.join(ROOT, '.cache', 'e2e');
