import * as fs from 'fs';
import * as path from 'path';
import { BackupProtection, BackupRule } from '../../src';

const page = fs.readFileSync(path.join(__dirname, '..', '..', 'docs', 'policy-checks.md'), 'utf8');

test.each([...Object.values(BackupRule), ...Object.values(BackupProtection)])('the page about policy checks explains %s', (id) => {
  expect(page).toMatch(new RegExp(`^\\| \`${id}\` \\| .*\\w.* \\|$`, 'm'));
});
