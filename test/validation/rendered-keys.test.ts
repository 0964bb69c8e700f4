import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { rendered, renderedView } from './fixtures';
import { testRules } from './rule-cases';
import { BackupSource, OnDemandBackup, OnDemandBackupProps } from '../../src';
import { RENDERED_KEY_RULES } from '../../src/validation/rendered-keys';
import { RenderedResource, RenderedView } from '../../src/validation/rendered-view';

const ROLE = { 'Fn::GetAtt': ['Role', 'Arn'] };
const ROOT = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] };
const ALL = ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey'];

function withKey(properties: object, more: Partial<RenderedResource> = {}): RenderedView {
  return renderedView({ roleArn: ROLE, keys: [{ prop: 'vault', owner: 'Stack/Vault', managedByAws: false, resource: rendered('AWS::KMS::Key', properties, more) }] });
}
const allow = (AWS: any, Action: any = 'kms:*', more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', Principal: { AWS }, ...more });
const policy = (...Statement: any[]) => withKey({ KeyPolicy: { Statement } });
const missing = (...actions: string[]) => ({ prop: 'vault', value: `Stack/Vault, whose key Stack/It has a policy that does not allow ${actions.join(', ')} to it` });
const unseen = (type: string, more: object = {}) => renderedView({
  sourceResource: rendered(type), keys: [{ prop: 'source', owner: 'Stack/It', managedByAws: false, ...more }],
});

testRules(RENDERED_KEY_RULES, [
  {
    rule: 'KeyDisabled',
    found: [
      ['a disabled key', withKey({ Enabled: false }), { prop: 'vault', value: 'Stack/Vault, whose key Stack/It is disabled' }],
      ['one in words', withKey({ Enabled: 'false' }), { prop: 'vault', value: 'Stack/Vault, whose key Stack/It is disabled' }],
    ],
    passes: [['an enabled key', withKey({ Enabled: true })], ['a key that says nothing', withKey({})], ['a token', withKey({ Enabled: { Ref: 'Parameter' } })], ['no key', renderedView()]],
  },
  {
    rule: 'KeyPolicy',
    found: [
      ['a policy for nobody', policy(), missing(...ALL)],
      ['one for another role', policy(allow({ 'Fn::GetAtt': ['Other', 'Arn'] }), allow('arn:aws:iam::111122223333:role/other')), missing(...ALL)],
      ['one for a service', policy({ Effect: 'Allow', Action: 'kms:*', Principal: { Service: 'dynamodb.amazonaws.com' } }), missing(...ALL)],
      ['one that leaves only administration to IAM', policy(allow(ROOT, ['kms:Describe*', 'kms:Put*', 'kms:Create*'])), missing('kms:Decrypt', 'kms:GenerateDataKey')],
      ['one that denies', policy(allow(ROOT, 'kms:*', { Effect: 'Deny' })), missing(...ALL)],
      ['one action too few', policy(allow(ROLE, ['kms:Decrypt', 'kms:GenerateDataKey*'])), missing('kms:CreateGrant')],
    ],
    passes: [
      ['a key that leaves it to IAM', policy(allow(ROOT))],
      ['the same by the number of the account', policy(allow('111122223333'))],
      ['the same by its ARN', policy(allow('arn:aws:iam::111122223333:root', '*'))],
      ['everybody', policy({ Effect: 'Allow', Action: 'kms:*', Principal: '*' })],
      ['the role itself, in several statements', policy(allow(ROLE, 'kms:CreateGrant'), allow([ROLE], ['kms:decrypt', 'kms:GenerateDataKey*']))],
      ['a token as principal', policy(allow({ Ref: 'Parameter' }))],
      ['a token as action', policy(allow(ROLE, { Ref: 'Parameter' }))],
      ['a role of another stack', withKey({ KeyPolicy: { Statement: [allow({ 'Fn::GetAtt': ['Other', 'Arn'] })] } }, { sameStack: false })],
      ['a statement that is a token', policy({ 'Fn::If': ['Condition', allow(ROLE), { Ref: 'AWS::NoValue' }] })],
      ['a policy that is a token', withKey({ KeyPolicy: { Ref: 'Parameter' } })],
      ['the default policy', withKey({})],
      ['a key of another app', renderedView({ roleArn: ROLE, keys: [{ prop: 'vault', owner: 'Stack/Vault', managedByAws: false }] })],
    ],
  },
  {
    rule: 'KeyUnseen',
    found: [['a bucket with a key of another app', unseen('AWS::S3::Bucket'), { prop: 'source', value: 'Stack/It, whose key is defined elsewhere' }]],
    passes: [
      ['a key of AWS', unseen('AWS::S3::Bucket', { managedByAws: true })],
      ['a key of this app', unseen('AWS::S3::Bucket', { resource: rendered('AWS::KMS::Key') })],
      ['a table, whose job would fail', unseen('AWS::DynamoDB::Table')],
      ['the key of a vault', unseen('AWS::S3::Bucket', { prop: 'vault' })],
      ['a bucket without a key', renderedView({ sourceResource: rendered('AWS::S3::Bucket') })],
    ],
  },
]);

describe('in an app', () => {
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
          statements: [new iam.PolicyStatement({ actions: ALL, resources: ['*'], principals: [new iam.ArnPrincipal(role.roleArn)] })],
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
});
