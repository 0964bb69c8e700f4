import { CfnResource, Token } from 'aws-cdk-lib';
import { CfnBackupVault } from 'aws-cdk-lib/aws-backup';
import { aws_backup as backup } from 'aws-cdk-lib/interfaces';
import { referenceOf } from '../arn';
import { UsedView } from './app-view';
import { OnDemandBackupChecksProps } from './checks-props';

/** Whether a vault is one of those that are allowed: the same construct, or the same name. */
export function isAllowedVault(vault: UsedView, { allowedVaults = [], allowedVaultNames = [] }: OnDemandBackupChecksProps): boolean {
  const names = [...allowedVaultNames, ...allowedVaults.flatMap((each) => namesOf(each.backupVaultRef.backupVaultName, constructOf(each)))];
  return namesOf(vault.name, vault.construct).some((name) => names.includes(name))
    || vault.construct !== undefined && allowedVaults.some((each) => constructOf(each) === vault.construct);
}

/** Whether a vault is known to have a lock. */
export function isLockedVault(vault: UsedView, { lockedVaultNames = [] }: OnDemandBackupChecksProps): boolean {
  return vault.body?.Properties?.LockConfiguration !== undefined
    || namesOf(vault.name, vault.construct).some((name) => lockedVaultNames.includes(name));
}

function constructOf(vault: backup.IBackupVaultRef): CfnResource | undefined {
  return referenceOf(vault.backupVaultRef.backupVaultName)?.target;
}

/** The name in the reference, and the one in the template. */
function namesOf(reference: string | undefined, construct: CfnResource | undefined): string[] {
  const rendered = (construct as Partial<CfnBackupVault> | undefined)?.backupVaultName;
  return [reference, rendered].filter((name): name is string => name !== undefined && !Token.isUnresolved(name));
}
