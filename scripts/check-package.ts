import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const ROOT = path.join(__dirname, '..');
const CDK_VERSIONS = ['2.258.0', 'latest'];

/** What users need, and nothing that they do not. */
const WANTED = ['.jsii', 'API.md', 'LICENSE', 'README.md', 'assets/lambda/index/index.js', 'assets/lambda/THIRD-PARTY-LICENSES.txt', 'assets/lambda/sbom.cdx.json', 'lib/index.js', 'lib/index.d.ts', 'package.json'];
const UNWANTED = [/^src\//, /^lambda\//, /^test\//, /^examples\//, /^scripts\//, /^docs\//, /^bench\//, /^scratch\//, /^\.ci\//, /^\.projen/, /\.test\./, /^tsconfig/, /^[^/]*\.md$/];
const UNWANTED_BUT = new Set(['API.md', 'README.md', 'CHANGELOG.md']);

const APP = `
const { App, Stack, Duration } = require('aws-cdk-lib');
const { AttributeType, Table } = require('aws-cdk-lib/aws-dynamodb');
const { BackupSource, OnDemandBackup } = require('cdk-on-demand-backup');
const stack = new Stack(new App(), 'Shop');
const table = new Table(stack, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
new OnDemandBackup(stack, 'Backup', { source: BackupSource.fromDynamoDbTable(table), deleteAfter: Duration.days(35) });
`;

function main(): void {
  const tarball = pack();
  checkContent(tarball);
  CDK_VERSIONS.forEach((version) => checkInstallation(tarball, version));
}

function pack(): string {
  run('npx', ['projen', 'package:js'], ROOT);
  const folder = path.join(ROOT, 'dist', 'js');
  const [tarball] = fs.readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  return path.join(folder, tarball);
}

function checkContent(tarball: string): void {
  const files = run('tar', ['-tzf', tarball], ROOT).trim().split('\n').map((name) => name.replace(/^package\//, ''));
  const missing = WANTED.filter((name) => !files.includes(name));
  const surplus = files.filter((name) => !UNWANTED_BUT.has(name) && UNWANTED.some((pattern) => pattern.test(name)));
  if (missing.length > 0 || surplus.length > 0) {
    throw new Error(`The package lacks: ${missing.join(', ') || 'nothing'}. It should not hold: ${surplus.join(', ') || 'nothing wrong'}.`);
  }
  console.log(`The package holds ${files.length} files, ${Math.round(fs.statSync(tarball).size / 1024)} kB.`);
}

/** Installs the package into an empty project, and synthesizes an app there. */
function checkInstallation(tarball: string, cdkVersion: string): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'check-package-'));
  try {
    fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'empty', private: true }));
    run('npm', ['install', '--no-audit', '--no-fund', tarball, `aws-cdk-lib@${cdkVersion}`, 'constructs@^10.5.1'], folder);
    fs.writeFileSync(path.join(folder, 'app.js'), APP);
    run(process.execPath, ['app.js'], folder, { CDK_OUTDIR: path.join(folder, 'cdk.out') });
    const template = JSON.parse(fs.readFileSync(path.join(folder, 'cdk.out', 'Shop.template.json'), 'utf8')) as { Resources: Record<string, { Type: string }> };
    const types = Object.values(template.Resources).map(({ Type }) => Type);
    if (!types.includes('Custom::OnDemandBackup')) {
      throw new Error(`With aws-cdk-lib ${cdkVersion}, the template holds no backup: ${types.join(', ')}`);
    }
    const installed = JSON.parse(fs.readFileSync(path.join(folder, 'node_modules/aws-cdk-lib/package.json'), 'utf8')) as { version: string };
    console.log(`Installed into an empty project, it synthesizes with aws-cdk-lib ${installed.version}.`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function run(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 * 1024 * 1024 });
}

main();
