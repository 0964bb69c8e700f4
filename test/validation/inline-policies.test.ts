import { inlinePolicySizes } from '../../src/validation/inline-policies';

const REGION = 'eu-central-1';
const size = (PolicyDocument: any, resources: object = {}, more: object = {}) =>
  inlinePolicySizes({ stackName: 'my-stack', region: REGION, resources: { R: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument }] } }, ...resources }, ...more }).R;
/** Two quotes around the text. */
const text = (value: string) => value.length + 2;

describe('how long inline policies are', () => {
  test.each<[string, any]>([
    ['a document', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['a:b', 'a:c'], Resource: '*' }] }],
    ['numbers, booleans and nothing', { a: 1, b: true, c: null, d: [], e: {} }],
    ['text with quotes', { a: 'x"y' }],
  ])('counts %s as compact JSON', (_, document) => expect(size(document)).toBe(JSON.stringify(document).length));

  const generatedRole = 'arn:aws:iam::123456789012:role/my-stack-Other-123456789012';
  const generatedVault = `arn:aws:backup:${REGION}:123456789012:backup-vault:my-stack-Vault-123456789012`;
  test.each<[string, any, string]>([
    ['Ref of a role', { Ref: 'Other' }, 'my-stack-Other-123456789012'],
    ['Ref of a named role', { Ref: 'Named' }, 'a-role'],
    ['Ref of a named vault', { Ref: 'NamedVault' }, 'a-vault'],
    ['ARN of a role', { 'Fn::GetAtt': ['Other', 'Arn'] }, generatedRole],
    ['ARN of a named role', { 'Fn::GetAtt': ['Named', 'Arn'] }, 'arn:aws:iam::123456789012:role/a-role'],
    ['ARN of a vault', { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] }, generatedVault],
    ['ARN of a vault whose name is no text', { 'Fn::GetAtt': ['ComposedVault', 'BackupVaultArn'] },
      `arn:aws:backup:${REGION}:123456789012:backup-vault:my-stack-ComposedVault-123456789012`],
    ['ARN of an air-gapped vault', { 'Fn::GetAtt': ['Gap', 'BackupVaultArn'] }, `arn:aws:backup:${REGION}:123456789012:backup-vault:gap`],
    ['ARN of a log group', { 'Fn::GetAtt': ['Log', 'Arn'] }, `arn:aws:logs:${REGION}:123456789012:log-group:my-stack-Log-123456789012:*`],
    ['ARN of something else', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'x'.repeat(60)],
    ['another function', { 'Fn::ImportValue': 'x' }, 'x'.repeat(60)],
    ['the Region', { Ref: 'AWS::Region' }, REGION],
    ['the partition', { Ref: 'AWS::Partition' }, 'aws'],
    ['the account', { Ref: 'AWS::AccountId' }, '123456789012'],
    ['the name of the stack', { Ref: 'AWS::StackName' }, 'my-stack'],
    ['the id of the stack', { Ref: 'AWS::StackId' }, 'x'.repeat(110)],
    ['the suffix of addresses', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    ['a text of parts', { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::', { Ref: 'Named' }, '/*']] }, 'arn:aws:s3:::a-role/*'],
    ['a list of parts', { 'Fn::Join': ['--', ['a', 'b', 'c']] }, 'a--b--c'],
    ['parts that are a token', { 'Fn::Join': [',', { 'Fn::Split': [',', 'x'] }] }, ''],
    ['a part that is an object', { 'Fn::Join': ['', ['a', { x: 1, y: 2 }]] }, 'x'.repeat(61)],
    ['a long name', { Ref: 'Long'.repeat(20) }, 'x'.repeat(64)],
  ])('counts the %s as what it will be', (_, value, expected) => {
    expect(size({ a: value }, {
      Other: { Type: 'AWS::IAM::Role' },
      Named: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'a-role' } },
      Vault: { Type: 'AWS::Backup::BackupVault', Properties: {} },
      NamedVault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'a-vault' } },
      ComposedVault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: { Ref: 'X' } } },
      Gap: { Type: 'AWS::Backup::LogicallyAirGappedBackupVault', Properties: { BackupVaultName: 'gap' } },
      Log: { Type: 'AWS::Logs::LogGroup' },
      Table: { Type: 'AWS::DynamoDB::Table' },
    })).toBe('{"a":}'.length + text(expected));
  });

  test('takes usual lengths where the stack says nothing', () => {
    const unknown = { stackName: undefined, region: undefined };
    expect(size({ a: { Ref: 'AWS::Region' } }, {}, unknown)).toBe('{"a":}'.length + text('us-east-1'));
    expect(size({ a: { Ref: 'AWS::StackName' } }, {}, unknown)).toBe('{"a":}'.length + text('x'.repeat(20)));
    expect(size({ a: { Ref: 'Other' } }, {}, unknown)).toBe('{"a":}'.length + text(`${'x'.repeat(20)}-Other-123456789012`));
    expect(size({ a: { 'Fn::GetAtt': ['V', 'BackupVaultArn'] } }, { V: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'v' } } }, unknown))
      .toBe('{"a":}'.length + text('arn:aws:backup:us-east-1:123456789012:backup-vault:v'));
  });

  test('adds up what is attached to a role', () => {
    const document = { a: 'b' };
    const length = JSON.stringify(document).length;
    expect(inlinePolicySizes({
      resources: {
        A: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: document }, { PolicyDocument: document }] } },
        B: { Type: 'AWS::IAM::Role' },
        Shared: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: document, Roles: [{ Ref: 'A' }, { Ref: 'B' }, 'by-name'] } },
        One: { Type: 'AWS::IAM::RolePolicy', Properties: { PolicyDocument: document, RoleName: { Ref: 'B' } } },
        ByName: { Type: 'AWS::IAM::RolePolicy', Properties: { PolicyDocument: document, RoleName: 'by-name' } },
        OfUser: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: document, Users: ['u'] } },
        Other: { Type: 'AWS::SNS::Topic', Properties: { Roles: [{ Ref: 'A' }], PolicyDocument: document, RoleName: { Ref: 'A' }, Policies: [{ PolicyDocument: document }] } },
      },
    })).toEqual({ A: 3 * length, B: 2 * length });
  });
});
