import { RenderedResource, RenderedView, UsedResource, literal, scalar } from './rendered-view';
import { Finding, Rule } from './rule';
import { amount, quoted } from './text';
import { isOnly } from './types';
import { isVaultName } from './vault';

const GUIDE = 'https://docs.aws.amazon.com/aws-backup/latest/devguide';
const DAY = 86_400;
const PRINCIPAL = 'backup.amazonaws.com';

/** What the vaults and the role have to be, where this app defines them. */
export const RENDERED_TARGET_RULES: readonly Rule<RenderedView>[] = [
  {
    id: 'RenderedVaultName',
    severity: 'error',
    rule: 'The name of a vault has 2 to 50 letters, digits, hyphens and underscores.',
    remedy: 'Correct BackupVaultName.',
    see: `${GUIDE}/API_StartBackupJob.html`,
    check: ({ vault, airGappedVault }) => Object.entries({ vault, logicallyAirGappedVault: airGappedVault }).flatMap(([prop, used]) => {
      const name = scalar(used?.resource?.properties.BackupVaultName);
      return name !== undefined && !isVaultName(name) ? [{ prop, value: `${used!.resource!.path} with the name ${quoted(name)}` }] : [];
    }),
  },
  {
    id: 'VaultLock',
    severity: 'error',
    rule: 'A job whose retention is outside the bounds of the locked vault FAILS.',
    remedy: 'Set deleteAfter within the bounds, or use another vault.',
    see: `${GUIDE}/vault-lock.html`,
    check: (view) => staysInVault(view) ? outside(view, view.vault, (properties) => literal(properties.LockConfiguration).value ?? {}) : [],
  },
  {
    id: 'AirGappedRetention',
    severity: 'error',
    rule: 'A job whose retention is outside the bounds of the logically air-gapped vault, which is always locked, FAILS.',
    remedy: 'Set deleteAfter within the bounds, or use another vault.',
    see: `${GUIDE}/logicallyairgappedvault.html`,
    check: (view) => isOnly(view.source, (row) => row.airGapped === 'no') ? [] : outside(view, view.airGappedVault, (properties) => properties),
  },
  {
    id: 'RoleTrust',
    severity: 'error',
    rule: `AWS Backup (${PRINCIPAL}) has to be allowed to assume the role; otherwise the job FAILS.`,
    remedy: `Create the role with assumedBy: new ServicePrincipal('${PRINCIPAL}').`,
    see: `${GUIDE}/iam-service-roles.html`,
    check: ({ role: { resource } }) => resource?.type === 'AWS::IAM::Role' && !canBeAssumed(resource.properties.AssumeRolePolicyDocument)
      ? [{ prop: 'role', value: `${resource.path}, which only others can assume` }]
      : [],
  },
];

/** With an air-gapped vault that takes the type directly, the ordinary vault stays empty. */
function staysInVault({ airGappedVault, source }: RenderedView): boolean {
  return !airGappedVault || !isOnly(source, (row) => row.airGapped === 'direct');
}

function outside(view: RenderedView, used: UsedResource | undefined, boundsOf: (properties: RenderedResource['properties']) => any): Finding[] {
  const bounds = boundsOf(used?.resource?.properties ?? {});
  const [min, max] = [days(bounds.MinRetentionDays), days(bounds.MaxRetentionDays)];
  const given = view.deleteAfter;
  const kept = given ? given.value : Infinity;
  if (kept === undefined || kept >= (min ?? 0) * DAY && kept <= (max ?? Infinity) * DAY) {
    return [];
  }
  const value = given ? amount(kept) : 'nothing, which keeps recovery points for ever,';
  return [{ prop: 'deleteAfter', value: `${value} in ${used!.resource!.path}, which keeps them ${min ?? 1} to ${max ?? 'any number of'} days` }];
}

function days(value: any): number | undefined {
  const text = scalar(value);
  return text === undefined ? undefined : Number(text);
}

/** Whether a trust policy can let AWS Backup in; what is not literal may. */
function canBeAssumed(document: any): boolean {
  return parts(literal(document).value?.Statement).some((statement) => {
    const { known, value } = literal(statement);
    return !known || isAllow(value) && matches(value.Action, /^(\*|sts:(\*|AssumeRole))$/i) && isBackup(value.Principal);
  }) || !literal(document).known;
}

function isAllow(statement: any): boolean {
  return scalar(statement?.Effect) === 'Allow' || !literal(statement?.Effect).known;
}

function isBackup(principal: any): boolean {
  const { known, value } = literal(principal);
  return !known || value === '*' || matches(value?.Service, /^(\*|backup\.amazonaws\.com)$/);
}

function matches(value: any, pattern: RegExp): boolean {
  return parts(value).some((each) => !literal(each).known || pattern.test(String(each)));
}

function parts(value: any): any[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
