import { rendered, renderedView } from './fixtures';
import { testRules } from './rule-cases';
import { RENDERED_KEY_RULES } from '../../src/validation/rendered-keys';
import { RenderedResource, RenderedView } from '../../src/validation/rendered-view';

const ROLE = { 'Fn::GetAtt': ['Role', 'Arn'] };
const ROOT = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] };
const ALL = ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey'];

function withKey(properties: object, more: Partial<RenderedResource> = {}): RenderedView {
  return renderedView({ roleArn: ROLE, keys: [{ prop: 'vault', owner: 'Stack/Vault', managedByAws: false, resource: rendered('AWS::KMS::Key', properties, more) }] });
}
const FOREIGN_KEY = renderedView({ roleArn: ROLE, keys: [{ prop: 'vault', owner: 'Stack/Vault', managedByAws: false }] });
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
    passes: [['an enabled key', withKey({ Enabled: true })], ['a key that says nothing', withKey({})], ['a token', withKey({ Enabled: { Ref: 'Parameter' } })], ['a key of another app', FOREIGN_KEY], ['no key', renderedView()]],
  },
  {
    rule: 'KeyPolicy',
    found: [
      ['a policy for nobody', policy(), missing(...ALL)],
      ['one for another role', policy(allow({ 'Fn::GetAtt': ['Other', 'Arn'] }), allow(['arn:aws:iam::111122223333:role/other', 'arn:aws:iam::111122223333:role/*', 'arn:aws:iam::111122223333:root/x'])), missing(...ALL)],
      ['one for a service', policy({ Effect: 'Allow', Action: 'kms:*', Principal: { Service: 'dynamodb.amazonaws.com' } }), missing(...ALL)],
      ['one that leaves only administration to IAM', policy(allow(ROOT, ['kms:Describe*', 'kms:Put*', 'kms:Create*'])), missing('kms:Decrypt', 'kms:GenerateDataKey')],
      ['one that denies', policy(allow(ROOT, 'kms:*', { Effect: 'Deny' })), missing(...ALL)],
      ['one for nobody by name', policy({ Effect: 'Allow', Action: 'kms:*', Principal: {} }, { Effect: 'Allow', Action: 'kms:*' }), missing(...ALL)],
      ['one for what only looks like the actions', policy(allow(ROLE, ['kms.*', 'kms.:*'])), missing(...ALL)],
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
      ['a key of another app', FOREIGN_KEY],
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
      ['what this app does not define', renderedView({ keys: [{ prop: 'source', owner: 'Stack/It', managedByAws: false }] })],
      ['a bucket without a key', renderedView({ sourceResource: rendered('AWS::S3::Bucket') })],
    ],
  },
]);
