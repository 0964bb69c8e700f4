import { RenderedResource, RenderedView, UsedResource } from './rendered-view';
import { Finding, Rule } from './rule';
import { keepsResource } from '../deletion-policy';

const GUIDE = 'https://docs.aws.amazon.com/aws-backup/latest/devguide';
const DELETION_POLICY = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html';

/** What has to outlive the stack, and what must not; looked at after Aspects and `RemovalPolicies`. */
export const RETAINED_RULES: readonly Rule<RenderedView>[] = [
  {
    id: 'DefaultVaultDeleted',
    severity: 'error',
    rule: 'The default vault has to outlive the stack: it holds recovery points, and a vault that does cannot be deleted.',
    remedy: 'Keep it out of RemovalPolicies and Aspects that change its removal policy, or give a vault of your own.',
    see: `${GUIDE}/API_DeleteBackupVault.html`,
    check: ({ vault }) => vault.own ? notKept('vault', vault) : [],
  },
  {
    id: 'DefaultRoleDeleted',
    severity: 'error',
    rule: 'The default role has to outlive the stack: AWS Backup deletes expired recovery points with it, and without it they stay and are billed.',
    remedy: 'Keep it out of RemovalPolicies and Aspects that change its removal policy, or give a role of your own.',
    see: `${GUIDE}/API_DeleteRecoveryPoint.html`,
    check: ({ role }) => role.own ? notKept('role', role) : [],
  },
  {
    id: 'VaultDeleted',
    severity: 'warning',
    rule: 'The vault goes with the stack, but a vault that holds recovery points cannot be deleted: the deletion of the stack will fail.',
    remedy: 'Set its removal policy to RETAIN, or define it in another stack.',
    see: `${GUIDE}/API_DeleteBackupVault.html`,
    check: (view) => view.deleteAfter && !view.vault.own ? notKept('vault', view.vault) : [],
  },
  {
    id: 'RoleDeleted',
    severity: 'warning',
    rule: 'The role goes with the stack, but AWS Backup deletes expired recovery points with it: without it they stay, and are billed, beyond deleteAfter.',
    remedy: 'Set its removal policy to RETAIN, keep its permissions in the role itself, or define it in another stack.',
    see: `${GUIDE}/API_DeleteRecoveryPoint.html`,
    check: (view) => view.deleteAfter && !view.role.own ? notKept('role', view.role) : [],
  },
  {
    id: 'BackupRetained',
    severity: 'warning',
    rule: 'With this DeletionPolicy CloudFormation never tells the function that the backup was removed from the stack.',
    remedy: 'Keep the backup out of RemovalPolicies and Aspects that retain everything; recovery points are kept in any case.',
    see: DELETION_POLICY,
    check: ({ backups }) => backups
      .filter(({ deletionPolicy }) => keepsResource(deletionPolicy))
      .map(({ path, deletionPolicy }) => ({ prop: path, value: `DeletionPolicy ${deletionPolicy}` })),
  },
];

function notKept(prop: string, { resource }: UsedResource): Finding[] {
  const policies = resource?.sameStack ? losingPolicies(resource) : [];
  return policies.length > 0 ? [{ prop, value: `${resource!.path} with ${policies.join(' and ')}` }] : [];
}

function losingPolicies({ deletionPolicy, updateReplacePolicy }: RenderedResource): string[] {
  return Object.entries({ DeletionPolicy: deletionPolicy, UpdateReplacePolicy: updateReplacePolicy })
    .filter(([, policy]) => !keepsResource(policy))
    .map(([name, policy]) => `${name} ${policy ?? 'missing (which is Delete)'}`);
}
