import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { QUICK_BUILD } from './quick-build';

/** Outside of the repository, so that a second run finds what the first one installed. */
const CACHE = path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'cdk-on-demand-backup');

const CFN_GUARD = '@cdklabs/cdk-validator-cfnguard@0.0.62';
const CFN_LINT = 'cfn-lint==1.58.0';
const OPA = 'github.com/open-policy-agent/opa@v1.22.3';

export interface CfnGuard {
  readonly executable: string;
  /** The rules behind the proactive controls of AWS Control Tower. */
  readonly controlTower: string;
}

/** AWS CloudFormation Guard, as the npm package of the CDK plugin for it brings it along. */
export function cfnGuard(): CfnGuard {
  const folder = installed(CFN_GUARD, (target) => run('npm', 'install', '--prefix', target, '--no-audit', '--no-fund', '--ignore-scripts', CFN_GUARD));
  const home = path.join(folder, 'node_modules', '@cdklabs', 'cdk-validator-cfnguard');
  const system = os.platform() === 'darwin' ? 'macos' : 'ubuntu';
  const machine = os.arch() === 'arm64' ? 'aarch64' : 'x86_64';
  return {
    executable: path.join(home, 'bin', system, machine, 'cfn-guard'),
    controlTower: path.join(home, 'rules', 'control-tower', 'cfn-guard'),
  };
}

/** cfn-lint from PyPI, in an environment of its own. */
export function cfnLint(): string {
  const folder = installed(CFN_LINT, (target) => {
    run('python3', '-m', 'venv', target);
    run(path.join(target, 'bin', 'pip'), 'install', '--quiet', CFN_LINT);
  });
  return path.join(folder, 'bin', 'cfn-lint');
}

/** Open Policy Agent, compiled from its Go module: no other registry has its executable. */
export function opa(): string {
  const folder = installed(OPA, (target) => {
    execFileSync('go', ['install', ...QUICK_BUILD, OPA], { stdio: 'inherit', env: { ...process.env, GOBIN: target } });
  });
  return path.join(folder, 'opa');
}

/** Installs something once; a folder without the mark is a run that was cut off. */
function installed(name: string, install: (target: string) => void): string {
  const target = path.join(CACHE, name.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^-/, ''));
  const mark = path.join(target, '.installed');
  if (!fs.existsSync(mark)) {
    console.log(`Installing ${name} …`);
    fs.rmSync(target, { recursive: true, force: true });
    fs.mkdirSync(target, { recursive: true });
    install(target);
    fs.writeFileSync(mark, name);
  }
  return target;
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: 'inherit' });
}
