import { guardableTypes } from '../guardable';
import { Rule } from './rule';

const BACKUP = 'https://docs.aws.amazon.com/aws-backup/latest/devguide';

/** What is asked of `OnDemandBackup.guard()`. */
export interface GuardView {
  /** What the construct defines, if this app defines anything with it. */
  readonly resource?: GuardedView;
  readonly beforeChange: boolean;
  readonly finalBackup: boolean;
}

export interface GuardedView {
  readonly path: string;
  readonly type: string;
  /** Why its type cannot be guarded. */
  readonly whyNot?: string;
  /** Path of the guard that it has already. */
  readonly guard?: string;
}

/** What can be guarded, and how. */
export const GUARD_RULES: readonly Rule<GuardView>[] = [
  {
    id: 'GuardOfNothing',
    severity: 'error',
    rule: 'What another stack or nobody defines is not changed by this one.',
    remedy: 'Guard the construct that defines the resource, in its own stack.',
    see: 'https://docs.aws.amazon.com/cdk/v2/guide/resources.html',
    check: ({ resource }) => resource ? [] : [{ prop: 'construct', value: 'a construct without a CloudFormation resource' }],
  },
  {
    id: 'GuardNotPossible',
    severity: 'error',
    rule: 'What is guarded has to be a resource that AWS Backup can back up during a deployment of its stack, with an ARN that follows from its physical id.',
    remedy: `What can be guarded: ${guardableTypes().join(', ')}.`,
    see: `${BACKUP}/whatisbackup.html#supported-resources`,
    check: ({ resource }) => resource?.whyNot
      ? [{ prop: 'construct', value: resource.type, because: `It cannot be guarded: ${resource.whyNot}.` }]
      : [],
  },
  {
    id: 'GuardTwice',
    severity: 'error',
    rule: 'A resource has one guard: a second one would back up the same changes again, and AWS Backup runs one job of a resource at a time.',
    remedy: 'Give the first guard what is needed, and leave the second one out.',
    see: `${BACKUP}/aws-backup-limits.html`,
    check: ({ resource }) => resource?.guard ? [{ prop: 'construct', value: `${resource.path}, which ${resource.guard} guards already` }] : [],
  },
  {
    id: 'GuardOfNoChange',
    severity: 'error',
    rule: 'A guard that backs up neither before changes nor before a deletion would never back up.',
    remedy: 'Set finalBackup to true, leave beforeChange out, or leave the guard out.',
    check: ({ beforeChange, finalBackup }) => beforeChange || finalBackup ? [] : [{ prop: 'beforeChange', value: 'false without finalBackup' }],
  },
];
