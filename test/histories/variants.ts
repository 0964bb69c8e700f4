import { CfnParameter, CustomResource, Duration, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import { ACCOUNT, synthesizedOnce } from './synthesized';
import { BackupCompletion, BackupProblemAction, BackupSource, BackupTimeoutAction, BackupTrigger, OnDemandBackup } from '../../src';

/** What the code of a deployment says; everything else is a parameter of the stack. */
export interface Variant {
  readonly completion: 'FIRE_AND_FORGET' | 'CONFIRM_START' | 'WAIT_FOR';
  readonly timeoutMinutes: number;
  readonly onFailure: 'FAIL' | 'WARN';
  readonly onTimeout: 'FAIL' | 'STOP_JOB_AND_FAIL' | 'WARN';
  readonly onPartial: 'FAIL' | 'WARN';
  readonly onIssues: 'FAIL' | 'WARN';
  readonly airGapped: boolean;
}

export const AIR_GAPPED_VAULT = `arn:aws:backup:eu-west-1:${ACCOUNT}:backup-vault:air-gapped`;
export const VAULTS = ['vault-a', 'vault-b'] as const;
/** EC2 instances: jobs can be stopped, and an air-gapped vault is filled by a copy. */
export const sourceArn = (name: string): string => `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/${name}`;
export const SOURCES = ['i-orders', 'i-invoices'] as const;

/** The template of a variant. */
export const synthesized = synthesizedOnce(build);

/** A backup, a migration that is deployed after it, and a neighbour that has nothing to do with either. */
function build(stack: Stack, variant: Variant): void {
  const parameter = (id: string) => new CfnParameter(stack, id).valueAsString;
  const release = parameter('Release');
  const job = new OnDemandBackup(stack, 'Backup', {
    source: BackupSource.fromArn(sourceArn(parameter('Source'))),
    vault: backup.BackupVault.fromBackupVaultName(stack, 'BackupVault', parameter('Vault')),
    logicallyAirGappedVault: variant.airGapped
      ? backup.CfnLogicallyAirGappedBackupVault.fromBackupVaultName(stack, 'AirGapped', 'air-gapped')
      : undefined,
    trigger: BackupTrigger.onChangeOf(release),
    recoveryPointTags: { note: parameter('Tag') },
    deleteAfter: Duration.days(35),
    completion: completionOf(variant),
    onFailure: variant.onFailure as BackupProblemAction,
  });
  const foreign = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:foreign`;
  const migration = new CustomResource(stack, 'Migration', { serviceToken: foreign, resourceType: 'Custom::Migration', properties: { Release: release } });
  migration.node.addDependency(job);
  new CustomResource(stack, 'Neighbour', { serviceToken: foreign, resourceType: 'Custom::Neighbour', properties: { Deployment: parameter('Deployment') } });
}

function completionOf(variant: Variant): BackupCompletion {
  switch (variant.completion) {
    case 'FIRE_AND_FORGET': return BackupCompletion.fireAndForget();
    case 'CONFIRM_START': return BackupCompletion.confirmStart();
    case 'WAIT_FOR': return BackupCompletion.waitFor({
      timeout: Duration.minutes(variant.timeoutMinutes),
      onTimeout: variant.onTimeout as BackupTimeoutAction,
      onPartial: variant.onPartial as BackupProblemAction,
      onIssues: variant.onIssues as BackupProblemAction,
    });
  }
}
