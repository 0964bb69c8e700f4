import { Token } from 'aws-cdk-lib';
import { backupableTypes } from './backupable';
import { BackupRule, OnDemandBackupChecksProps } from './checks-props';
import { rulesOn } from './evaluate';
import { Rule } from '../validation/rule';

/** What `OnDemandBackupChecks` is given. Checks that check nothing by mistake are worse than none: everything that cannot be meant is an error. */
export const CHECKS_PROPS_RULES: readonly Rule<OnDemandBackupChecksProps>[] = [
  {
    id: 'ChecksRetentionIsKnown',
    severity: 'error',
    rule: 'Retention is compared at synthesis.',
    remedy: 'Give a number of days that is no token.',
    check: ({ minRetention, maxRetention }) => Object.entries({ minRetention, maxRetention })
      .filter(([, value]) => value?.isUnresolved()).map(([prop]) => ({ prop, value: 'a token' })),
  },
  {
    id: 'ChecksRetentionRange',
    severity: 'error',
    rule: 'The least retention that is allowed cannot be more than the most.',
    remedy: 'Lower minRetention or raise maxRetention.',
    check: ({ minRetention, maxRetention }) => {
      const [least, most] = [minRetention, maxRetention].map((value) => value?.isUnresolved() ? undefined : value?.toDays());
      return least !== undefined && most !== undefined && least > most
        ? [{ prop: 'minRetention', value: `${least} days, which is more than maxRetention, ${most} days` }]
        : [];
    },
  },
  {
    id: 'ChecksKnownTypes',
    severity: 'error',
    rule: 'Only what AWS Backup can back up can be protected by a backup.',
    remedy: 'Leave the type out, or name one that AWS Backup can back up.',
    see: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/whatisbackup.html#supported-resources',
    check: ({ protectedResources }) => {
      const known = backupableTypes();
      return (protectedResources?.types ?? []).filter((type) => !Token.isUnresolved(type) && !known.includes(type)).map((type) => ({
        prop: 'protectedResources.types', value: `${type}, which AWS Backup cannot back up`, because: `These are: ${known.join(', ')}.`,
      }));
    },
  },
  {
    id: 'ChecksSeverityOfRule',
    severity: 'error',
    rule: 'A severity is that of a rule which is on.',
    remedy: 'Set the prop of the rule too, or leave its severity out.',
    check: (props) => {
      const on = rulesOn(props);
      const { fatal = [], warnings = [] } = props;
      return [...fatal, ...warnings].filter((rule) => !on.includes(rule)).map((rule) => ({ prop: 'fatal or warnings', value: `${rule}, which is not on` }));
    },
  },
  {
    id: 'ChecksOneSeverity',
    severity: 'error',
    rule: 'A rule has one severity.',
    remedy: 'Name it in fatal or in warnings.',
    check: ({ fatal = [], warnings = [] }) => fatal.filter((rule) => warnings.includes(rule))
      .map((rule) => ({ prop: 'fatal and warnings', value: `${rule} in both` })),
  },
  {
    id: 'ChecksNeverBlock',
    severity: 'error',
    rule: 'That the checks could not run blocks nobody.',
    remedy: `Leave ${BackupRule.COULD_NOT_RUN} out of fatal.`,
    check: ({ fatal = [] }) => fatal.includes(BackupRule.COULD_NOT_RUN) ? [{ prop: 'fatal', value: BackupRule.COULD_NOT_RUN }] : [],
  },
  {
    id: 'ChecksExemptionIsComplete',
    severity: 'error',
    rule: 'An exemption says for what it is, why, and where that was decided.',
    remedy: 'Give path, reason and ticket.',
    check: ({ exemptions = [] }) => exemptions.flatMap(({ rule, path, reason, ticket }) => Object.entries({ path, reason, ticket })
      .filter(([, value]) => value.trim() === '')
      .map(([name]) => ({ prop: 'exemptions', value: `one from ${rule} for '${path}' with an empty ${name}` }))),
  },
  {
    id: 'ChecksExemptionExpires',
    severity: 'error',
    rule: 'An exemption ends on a day, written as YYYY-MM-DD.',
    remedy: 'Give such a day.',
    check: ({ exemptions = [] }) => exemptions.filter(({ expires }) => !isDay(expires))
      .map(({ rule, path, expires }) => ({ prop: 'exemptions', value: `one from ${rule} for '${path}' that expires '${expires}'` })),
  },
  {
    id: 'ChecksPattern',
    severity: 'error',
    rule: 'The pattern is a regular expression of JavaScript.',
    remedy: 'Write one that can be compiled.',
    check: ({ skipReasonPattern = '' }) => {
      try {
        new RegExp(skipReasonPattern);
        return [];
      } catch (error) {
        return [{ prop: 'skipReasonPattern', value: `'${skipReasonPattern}'`, because: `${(error as Error).message}.` }];
      }
    },
  },
];

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}
