import * as fs from 'fs';
import { join } from 'path';
import { App, Validations } from 'aws-cdk-lib';
import * as nag from 'cdk-nag';
import { IConstruct } from 'constructs';
import { APPS, appWith, isOurs } from './apps';

const PACKS = [
  nag.AwsSolutionsChecks, nag.HIPAASecurityChecks, nag.NIST80053R4Checks, nag.NIST80053R5Checks, nag.PCIDSS321Checks, nag.ServerlessChecks,
];

/** Findings left to users, and the setting that answers each: whether a function needs it is the decision of an organisation. */
const SETTINGS: { readonly [finding: string]: string } = {
  CloudWatchLogGroupEncrypted: 'logGroup',
  LambdaConcurrency: 'reservedConcurrentExecutions',
  LambdaDLQ: 'deadLetterQueue',
  LambdaInsideVPC: 'vpc',
  LambdaTracing: 'tracing',
};

interface Finding {
  readonly id: string;
  readonly path: string;
}

/** What the packs find in resources that the library made. */
function findingsIn(app: App): Finding[] {
  app.synth();
  return PACKS.flatMap((Pack) => new Pack(app).validateScope(app).violations)
    .flatMap(({ ruleName, violatingResources }) => violatingResources.map(({ constructPath }) => ({ id: ruleName, path: constructPath! })))
    .filter(({ path }) => isOurs(app.node.findAll().find((construct) => construct.node.path === path)!));
}

/** The same as if the library had acknowledged nothing. */
function findingsBefore(app: App): Finding[] {
  const spy = jest.spyOn(nag.NagPack.prototype as unknown as { isAcknowledged(): boolean }, 'isAcknowledged').mockReturnValue(false);
  try {
    return findingsIn(app);
  } finally {
    spy.mockRestore();
  }
}

function acknowledged(constructs: IConstruct[]): Finding[] {
  return constructs.flatMap(({ node }) => node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.keys(data as object).map((id) => ({ id, path: node.path }))));
}

const isAt = (path: string, scope: string) => path === scope || path.startsWith(`${scope}/`);

describe.each(Object.keys(APPS))('the app %s', (name) => {
  test('has no finding in six packs of cdk-nag that a setting does not answer', () => {
    const unanswered = findingsIn(appWith(name, false)).filter(({ id }) => SETTINGS[id.split('-').pop()!] === undefined);
    expect(unanswered).toEqual([]);
  });

  test('has no finding at all once an organisation has said what it wants', () => {
    expect(findingsIn(appWith(name, true))).toEqual([]);
  });
});

test('each setting answers a finding', () => {
  const found = new Set(Object.keys(APPS).flatMap((name) => findingsIn(appWith(name, false))).map(({ id }) => id.split('-').pop()!));
  expect([...found].sort()).toEqual(Object.keys(SETTINGS));
});

const VARIANTS = Object.keys(APPS).flatMap((name) => [[name, false], [name, true]] as const);

test('the page about policy checks names each acknowledgement and each setting', () => {
  const page = fs.readFileSync(join(__dirname, '..', '..', 'docs', 'policy-checks.md'), 'utf8');
  const ids = VARIANTS.flatMap(([name, configured]) => acknowledged(appWith(name, configured).node.findAll().filter(isOurs))).map(({ id }) => id);
  const rules = new Set(ids.map((id) => id.replace(/\[.*/, '').replace(/^(HIPAA\.Security|NIST\.800\.53\.R[45]|PCI\.DSS\.321)-/, '')));
  expect(rules.size).toBeGreaterThan(3);
  expect([...rules, ...Object.values(SETTINGS).map((setting) => `\`${setting}\``)].filter((name) => !page.includes(name))).toEqual([]);
});

test.each(VARIANTS)('every acknowledgement in %s (configured: %s) is of a finding', (name, configured) => {
  const app = appWith(name, configured);
  const findings = findingsBefore(app);
  const stale = acknowledged(app.node.findAll().filter(isOurs))
    .filter((each) => !findings.some(({ id, path }) => id === each.id && isAt(path, each.path)));
  expect(stale).toEqual([]);
});

test('an acknowledgement of ours says nothing about resources of others', () => {
  const app = appWith('full', false);
  // CDK acknowledges findings of its own validation.
  const theirs = acknowledged(app.node.findAll().filter((construct) => !isOurs(construct)))
    .filter(({ id }) => !id.startsWith('CloudFormation-Validate'));
  expect(theirs).toEqual([]);
});
