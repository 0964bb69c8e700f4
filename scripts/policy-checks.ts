/**
 * Policy tools that read templates: cfn-lint and the rules of AWS Control Tower (cfn-guard) over what this library renders,
 * and the policies in examples/policies over the example beside them.
 *
 * Installs what it needs from the package registries. The last line is `N passed, N failed`.
 */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { App } from 'aws-cdk-lib';
import { CfnGuard, cfnGuard, cfnLint, opa } from './policy-tools';
import { synthesizeExample } from './synthesize-example';
import { APPS, appWith } from '../test/nag/apps';

const POLICIES = path.join(__dirname, '..', 'examples', 'policies');
/** What an organisation decides, with `OnDemandBackupProvider.configure(scope, { logGroup, vpc })`. */
const LEFT_TO_SETTINGS = ['cloudwatch_log_group_encrypted_check', 'lambda_inside_vpc_check'];

const results: boolean[] = [];

function expectSame(what: string, seen: readonly string[], expected: readonly string[]): void {
  const same = JSON.stringify(seen) === JSON.stringify(expected);
  console.log(`${same ? 'passed' : 'FAILED'}  ${what}${same ? '' : `\n  seen:     ${seen.join(', ') || 'nothing'}\n  expected: ${expected.join(', ') || 'nothing'}`}`);
  results.push(same);
}

function outputOf(command: string, ...args: string[]): string {
  const { stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  if (error || (stdout === '' && stderr !== '')) {
    throw error ?? new Error(`${command}: ${stderr}`);
  }
  return stdout;
}

/** The rules of cfn-guard that a template breaks, with the resources that do. */
function broken({ executable }: CfnGuard, rules: string, template: string): { readonly rule: string; readonly resources: string[] }[] {
  const output = outputOf(executable, 'validate', '--rules', rules, '--data', template, '--output-format', 'json', '--structured', '--show-summary', 'none');
  return (JSON.parse(output) as any[]).flatMap(({ not_compliant: rulesBroken }) => rulesBroken).map(({ Rule: rule }) => ({
    rule: rule.name,
    resources: [...new Set([...JSON.stringify(rule).matchAll(/\/Resources\/(\w+)/g)].map(([, id]) => id))],
  }));
}

/** Logical ids of what the library made in a stack of the apps: whatever else is in it belongs to the user. */
function isOurs(logicalId: string, template: any): boolean {
  return logicalId.startsWith('OnDemandBackup') || template.Resources[logicalId]?.Type.startsWith('Custom::OnDemandBackup');
}

function templatesOf(app: App): string[] {
  app.synth();
  return fs.readdirSync(app.outdir).filter((file) => file.endsWith('.template.json') && !file.startsWith('Shared')).map((file) => path.join(app.outdir, file));
}

/** Rules of AWS Control Tower that our resources in a template break. */
function foundByControlTower(guard: CfnGuard, file: string): string[] {
  const template = JSON.parse(fs.readFileSync(file, 'utf8'));
  const ours = broken(guard, guard.controlTower, file).filter(({ resources }) => resources.some((id) => isOurs(id, template)));
  return [...new Set(ours.map(({ rule }) => rule))].sort();
}

/** What cfn-lint says about our resources in a template. */
function foundByLint(lint: string, file: string): string[] {
  const template = JSON.parse(fs.readFileSync(file, 'utf8'));
  const findings = JSON.parse(outputOf(lint, '--format', 'json', '--regions', 'eu-west-1', '--template', file) || '[]') as any[];
  return findings
    .filter(({ Location: { Path: [section, id] } }) => section !== 'Resources' || isOurs(id, template))
    .map(({ Rule: { Id: id }, Message: message }) => `${id} ${message}`);
}

function checkOurResources(): void {
  const guard = cfnGuard();
  const lint = cfnLint();
  for (const name of Object.keys(APPS)) {
    for (const configured of [false, true]) {
      for (const file of templatesOf(appWith(name, configured))) {
        const what = `${name}, ${configured ? 'with all settings' : 'without settings'}`;
        expectSame(`Control Tower: ${what}`, foundByControlTower(guard, file), configured ? [] : LEFT_TO_SETTINGS);
        expectSame(`cfn-lint: ${what}`, foundByLint(lint, file), []);
      }
    }
  }
  expectSame('cfn-lint sees what is wrong with our function', foundByLint(lint, withWrongMemory()).map((finding) => finding.slice(0, 5)), ['E3012']);
}

/** A tool that finds nothing in anything passes every check above. */
function withWrongMemory(): string {
  const [file] = templatesOf(appWith('minimal', true));
  const template = JSON.parse(fs.readFileSync(file, 'utf8'));
  const fn: any = Object.values(template.Resources).find(({ Type: type }: any) => type === 'AWS::Lambda::Function');
  fn.Properties.MemorySize = 'much';
  fs.writeFileSync(file, JSON.stringify(template));
  return file;
}

function checkPolicies(): void {
  const guard = cfnGuard();
  const agent = opa();
  const template = (example: string, stack: string) => path.join(synthesizeExample(example), `${stack}.template.json`);
  const rulesBroken = (file: string) => broken(guard, path.join(POLICIES, 'on-demand-backup.guard'), file).map(({ rule }) => rule).sort();
  const denied = (file: string) => {
    const answer = outputOf(agent, 'eval', '--format', 'json', '--data', path.join(POLICIES, 'on_demand_backup.rego'), '--input', file, 'data.on_demand_backup.deny');
    const reasons: string[] = JSON.parse(answer).result[0].expressions[0].value;
    return [...new Set(reasons.map((reason) => reason.split(':')[0]))].sort();
  };
  const good = template('policies', 'Good');
  const bad = template('policies', 'Bad');
  expectSame('cfn-guard takes the good stack', rulesBroken(good), []);
  expectSame('cfn-guard refuses the bad one', rulesBroken(bad), ['final_retention', 'protected_beside_guards', 'retention', 'vault', 'wait']);
  expectSame('cfn-guard asks for guards where there are none', rulesBroken(template('on-demand', 'OnDemand')), ['protected', 'vault']);
  expectSame('cfn-guard asks for no more where everything is guarded', rulesBroken(template('guarded-table', 'GuardedTable')), ['vault']);
  expectSame('OPA takes the good stack', denied(good), []);
  expectSame('OPA refuses the bad one', denied(bad), ['protected', 'retention', 'vault', 'wait']);
  expectSame('OPA asks for guards where there are none', denied(template('on-demand', 'OnDemand')), ['protected', 'vault']);
  expectSame('OPA asks for no more where everything is guarded', denied(template('guarded-table', 'GuardedTable')), ['vault']);
}

process.env.CDK_VALIDATION = 'false';
checkOurResources();
checkPolicies();
const failed = results.filter((passed) => !passed).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
