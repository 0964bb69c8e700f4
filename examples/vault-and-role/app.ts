import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { BackupSource, OnDemandBackup } from 'cdk-on-demand-backup';

export const app = new App();
export const stack = new Stack(app, 'VaultAndRole');

const orders = new dynamodb.Table(stack, 'Orders', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
});

// Without changeableFor the lock is in governance mode: who may, can take it off.
const vault = new backup.BackupVault(stack, 'Vault', {
  encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
  lockConfiguration: { minRetention: Duration.days(7), maxRetention: Duration.days(90) },
  removalPolicy: RemovalPolicy.RETAIN,
});

// AWS Backup expires recovery points with the role that made them, so it has to stay as long as they do.
const role = new iam.Role(stack, 'BackupRole', {
  assumedBy: new iam.ServicePrincipal('backup.amazonaws.com'),
  managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSBackupServiceRolePolicyForBackup')],
});
role.applyRemovalPolicy(RemovalPolicy.RETAIN);

new OnDemandBackup(stack, 'Backup', {
  source: BackupSource.fromDynamoDbTable(orders),
  vault,
  role,
  deleteAfter: Duration.days(35),
});
