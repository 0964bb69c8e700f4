import { Rule } from './rule';

/** What a trigger is to compare. */
export interface TriggerView {
  /** What it is called where it is given. */
  readonly prop: 'values' | 'paths' | 'constructs';
  readonly count: number;
  readonly missingPaths?: readonly string[];
  readonly workingDirectory?: string;
}

/** What a factory of `BackupTrigger` is given. */
export const TRIGGER_RULES: readonly Rule<TriggerView>[] = [
  {
    id: 'TriggerOfNothing',
    severity: 'error',
    rule: 'A backup that is repeated on changes needs something that can change.',
    remedy: 'Name it, or use BackupTrigger.once() for a backup that never repeats.',
    check: ({ prop, count }) => count > 0 ? [] : [{ prop, value: 'none' }],
  },
  {
    id: 'TriggerFilesExist',
    severity: 'error',
    rule: 'Files and folders are read when the trigger is made.',
    remedy: 'Give paths that exist; relative ones begin at the working directory.',
    check: ({ prop, missingPaths = [], workingDirectory }) => missingPaths.length === 0 ? [] : [{
      prop, value: missingPaths.join(', '), because: `The working directory is ${workingDirectory}.`,
    }],
  },
];

/** A timeout, in seconds; undefined where it is a token. */
export interface WaitView {
  readonly seconds?: number;
  readonly text: string;
}

const MINUTE = 60;
const HOUR = 3600;

/** What `BackupCompletion.waitFor()` is given. */
export const WAIT_RULES: readonly Rule<WaitView>[] = [
  {
    id: 'WaitTimeoutIsKnown',
    severity: 'error',
    rule: 'How long a deployment waits decides how many resources wait, so it has to be known at synthesis.',
    remedy: 'Give a Duration that is no token.',
    check: ({ seconds }) => seconds === undefined ? [{ prop: 'timeout', value: 'a token' }] : [],
  },
  {
    id: 'WaitTimeout',
    severity: 'error',
    rule: 'A deployment waits from 1 minute to 12 hours.',
    remedy: 'Give a timeout in that range. What takes longer is better watched by an alarm than by a deployment: use BackupCompletion.confirmStart().',
    check: ({ seconds, text }) => seconds !== undefined && (seconds < MINUTE || seconds > 12 * HOUR) ? [{ prop: 'timeout', value: text }] : [],
  },
];

/** A construct that is to be backed up. */
export interface SourceConstructView {
  /** CloudFormation type; undefined where the app defines no resource with it. */
  readonly type?: string;
  /** The types whose ARN can be told from the template. */
  readonly known: readonly string[];
}

/** What `BackupSource.fromConstruct()` is given. */
export const SOURCE_CONSTRUCT_RULES: readonly Rule<SourceConstructView>[] = [
  {
    id: 'SourceOfNothing',
    severity: 'error',
    rule: 'What is imported has no CloudFormation resource in this app that an ARN could be taken from.',
    remedy: 'Use the factory for its type, or BackupSource.fromArn().',
    see: 'https://docs.aws.amazon.com/cdk/v2/guide/resources.html',
    check: ({ type }) => type === undefined ? [{ prop: 'construct', value: 'a construct without a CloudFormation resource' }] : [],
  },
  {
    id: 'SourceOfUnknownType',
    severity: 'error',
    rule: 'A source is a resource of a type whose ARN this library can tell.',
    remedy: 'If AWS Backup can back it up all the same, use BackupSource.fromArn() with its ARN and resource type.',
    see: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/whatisbackup.html#supported-resources',
    check: ({ type, known }) => type === undefined || known.includes(type) ? [] : [{
      prop: 'construct', value: type, because: `These are: ${known.join(', ')}.`,
    }],
  },
];

/** An attribute that somebody uses. */
export interface AttributeView {
  readonly name: string;
  readonly completion: string;
}

/** What of a job that has ended is used. */
export const ATTRIBUTE_RULES: readonly Rule<AttributeView>[] = [
  {
    id: 'AttributeOfEndedJob',
    severity: 'error',
    rule: 'It is known only once the job has ended.',
    remedy: 'Set completion to BackupCompletion.waitFor(), or do not use the attribute.',
    check: ({ name, completion }) => completion === 'WAIT_FOR' ? [] : [{ prop: name, value: `completion ${completion}` }],
  },
];
