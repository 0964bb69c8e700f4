import { keepsResource } from '../deletion-policy';
import { FinalSource } from '../final-entries';
import { Rule } from './rule';

const CFN = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';

/** A final backup that is asked for. */
export interface FinalView {
  /** Path of the source, if the app defines it. */
  readonly source?: string;
  readonly sameStack: boolean;
  /** Path of the backup that makes a final backup of the source already. */
  readonly other?: string;
}

/** The source of a final backup, as the template is going to hold it. */
export interface FinalSourceView extends Pick<FinalSource, 'retained' | 'protectedFromDeletion'> {
  readonly path: string;
}

/** A resource that makes final backups, as the template is going to hold it. */
export interface FinalPartView {
  readonly path: string;
  readonly deletionPolicy?: string;
}

/** Of what there can be a final backup. */
export const FINAL_RULES: readonly Rule<FinalView>[] = [
  {
    id: 'FinalBackupElsewhere',
    severity: 'error',
    rule: 'Only the stack that defines a resource hears of its deletion in time.',
    remedy: 'Use OnDemandBackup.guard() on the construct that defines the source, which creates the backup in its stack.',
    see: `${CFN}/crpg-ref-requesttypes-delete.html`,
    check: ({ source, sameStack }) => sameStack ? [] : [{
      prop: 'finalBackup',
      value: source === undefined ? 'true for a source that the app does not define' : `true for ${source}, which is in another stack`,
    }],
  },
  {
    id: 'FinalBackupTwice',
    severity: 'error',
    rule: 'A resource has one final backup: AWS Backup runs one job of a resource at a time.',
    remedy: 'Set finalBackup on one of them.',
    see: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html',
    check: ({ source, sameStack, other }) => sameStack && other !== undefined
      ? [{ prop: 'finalBackup', value: `true for ${source}, of which ${other} makes a final backup already` }]
      : [],
  },
];

/** What is odd about the source of a final backup; looked at after Aspects and overrides. */
export const FINAL_SOURCE_RULES: readonly Rule<FinalSourceView>[] = [
  {
    id: 'FinalBackupOfRetained',
    severity: 'warning',
    rule: 'CloudFormation does not delete a resource that is retained, so there will be no final backup.',
    remedy: 'Leave finalBackup out, or set the removal policy to DESTROY.',
    see: `${CFN}/aws-attribute-deletionpolicy.html`,
    check: ({ path, retained }) => retained
      ? [{ prop: 'finalBackup', value: `${path} with a DeletionPolicy and an UpdateReplacePolicy that retain it` }]
      : [],
  },
  {
    id: 'FinalBackupOfProtected',
    severity: 'warning',
    rule: 'The final backup is made first, then the deletion fails. When it is tried again, however much later, '
      + 'CloudFormation does not ask for another backup.',
    remedy: 'Before a deletion that is meant, deploy once with the protection off; if this is understood, acknowledge this warning.',
    see: `${CFN}/deletion-protection.html`,
    check: ({ path, retained, protectedFromDeletion }) => protectedFromDeletion && !retained
      ? [{ prop: 'finalBackup', value: `${path} with deletion protection` }]
      : [],
  },
];

/** What lets final backups hear of the deletion of their stack; looked at after Aspects and overrides. */
export const FINAL_PART_RULES: readonly Rule<FinalPartView>[] = [
  {
    id: 'FinalBackupUnheard',
    severity: 'error',
    rule: 'CloudFormation does not tell a resource that is retained of its deletion, so the stack would be deleted without the final backups.',
    remedy: 'Keep it out of RemovalPolicies, Aspects and overrides that retain everything.',
    see: `${CFN}/aws-attribute-deletionpolicy.html`,
    check: ({ path, deletionPolicy }) => keepsResource(deletionPolicy)
      ? [{ prop: 'finalBackup', value: `${path} with DeletionPolicy ${deletionPolicy}` }]
      : [],
  },
];
