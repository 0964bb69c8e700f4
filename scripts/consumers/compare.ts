import { Assembly } from './assembly';
import { Observed } from './observe';

/** What a consumer does otherwise than TypeScript, or than it has to: one text each. */
export function differences(seen: Observed, reference: Observed): string[] {
  return [
    ...templateDifferences('app', seen.assembly, reference.assembly),
    ...seen.smallest ? templateDifferences('example of README.md', seen.smallest, reference.smallest!) : [],
    ...Object.keys({ ...reference.messages, ...seen.messages })
      .flatMap((name) => textDifference(`bad input, ${name}`, seen.messages[name], reference.messages[name])),
    ...textDifference('OnDemandBackupChecks', pretty(seen.checks), pretty(reference.checks)),
    ...policyDifferences(seen, reference),
  ];
}

/** What has to hold for the reference itself, or being the same would mean nothing. */
export function shortcomings({ assembly, checks, messages, policy }: Observed): string[] {
  const backups = Object.values(assembly.templates).join().match(/"Type": "Custom::OnDemandBackup"/g)?.length ?? 0;
  return [
    ...backups === BACKUPS ? [] : [`The app has ${backups} backups in its template, not ${BACKUPS}.`],
    ...checks.length > 0 ? [] : ['OnDemandBackupChecks found nothing.'],
    ...Object.entries(messages).filter(([, message]) => message === 'no error').map(([name]) => `Bad input, ${name}: there was no error.`),
    ...policy?.violations.length === VIOLATIONS ? [] : [`The policy check found ${policy?.violations.length} violations, not ${VIOLATIONS}.`],
  ];
}

const BACKUPS = 7;
const VIOLATIONS = 2;

function templateDifferences(what: string, seen: Assembly, expected: Assembly): string[] {
  return Object.keys({ ...expected.templates, ...seen.templates })
    .flatMap((name) => textDifference(`${what}, ${name}`, seen.templates[name], expected.templates[name]));
}

function policyDifferences({ policy }: Observed, reference: Observed): string[] {
  if (!policy) {
    return [];
  }
  const unsaid = policy.violations.filter(({ description }) => !policy.output.includes(description));
  return [
    ...policy.exitCode === 1 ? [] : [`cdk synth ended with ${policy.exitCode} for what the policy check refuses:\n${policy.output}`],
    ...textDifference('violations', pretty(policy.violations), pretty(reference.policy?.violations)),
    ...unsaid.map(({ description }) => `cdk synth does not print: ${description}`),
  ];
}

function textDifference(what: string, seen = '', expected = ''): string[] {
  if (seen === expected) {
    return [];
  }
  const lines = seen.split('\n');
  const line = expected.split('\n').findIndex((text, i) => text !== lines[i]);
  const at = line < 0 ? expected.split('\n').length : line;
  return [`${what}, line ${at + 1}: got ${lines[at]}, expected ${expected.split('\n')[at]}`];
}

function pretty(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}
