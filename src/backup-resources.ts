import { CfnResource } from 'aws-cdk-lib';
import { aws_backup as backup, aws_iam as iam } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';
import { BackupCompletion, BackupCompletionKind } from './backup-completion';
import { BackupProblemAction } from './backup-problem-action';
import { BackupTrigger } from './backup-trigger';
import { OnDemandBackupProps } from './on-demand-backup-props';
import { Provider } from './provider';
import { BACKUP_RESOURCE_TYPE, CommonProperties, EXTENSION, serviceTimeoutFor, WAIT_RESOURCE_TYPE } from './request';
import { backupExtension, logicallyAirGappedVaultArn, startBackupJobParameters, waitExtension, waitShares } from './request-properties';

/** What the construct has settled before its resources are made. */
export interface Settled {
  readonly vault: backup.IBackupVaultRef;
  readonly role: iam.IRoleRef;
  readonly trigger: BackupTrigger;
  readonly completion: BackupCompletion;
  readonly onFailure: BackupProblemAction;
}

/** The resources of one backup: the one that starts it, and one for each further hour that it may take. */
export function createBackupResources(scope: Construct, props: OnDemandBackupProps, settled: Settled): CfnResource[] {
  const { completion, onFailure, trigger, vault } = settled;
  const provider = Provider.of(scope);
  const { roleArn } = settled.role.roleRef;
  const airGapped = props.logicallyAirGappedVault ? [logicallyAirGappedVaultArn(props.logicallyAirGappedVault)] : [];
  const target = { vaultArns: [vault.backupVaultRef.backupVaultArn, ...airGapped], roleArn };
  const waiting = completion.kind === BackupCompletionKind.WAIT_FOR ? provider.waiting() : undefined;
  const permissions = [provider.permissionsFor(target), ...(waiting ? [waiting.permissions] : [])];
  const [ownWait, ...furtherWaits] = waitShares(completion);

  const first = new CfnResource(scope, 'Resource', {
    type: BACKUP_RESOURCE_TYPE,
    properties: {
      ...commonProperties(provider.serviceToken, ownWait),
      ...startBackupJobParameters(props, vault, roleArn, completion),
      [EXTENSION]: backupExtension(trigger, completion, onFailure, waiting?.stateMachineArn),
    },
  });
  const resources = [first];
  furtherWaits.forEach((seconds, i) => {
    resources.push(new CfnResource(scope, `Wait${i + 1}`, {
      type: WAIT_RESOURCE_TYPE,
      properties: {
        ...commonProperties(provider.serviceToken, seconds),
        [EXTENSION]: waitExtension(resources[i].ref, completion, onFailure, waiting!.stateMachineArn, i + 1),
      },
    }));
  });
  resources.forEach((resource) => resource.node.addDependency(...permissions));
  return resources;
}

function commonProperties(serviceToken: string, waitSeconds: number | undefined): CommonProperties {
  return { ServiceToken: serviceToken, ServiceTimeout: serviceTimeoutFor(waitSeconds) };
}
