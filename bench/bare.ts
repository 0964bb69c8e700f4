import { CfnResource, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * A custom resource with the references that every backup has, and nothing else: no function, no permissions, no checks.
 * What it adds to a synthesis is the CDK's own work, which no construct for backups can do without.
 */
export function bareCustomResource(stack: Stack, id: string, source: string, vault: backup.IBackupVault, role: iam.IRole): void {
  new CfnResource(stack, id, {
    type: 'Custom::Backup',
    properties: {
      ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:backup',
      StartBackupJob: { ResourceArn: source, BackupVaultName: vault.backupVaultName, IamRoleArn: role.roleArn, Lifecycle: { DeleteAfterDays: 35 } },
    },
  });
}
