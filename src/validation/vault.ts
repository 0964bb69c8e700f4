import { PropsView, VaultView } from './props-view';
import { Finding, Rule } from './rule';
import { quoted } from './text';
import { candidates, isOnly, typeText } from './types';

const GUIDE = 'https://docs.aws.amazon.com/aws-backup/latest/devguide';
const AIR_GAPPED = `${GUIDE}/lag-vault-primary-backup.html`;
const NAME = /^[a-zA-Z0-9\-_]{2,50}$/;
const RESERVED = 'aws/efs/automatic-backup-vault';

/** Whether a vault of this name can exist; shared with the rule about rendered vaults. */
export function isVaultName(name: string): boolean {
  return NAME.test(name);
}

/** Where recovery points go. */
export const VAULT_RULES: readonly Rule<PropsView>[] = [
  {
    id: 'VaultName',
    severity: 'error',
    rule: 'The name of a vault has 2 to 50 letters, digits, hyphens and underscores.',
    remedy: 'Give the name of an existing vault.',
    see: `${GUIDE}/API_StartBackupJob.html`,
    check: vaults((name) => name !== RESERVED && !isVaultName(name)),
  },
  {
    id: 'VaultReserved',
    severity: 'error',
    rule: 'The automatic backup vault of EFS is reserved.',
    remedy: 'Give another vault, or leave vault out.',
    see: `${GUIDE}/create-a-vault.html`,
    check: vaults((name) => name === RESERVED),
  },
  {
    id: 'AirGappedUnsupported',
    severity: 'warning',
    rule: 'A logically air-gapped vault does not take this resource type: the recovery point stays in vault, and the job is COMPLETED with issues.',
    remedy: 'Leave logicallyAirGappedVault out.',
    see: AIR_GAPPED,
    check: (view) => airGapped(view, isOnly(view.source, (row) => row.airGapped === 'no')),
  },
  {
    id: 'AirGappedByCopy',
    severity: 'warning',
    rule: 'This resource type goes into a logically air-gapped vault by way of vault: a temporary recovery point there is billed until it has been copied, '
      + 'and COMPLETED says nothing about the copy, which can still fail.',
    remedy: 'Acknowledge this warning if that is meant, or leave logicallyAirGappedVault out.',
    see: AIR_GAPPED,
    check: (view) => airGapped(view, isOnly(view.source, (row) => row.airGapped === 'copy'), note(view)),
  },
  {
    id: 'AirGappedUncertain',
    severity: 'warning',
    rule: 'Whether this source goes straight into a logically air-gapped vault, by a temporary and billed copy, or not at all cannot be known at synthesis.',
    remedy: 'Check it in your Region, then acknowledge this warning or leave logicallyAirGappedVault out.',
    see: AIR_GAPPED,
    check: (view) => {
      const ways = new Set(candidates(view.source).map((row) => row.airGapped));
      return airGapped(view, ways.size !== 1 || ways.has('depends') || ways.has('unclear'), why(view));
    },
  },
];

function vaults(isWrong: (name: string) => boolean) {
  return ({ vault, logicallyAirGappedVault }: PropsView): Finding[] =>
    Object.entries({ vault, logicallyAirGappedVault }).flatMap(([prop, given]: [string, VaultView | undefined]) =>
      given?.name !== undefined && isWrong(given.name) ? [{ prop, value: quoted(given.name) }] : []);
}

function airGapped({ source, logicallyAirGappedVault: vault }: PropsView, applies: boolean, because?: string): Finding[] {
  return vault && applies ? [{ prop: 'logicallyAirGappedVault', value: `${quoted(vault.name)} for ${typeText(source) || 'this source'}`, because }] : [];
}

/** What else the copy needs. */
function note({ source }: PropsView): string | undefined {
  const notes = new Set(candidates(source).flatMap((row) => row.airGappedNote ?? []));
  return notes.size > 0 ? `The copy is made ${[...notes].join(', ')}.` : undefined;
}

function why({ source }: PropsView): string | undefined {
  return isOnly(source, (row) => row.type === 'DynamoDB') ? 'For DynamoDB it depends on whether the account has advanced features on.' : undefined;
}
