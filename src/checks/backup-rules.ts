import { BackupCompletionKind, BackupTimeoutAction } from '../backup-completion';
import { BackupProblemAction } from '../backup-problem-action';
import { BackupTriggerKind } from '../backup-trigger';
import { BackupView, UsedView } from './app-view';
import { CheckRule, variableOf } from './check-rule';
import { BackupRule } from './checks-props';
import { isKept } from './protections';
import { isAllowedVault, isLockedVault } from './vaults';

/** What has to hold for each backup that is rendered. */
export const BACKUP_RULES: readonly CheckRule<BackupView>[] = [
  {
    id: BackupRule.GATES_WAIT,
    sentence: 'What a backup gates has to wait until the backup is COMPLETED.',
    isOn: ({ gatesWait }) => gatesWait ?? false,
    check: ({ construct: { gatedConstructs, completion, onFailure } }) => {
      const lenient = [
        ...completion.kind === BackupCompletionKind.WAIT_FOR ? [] : [`completion ${completion.kind}`],
        ...onFailure === BackupProblemAction.WARN ? ['onFailure WARN'] : [],
        ...completion.onTimeout === BackupTimeoutAction.WARN ? ['onTimeout WARN'] : [],
        ...completion.onPartial === BackupProblemAction.WARN ? ['onPartial WARN'] : [],
      ];
      return gatedConstructs.length > 0 && lenient.length > 0 ? `a gate with ${lenient.join(' and ')}` : undefined;
    },
    fix: () => 'completion: BackupCompletion.waitFor(), onFailure: BackupProblemAction.FAIL',
  },
  {
    id: BackupRule.RETENTION_SAID,
    sentence: 'A backup has to say how long its recovery points are kept.',
    isOn: ({ retentionSaid }) => retentionSaid ?? false,
    check: ({ retentionDays, construct }) => retentionDays === undefined && !construct.keepForever ? 'neither deleteAfter nor keepForever' : undefined,
    fix: () => 'deleteAfter: Duration.days(35)',
  },
  {
    id: BackupRule.RETENTION_AT_LEAST,
    sentence: 'Recovery points have to be kept long enough.',
    isOn: ({ minRetention }) => minRetention !== undefined,
    check: ({ retentionDays: days }, { minRetention }) => typeof days === 'number' && days < minRetention!.toDays()
      ? `${days} days, expected at least ${minRetention!.toDays()}`
      : undefined,
    fix: (_, { minRetention }) => `deleteAfter: Duration.days(${minRetention!.toDays()})`,
  },
  {
    id: BackupRule.RETENTION_AT_MOST,
    sentence: 'Recovery points must not be kept too long.',
    isOn: ({ maxRetention }) => maxRetention !== undefined,
    check: ({ retentionDays: days }, { maxRetention }) => days !== null && (days === undefined || days > maxRetention!.toDays())
      ? `${days === undefined ? 'for ever' : `${days} days`}, expected at most ${maxRetention!.toDays()} days`
      : undefined,
    fix: (_, { maxRetention }) => `deleteAfter: Duration.days(${maxRetention!.toDays()})`,
  },
  {
    id: BackupRule.VAULT_ALLOWED,
    sentence: 'A backup has to go into a vault that is allowed.',
    isOn: ({ allowedVaults, allowedVaultNames }) => allowedVaults !== undefined || allowedVaultNames !== undefined,
    check: ({ vault }, props) => isAllowedVault(vault, props) ? undefined : `vault ${vault.label}`,
    fix: (_, { allowedVaultNames: [name] = [] }) => `vault: ${name === undefined ? 'allowedVault' : importOf(name)}`,
  },
  {
    id: BackupRule.VAULT_LOCKED,
    sentence: 'A backup has to go into a vault with a vault lock, or into a logically air-gapped one.',
    isOn: ({ lockedVault }) => lockedVault ?? false,
    check: ({ vault, airGapped }, props) => airGapped || isLockedVault(vault, props)
      ? undefined
      : `vault ${vault.label}, which ${vault.body ? 'has no lock' : 'this app does not define: name it in lockedVaultNames if it has a lock'}`,
    fix: ({ vault }, { lockedVaultNames: [name] = [] }) => vault.body || name === undefined
      ? 'new BackupVault(this, \'Vault\', { lockConfiguration: { minRetention: Duration.days(35) } })'
      : `vault: ${importOf(name)}`,
  },
  {
    id: BackupRule.RECOVERY_POINT_TAGS,
    sentence: 'Recovery points have to have the tags that are required.',
    isOn: ({ requiredRecoveryPointTags: keys }) => keys !== undefined && keys.length > 0,
    check: ({ tagKeys }, { requiredRecoveryPointTags: keys }) => {
      const missing = keys!.filter((key) => !tagKeys.includes(key));
      return missing.length > 0 ? `no ${missing.join(', ')}` : undefined;
    },
    fix: ({ tagKeys }, { requiredRecoveryPointTags: keys }) =>
      `recoveryPointTags: { ${keys!.filter((key) => !tagKeys.includes(key)).map((key) => `'${key}': '…'`).join(', ')} }`,
  },
  {
    id: BackupRule.VAULT_AND_ROLE_RETAINED,
    sentence: 'The vault and the role of a backup have to outlive their stack: AWS Backup needs both for as long as there are recovery points.',
    isOn: ({ vaultAndRoleRetained }) => vaultAndRoleRetained ?? false,
    check: (view) => {
      const lost = usedOf(view).filter(({ body }) => body && !isKept(body));
      return lost.length > 0 ? lost.map(({ label, body }) => `${label} with DeletionPolicy ${body!.DeletionPolicy ?? 'missing'}`).join(' and ') : undefined;
    },
    fix: (view) => usedOf(view).filter(({ body }) => body && !isKept(body))
      .map(({ label }) => `${variableOf(label)}.applyRemovalPolicy(RemovalPolicy.RETAIN);`).join(' '),
  },
  {
    id: BackupRule.NOT_EVERY_DEPLOYMENT,
    sentence: 'No backup is taken on every deployment.',
    isOn: ({ notEveryDeployment }) => notEveryDeployment ?? false,
    check: ({ construct: { trigger } }) => trigger.kind === BackupTriggerKind.EVERY_DEPLOYMENT ? `trigger ${trigger.kind}` : undefined,
    fix: () => 'trigger: BackupTrigger.onChangeOf(schemaVersion)',
  },
  {
    id: BackupRule.SKIP_REASON,
    sentence: 'A deployment that skips its backups has to say why, in the form that is wanted.',
    isOn: ({ skipReasonPattern }) => skipReasonPattern !== undefined,
    check: ({ construct: { skipReason } }, { skipReasonPattern }) => skipReason !== undefined && !new RegExp(skipReasonPattern!).test(skipReason)
      ? `the reason "${skipReason}", expected to match ${skipReasonPattern}`
      : undefined,
    fix: (_, { skipReasonPattern }) => `cdk deploy -c cdk-on-demand-backup:skip="<a reason that matches ${skipReasonPattern}>"`,
  },
];

function usedOf({ vault, role }: BackupView): UsedView[] {
  return [vault, role];
}

function importOf(name: string): string {
  return `BackupVault.fromBackupVaultName(this, 'Vault', '${name}')`;
}
