import { Duration, RemovalPolicy, Stack, StackProps, Validations } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Trigger } from 'aws-cdk-lib/triggers';
import {
  BackupCompletion,
  BackupIndex,
  BackupProblemAction,
  BackupSource,
  BackupTimeoutAction,
  BackupTrigger,
  OnDemandBackup,
} from 'cdk-on-demand-backup';
import { Construct } from 'constructs';

/** A shop whose data is backed up by its deployments. */
export class ShopStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const vault = new backup.BackupVault(this, 'Vault', { removalPolicy: RemovalPolicy.RETAIN });
    const role = iam.Role.fromRoleArn(this, 'BackupRole', 'arn:aws:iam::111122223333:role/company-backup');
    const orders = new dynamodb.Table(this, 'Orders', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    });

    new OnDemandBackup(this, 'SimpleBackup', {
      source: BackupSource.fromDynamoDbTable(orders),
      vault,
      role,
      deleteAfter: Duration.days(35),
    });

    const volume = new ec2.CfnVolume(this, 'Volume', { availabilityZone: 'eu-west-1a', size: 100 });
    const news = new sns.Topic(this, 'News');
    const archive = new s3.Bucket(this, 'Archive', { versioned: true });
    const everyProp = new OnDemandBackup(this, 'EveryPropBackup', {
      source: BackupSource.fromEbsVolume(volume),
      vault,
      role,
      trigger: BackupTrigger.once(),
      completion: BackupCompletion.waitFor({
        timeout: Duration.hours(3),
        onTimeout: BackupTimeoutAction.WARN,
        onPartial: BackupProblemAction.WARN,
        onIssues: BackupProblemAction.FAIL,
      }),
      onFailure: BackupProblemAction.WARN,
      startWindow: Duration.minutes(60),
      completionWindow: Duration.minutes(180),
      moveToColdStorageAfter: Duration.days(30),
      deleteAfter: Duration.days(365),
      keepForever: false,
      optInToArchive: true,
      recoveryPointTags: { release: '2.0', team: 'orders' },
      index: BackupIndex.ENABLED,
      idempotencyToken: 'release-2.0',
      finalBackup: true,
      executeBefore: [news],
      executeAfter: [archive],
      jobIdOutput: true,
      jobIdExportName: 'EveryPropBackupJob',
      enabled: true,
    });
    this.exportValue(everyProp.recoveryPointArn, { name: 'EveryPropRecoveryPoint' });

    const ledger = new rds.CfnDBCluster(this, 'Ledger', {
      engine: 'aurora-postgresql',
      masterUsername: 'ledger',
      manageMasterUserPassword: true,
    });
    const migration = new lambda.Function(this, 'Migration', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {};'),
    });
    const trigger = new Trigger(this, 'RunMigration', { handler: migration });
    new OnDemandBackup(this, 'GateBackup', {
      source: BackupSource.fromRdsDatabaseCluster(ledger),
      vault,
      role,
      deleteAfter: Duration.days(35),
      executeBefore: [trigger],
    });

    const customers = new dynamodb.Table(this, 'Customers', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    OnDemandBackup.guard(customers, {
      vault,
      role,
      deleteAfter: Duration.days(90),
      finalBackup: true,
      ignoreProperties: ['BillingMode'],
    });

    const files = new efs.CfnFileSystem(this, 'Files', { encrypted: true });
    new OnDemandBackup(this, 'DefaultsBackup', { source: BackupSource.fromConstruct(files) });

    new OnDemandBackup(this, 'AirGappedBackup', {
      source: BackupSource.fromS3Bucket(archive),
      vault,
      role,
      logicallyAirGappedVault: backup.CfnLogicallyAirGappedBackupVault.fromBackupVaultName(this, 'AirGapped', 'air-gapped'),
      trigger: BackupTrigger.onChangeOf('release 2.0', 'schema 7'),
      backupOptions: { backupAcls: false, backupObjectTags: true },
      deleteAfter: Duration.days(90),
    });

    const forever = new OnDemandBackup(this, 'ForeverBackup', {
      source: BackupSource.fromDynamoDbTable(orders),
      vault,
      role,
      trigger: BackupTrigger.everyDeployment('build 42'),
      completion: BackupCompletion.fireAndForget(),
    });
    Validations.of(forever).acknowledge({
      id: 'cdk-on-demand-backup::RepeatingKeepsForever',
      reason: 'Orders are kept for the tax office, which the finance team cleans up by hand.',
    });
  }
}
