import { PlaceView, PropsView } from './props-view';
import { Finding, Rule } from './rule';

const GUIDE = 'https://docs.aws.amazon.com/aws-backup/latest/devguide';

/** What has to be in one place; each side counts where it is known. */
export const PLACE_RULES: readonly Rule<PropsView>[] = [
  {
    id: 'SourceElsewhere',
    severity: 'error',
    rule: 'AWS Backup backs up resources of the account and Region in which the job starts.',
    remedy: 'Create the backup in a stack in the account and Region of the source.',
    see: `${GUIDE}/whatisbackup.html`,
    check: ({ source, place }) => elsewhere('source', source?.place, place),
  },
  {
    id: 'VaultElsewhere',
    severity: 'error',
    rule: 'A job writes to a vault in its own account and Region.',
    remedy: 'Give a vault there; a copy to another place is what a backup plan or a copy job makes.',
    see: `${GUIDE}/vaults.html`,
    check: ({ vault, place }) => elsewhere('vault', vault?.place, place),
  },
  {
    id: 'AirGappedVaultElsewhere',
    severity: 'error',
    rule: 'A logically air-gapped vault that a job writes to is in its own account and Region.',
    remedy: 'Give a logically air-gapped vault there, or leave the prop out.',
    see: `${GUIDE}/lag-vault-primary-backup.html`,
    check: ({ logicallyAirGappedVault: vault, place }) => elsewhere('logicallyAirGappedVault', vault?.place, place),
  },
  {
    id: 'RoleElsewhere',
    severity: 'error',
    rule: 'A role can only be passed to AWS Backup in its own account.',
    remedy: 'Give a role of the account of the stack.',
    see: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
    check: ({ role, place }) => elsewhere('role', { account: role?.arn.account }, place),
  },
];

function elsewhere(prop: string, seen: PlaceView | undefined, own: PlaceView): Finding[] {
  return (['account', 'region'] as const)
    .filter((part) => seen?.[part] && own[part] && seen[part] !== own[part])
    .map((part) => ({ prop, value: `${part} ${seen![part]} in a stack in ${own[part]}` }));
}
