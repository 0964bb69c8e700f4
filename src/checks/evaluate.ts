import * as path from 'path';
import { IConstruct } from 'constructs';
import { AppView } from './app-view';
import { BACKUP_RULES } from './backup-rules';
import { CheckRule } from './check-rule';
import { BackupRule, OnDemandBackupChecksProps } from './checks-props';
import { Finding, Severity } from './finding';
import { RESOURCE_RULES } from './resource-rules';
import { acknowledgementOf, exemptionFor, hasExpired } from './waivers';

/** A construct that a rule is about. */
interface Subject {
  readonly path: string;
  readonly construct: IConstruct;
  /** The resource that stands for it; of resources CDK records where they were created. */
  readonly resource?: IConstruct;
}

/** What the rules find in an app, waived findings included, in a stable order. */
export function evaluate(app: AppView, root: IConstruct, props: OnDemandBackupChecksProps, today: string): Finding[] {
  return [
    ...run(RESOURCE_RULES, app.resources, props, today),
    ...run(BACKUP_RULES, app.backups, props, today),
    ...expired(root, props, today),
  ].sort((a, b) => compare(a.path, b.path) || compare(a.rule, b.rule));
}

/** What a failure to evaluate is reported as: it must not stop anybody else's rules, nor a deployment. */
export function couldNotRun(rule: string, at: string, error: unknown): Finding {
  return {
    rule: BackupRule.COULD_NOT_RUN,
    severity: 'warning',
    path: at,
    constructPath: at,
    sentence: 'Every rule has to be evaluated.',
    seen: `${rule} could not run: ${error instanceof Error ? error.message : String(error)}`,
    fix: '// report this to the maintainers of cdk-on-demand-backup',
  };
}

/** The ids of the rules that are on. */
export function rulesOn(props: OnDemandBackupChecksProps): BackupRule[] {
  const on = [...RESOURCE_RULES, ...BACKUP_RULES].filter(({ isOn }) => isOn(props)).map(({ id }) => id);
  return [...on, BackupRule.EXEMPTION_EXPIRED, BackupRule.COULD_NOT_RUN];
}

function run<T extends Subject>(rules: readonly CheckRule<T>[], subjects: readonly T[], props: OnDemandBackupChecksProps, today: string): Finding[] {
  return rules.filter(({ isOn }) => isOn(props)).flatMap((rule) => subjects.flatMap((subject) => {
    try {
      const seen = rule.check(subject, props);
      return seen === undefined ? [] : [waived(subject, {
        rule: rule.id,
        severity: severityOf(rule.id, props),
        path: subject.path,
        sentence: rule.sentence,
        seen,
        fix: rule.fix(subject, props),
        ...placeOf(subject.resource ?? subject.construct),
      }, props, today)];
    } catch (error) {
      return [couldNotRun(rule.id, subject.path, error)];
    }
  }));
}

/** Only the owner of the checks may waive what is fatal. */
function waived({ construct }: Subject, finding: Finding, { exemptions = [] }: OnDemandBackupChecksProps, today: string): Finding {
  const { rule, path: at, severity } = finding;
  const acknowledgement = severity === 'fatal' ? undefined : acknowledgementOf(rule, at, construct);
  return { ...finding, waiver: acknowledgement ?? exemptionFor(rule, at, exemptions, today) };
}

/** Exemptions for other apps are none of this app's business. */
function expired(root: IConstruct, props: OnDemandBackupChecksProps, today: string): Finding[] {
  const exemptions = (props.exemptions ?? []).filter((each) => hasExpired(each, today) && find(root, each.path));
  return exemptions.map(({ rule, path: at, reason, ticket, expires }) => ({
    rule: BackupRule.EXEMPTION_EXPIRED,
    severity: severityOf(BackupRule.EXEMPTION_EXPIRED, props),
    path: at,
    sentence: 'An exemption holds until the day that it was granted for.',
    seen: `an exemption from ${rule} (${reason}; ${ticket}) that expired on ${expires}`,
    fix: '// settle what it was granted for and remove it, or renew it with its owner',
    ...placeOf(find(root, at)!),
  }));
}

function severityOf(rule: BackupRule, { fatal = [], warnings = [] }: OnDemandBackupChecksProps): Severity {
  return fatal.includes(rule) ? 'fatal' : warnings.includes(rule) ? 'warning' : 'error';
}

function find(root: IConstruct, at: string): IConstruct | undefined {
  return at.split('/').reduce<IConstruct | undefined>((scope, id) => scope?.node.tryFindChild(id), root);
}

const CREATION_STACK = 'aws:cdk:creationStack';
const THIS_LIBRARY = path.join(__dirname, '..');

function placeOf(construct: IConstruct): Pick<Finding, 'constructPath' | 'createdAt'> {
  const trace = construct.node.metadata.find(({ type }) => type === CREATION_STACK)?.data;
  const lines: string[] = Array.isArray(trace) ? trace.map(String) : [];
  return {
    constructPath: construct.node.path,
    createdAt: lines.find((line) => /:\d+:\d+\)?$/.test(line) && !line.includes('node_modules') && !line.includes(THIS_LIBRARY)),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
