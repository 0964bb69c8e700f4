/**
 * Runs the tests that depend on what CDK does at synthesis on the newest aws-cdk-lib that they are known to pass on. The
 * oldest one is what the tests run on otherwise.
 */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { newestCdk, NEWEST_CDK_FOLDER } from './newest-cdk';

const modules = newestCdk();
const { version } = JSON.parse(fs.readFileSync(path.join(modules, 'aws-cdk-lib', 'package.json'), 'utf8'));
console.log(`aws-cdk-lib ${version}`);

const mapper = {
  '^cdk-on-demand-backup$': '<rootDir>/src',
  '^(aws-cdk-lib|constructs)(/.*)?$': `${modules}/$1$2`,
};
const suites = process.argv.length > 2 ? process.argv.slice(2) : ['test/gates', 'test/checks', 'test/nag'];
execFileSync('npx', ['jest', ...suites, `--moduleNameMapper=${JSON.stringify(mapper)}`, '--cacheDirectory', path.join(NEWEST_CDK_FOLDER, 'jest-cache')], {
  cwd: path.join(__dirname, '..'), stdio: 'inherit', env: { ...process.env, EXPECTED_CDK: version },
});
