import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BackupSource, OnDemandBackup, OnDemandBackupProps } from '../../src';

const FOR_NOBODY = new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['kms:*'], resources: ['*'], principals: [new iam.ServicePrincipal('s3.amazonaws.com')] })] });
const table = (stack: Stack, encryptionKey: kms.IKey) => new dynamodb.Table(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, encryptionKey });
const bucket = (stack: Stack, encryptionKey?: kms.IKey) => new s3.Bucket(stack, 'Bucket', { versioned: true, encryption: s3.BucketEncryption.KMS, encryptionKey });
const imported = (stack: Stack) => kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1');

test.each<[string, (stack: Stack, keys: Stack) => Partial<OnDemandBackupProps> & { source: BackupSource }, string[]]>([
  ['a table with a key of CDK', (stack) => ({ source: BackupSource.fromDynamoDbTable(table(stack, new kms.Key(stack, 'Key'))) }), []],
  ['a table with a closed key', (stack) => ({ source: BackupSource.fromDynamoDbTable(table(stack, new kms.Key(stack, 'Key', { policy: FOR_NOBODY }))) }), ['KeyPolicy']],
  ['a table with a closed key of another stack', (stack, keys) => ({ source: BackupSource.fromDynamoDbTable(table(stack, new kms.Key(keys, 'Key', { policy: FOR_NOBODY }))) }), ['KeyPolicy']],
  ['a table with an imported key', (stack) => ({ source: BackupSource.fromDynamoDbTable(table(stack, imported(stack))) }), []],
  ['a bucket with an imported key', (stack) => ({ source: BackupSource.fromS3Bucket(bucket(stack, imported(stack))) }), ['KeyUnseen']],
  ['a bucket with the key of AWS', (stack) => ({ source: BackupSource.fromS3Bucket(new s3.Bucket(stack, 'Bucket', { versioned: true, encryption: s3.BucketEncryption.KMS_MANAGED })) }), []],
  ['a bucket with a key that CDK makes', (stack) => ({ source: BackupSource.fromS3Bucket(bucket(stack)) }), []],
  ['a vault with a disabled key', (stack) => ({
    source: BackupSource.fromArn('arn:aws:s3:::bucket'),
    vault: new backup.BackupVault(stack, 'Vault', { encryptionKey: new kms.Key(stack, 'Key', { enabled: false }) }),
  }), ['KeyDisabled']],
  ['a closed key that names the role', (stack) => {
    const role = new iam.Role(stack, 'BackupRole', { assumedBy: new iam.ServicePrincipal('backup.amazonaws.com') });
    const key = new kms.Key(stack, 'Key', {
      policy: new iam.PolicyDocument({
        statements: [new iam.PolicyStatement({ actions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey'], resources: ['*'], principals: [new iam.ArnPrincipal(role.roleArn)] })],
      }),
    });
    return { source: BackupSource.fromDynamoDbTable(table(stack, key)), role };
  }, []],
])('%s', (_, props, expected) => {
  const app = new App();
  const stack = new Stack(app, 'Shop');
  new OnDemandBackup(stack, 'Backup', { deleteAfter: Duration.days(35), ...props(stack, new Stack(app, 'Keys')) });
  const warnings = Annotations.fromStack(stack).findWarning('/Shop/Backup', Match.anyValue()).map(({ entry }) => String(entry.data));
  const about = warnings.flatMap((warning) => /cdk-on-demand-backup::(Key\w+)/.exec(warning)?.[1] ?? []);
  expect(about).toEqual(expected);
});
