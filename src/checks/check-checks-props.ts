import { Token } from 'aws-cdk-lib';
import { backupableTypes } from './backupable';
import { BackupRule, BackupRuleExemption, OnDemandBackupChecksProps } from './checks-props';
import { rulesOn } from './evaluate';

/** Checks that check nothing by mistake are worse than none: everything that cannot be meant is an error. */
export function checksProblems(props: OnDemandBackupChecksProps): string[] {
  return [
    ...durationProblems(props),
    ...typeProblems(props.protectedResources?.types ?? []),
    ...severityProblems(props),
    ...(props.exemptions ?? []).flatMap(exemptionProblems),
    ...patternProblems(props.skipReasonPattern),
  ];
}

function durationProblems({ minRetention, maxRetention }: OnDemandBackupChecksProps): string[] {
  const durations = Object.entries({ minRetention, maxRetention });
  const tokens = durations.filter(([, value]) => value?.isUnresolved()).map(([name]) => `${name}: got a token, expected a number of days`);
  return tokens.length === 0 && minRetention && maxRetention && minRetention.toDays() > maxRetention.toDays()
    ? [`minRetention: got ${minRetention.toDays()} days, which is more than maxRetention, ${maxRetention.toDays()} days`]
    : tokens;
}

function typeProblems(types: readonly string[]): string[] {
  const known = backupableTypes();
  const unknown = types.filter((type) => !Token.isUnresolved(type) && !known.includes(type));
  return unknown.map((type) => `protectedResources.types: got ${type}, which AWS Backup cannot back up, expected some of ${known.join(', ')}`);
}

function severityProblems(props: OnDemandBackupChecksProps): string[] {
  const { fatal = [], warnings = [] } = props;
  const on = rulesOn(props);
  return [
    ...[...fatal, ...warnings].filter((rule) => !on.includes(rule)).map((rule) => `fatal or warnings: got ${rule}, which is not on; set its prop too`),
    ...fatal.filter((rule) => warnings.includes(rule)).map((rule) => `fatal and warnings: got ${rule} in both`),
    ...fatal.includes(BackupRule.COULD_NOT_RUN) ? [`fatal: got ${BackupRule.COULD_NOT_RUN}, which never blocks anybody`] : [],
  ];
}

function exemptionProblems({ rule, path, reason, ticket, expires }: BackupRuleExemption): string[] {
  const missing = Object.entries({ path, reason, ticket }).filter(([, value]) => value.trim() === '').map(([name]) => name);
  const day = new Date(`${expires}T00:00:00Z`);
  return [
    ...missing.map((name) => `exemptions: got one from ${rule} for '${path}' with an empty ${name}`),
    ...Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== expires
      ? [`exemptions: got one from ${rule} for '${path}' that expires '${expires}', expected a day as YYYY-MM-DD`]
      : [],
  ];
}

function patternProblems(pattern: string | undefined): string[] {
  try {
    new RegExp(pattern ?? '');
    return [];
  } catch (error) {
    return [`skipReasonPattern: got '${pattern}': ${(error as Error).message}`];
  }
}
