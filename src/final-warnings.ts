import { keepsResource } from './deletion-policy';
import { FinalSource } from './final-entries';
import { Problem, Warning } from './validation/problem';
import { WARNING_PREFIX } from './validation/rule';

const CFN = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide';

/** What is odd about a final backup, looked at when Aspects and overrides are done. */
export function finalWarnings(path: string, { retained, protectedFromDeletion }: FinalSource): Warning[] {
  return [
    ...retained ? [{
      id: `${WARNING_PREFIX}::FinalBackupOfRetained`,
      prop: 'finalBackup',
      value: `${path} with a DeletionPolicy and an UpdateReplacePolicy that retain it`,
      rule: 'CloudFormation does not delete a resource that is retained, so there will be no final backup.',
      remedy: 'Leave finalBackup out, or set the removal policy to DESTROY.',
      see: `${CFN}/aws-attribute-deletionpolicy.html`,
    }] : [],
    ...protectedFromDeletion && !retained ? [{
      id: `${WARNING_PREFIX}::FinalBackupOfProtected`,
      prop: 'finalBackup',
      value: `${path} with deletion protection`,
      rule: 'The final backup is made first, then the deletion fails. When it is tried again, however much later, '
        + 'CloudFormation does not ask for another backup.',
      remedy: 'Before a deletion that is meant, deploy once with the protection off; if this is understood, acknowledge this warning.',
      see: `${CFN}/deletion-protection.html`,
    }] : [],
  ];
}

/** Why the resource that makes final backups would not hear of the deletion of its stack. */
export function retainedProblems(path: string, deletionPolicy: string | undefined): Problem[] {
  return keepsResource(deletionPolicy) ? [{
    prop: 'finalBackup',
    value: `${path} with DeletionPolicy ${deletionPolicy}`,
    rule: 'CloudFormation does not tell a resource that is retained of its deletion, so the stack would be deleted without the final backups.',
    remedy: 'Keep it out of RemovalPolicies, Aspects and overrides that retain everything.',
    see: `${CFN}/aws-attribute-deletionpolicy.html`,
  }] : [];
}
