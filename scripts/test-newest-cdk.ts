/**
 * Runs the tests that depend on what CDK does at synthesis on the newest aws-cdk-lib that they are known to pass on. The
 * oldest one is what the tests run on otherwise.
 *
 * The newest one is installed outside of the repository once, and found there by later runs.
 */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const NEWEST = '2.276.0';
const root = path.join(__dirname, '..');
const folder = path.join(os.tmpdir(), `cdk-on-demand-backup-${NEWEST}`);
const modules = path.join(folder, 'node_modules');

if (!fs.existsSync(path.join(modules, 'aws-cdk-lib', 'package.json'))) {
  fs.mkdirSync(folder, { recursive: true });
  execFileSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', `aws-cdk-lib@${NEWEST}`, 'constructs@^10.5.1'], { stdio: 'inherit' });
}
const { version } = JSON.parse(fs.readFileSync(path.join(modules, 'aws-cdk-lib', 'package.json'), 'utf8'));
console.log(`aws-cdk-lib ${version}`);

const mapper = {
  '^cdk-on-demand-backup$': '<rootDir>/src',
  '^(aws-cdk-lib|constructs)(/.*)?$': `${modules}/$1$2`,
};
const suites = process.argv.length > 2 ? process.argv.slice(2) : ['test/gates', 'test/checks', 'test/nag'];
execFileSync('npx', ['jest', ...suites, `--moduleNameMapper=${JSON.stringify(mapper)}`, '--cacheDirectory', path.join(folder, 'jest-cache')], {
  cwd: root, stdio: 'inherit', env: { ...process.env, EXPECTED_CDK: version },
});
