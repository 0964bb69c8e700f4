import { BUCKET, DAY, DB_INSTANCE, rendered, renderedView, sourceView, VOLUME } from './fixtures';
import { testRules } from './rule-cases';
import { RENDERED_TARGET_RULES } from '../../src/validation/rendered-targets';
import { RenderedView } from '../../src/validation/rendered-view';

const PARAMETER = { Ref: 'Parameter' };
const vaultOf = (properties: object, type = 'AWS::Backup::BackupVault') => ({ own: false, resource: rendered(type, properties as any) });
const locked = (LockConfiguration: any, days?: number, more: Partial<RenderedView> = {}) =>
  renderedView({ vault: vaultOf({ LockConfiguration }), deleteAfter: days === undefined ? undefined : { value: days * DAY }, ...more });
const gap = (days?: number, more: Partial<RenderedView> = {}) => renderedView({
  airGappedVault: vaultOf({ MinRetentionDays: 7, MaxRetentionDays: 100 }, 'AWS::Backup::LogicallyAirGappedBackupVault'),
  deleteAfter: days === undefined ? undefined : { value: days * DAY },
  source: sourceView(BUCKET),
  ...more,
});
const kept = (what: string, min: number, max: number | string) => ({ prop: 'deleteAfter', value: `${what} in Stack/It, which keeps them ${min} to ${max} days` });
const FOREVER = 'nothing, which keeps recovery points for ever,';

const trust = (AssumeRolePolicyDocument: any) => renderedView({ role: { own: false, resource: rendered('AWS::IAM::Role', { AssumeRolePolicyDocument }) } });
const statement = (more: object = {}) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'backup.amazonaws.com' }, ...more });
const trusted = (...Statement: any[]) => trust({ Statement });
const OTHERS = { prop: 'role', value: 'Stack/It, which only others can assume' };

testRules(RENDERED_TARGET_RULES, [
  {
    rule: 'RenderedVaultName',
    found: [
      ['a vault', renderedView({ vault: vaultOf({ BackupVaultName: 'my vault' }) }), { prop: 'vault', value: "Stack/It with the name 'my vault'" }],
      ['an air-gapped one', renderedView({ airGappedVault: vaultOf({ BackupVaultName: 'x' }) }),
        { prop: 'logicallyAirGappedVault', value: "Stack/It with the name 'x'" }],
    ],
    passes: [
      ['a name', renderedView({ vault: vaultOf({ BackupVaultName: 'my-vault' }) })],
      ['a token', renderedView({ vault: vaultOf({ BackupVaultName: PARAMETER }) })],
      ['a name that CloudFormation makes', renderedView({ vault: vaultOf({}) })],
      ['a vault of nobody', renderedView()],
    ],
  },
  {
    rule: 'VaultLock',
    found: [
      ['too short', locked({ MinRetentionDays: 30 }, 29), kept('29 days', 30, 'any number of')],
      ['too long', locked({ MinRetentionDays: 30, MaxRetentionDays: 60 }, 61), kept('61 days', 30, 60)],
      ['for ever', locked({ MaxRetentionDays: '60' }), kept(FOREVER, 1, 60)],
      ['a copy into an air-gapped vault', locked({ MinRetentionDays: 30 }, 7, { ...gap(7, { source: sourceView(VOLUME) }), vault: vaultOf({ LockConfiguration: { MinRetentionDays: 30 } }) }),
        kept('7 days', 30, 'any number of')],
    ],
    passes: [
      ['the shortest', locked({ MinRetentionDays: 30, MaxRetentionDays: 60 }, 30)],
      ['the longest', locked({ MinRetentionDays: 30, MaxRetentionDays: 60 }, 60)],
      ['for ever without a maximum', locked({ MinRetentionDays: 30 })],
      ['tokens', locked({ MinRetentionDays: PARAMETER, MaxRetentionDays: PARAMETER }, 1)],
      ['a lock that is a token', locked(PARAMETER, 1)],
      ['a retention that is a token', locked({ MinRetentionDays: 30 }, undefined, { deleteAfter: {} })],
      ['no lock', locked(undefined, 1)],
      ['a vault of nobody', renderedView({ deleteAfter: { value: DAY } })],
      ['what goes straight into an air-gapped vault', gap(7, { vault: vaultOf({ LockConfiguration: { MinRetentionDays: 30 } }) })],
    ],
  },
  {
    rule: 'AirGappedRetention',
    found: [
      ['too short', gap(6), kept('6 days', 7, 100)],
      ['for ever', gap(), kept(FOREVER, 7, 100)],
      ['what may go there', gap(6, { source: sourceView('{token}') }), kept('6 days', 7, 100)],
    ],
    passes: [['the shortest', gap(7)], ['the longest', gap(100)], ['what does not go there', gap(1, { source: sourceView(DB_INSTANCE) })], ['no air-gapped vault', renderedView()]],
  },
  {
    rule: 'RoleTrust',
    found: [
      ['another service', trusted(statement({ Principal: { Service: 'lambda.amazonaws.com' } })), OTHERS],
      ['an account', trusted(statement({ Principal: { AWS: 'arn:aws:iam::111111111111:root' } })), OTHERS],
      ['another action', trusted(statement({ Action: 'sts:TagSession' })), OTHERS],
      ['a denial', trusted(statement({ Effect: 'Deny' })), OTHERS],
      ['two that only help together', trusted(statement({ Action: 'sts:TagSession' }), statement({ Principal: { Service: ['ec2.amazonaws.com'] } })), OTHERS],
      ['no statement', trust({}), OTHERS],
      ['no policy', trust(undefined), OTHERS],
      ['almost the principal', trusted(statement({ Principal: { Service: 'xbackup.amazonaws.com' } })), OTHERS],
      ['almost the principal, longer', trusted(statement({ Principal: { Service: 'backup.amazonaws.com.x' } })), OTHERS],
      ['almost the action', trusted(statement({ Action: ['sts:AssumeRoleWithSAML', 'xsts:AssumeRole'] })), OTHERS],
      ['nobody', trusted(statement({ Principal: undefined })), OTHERS],
      ['a statement that is taken away', trusted({ Ref: 'AWS::NoValue' }), OTHERS],
    ],
    passes: [
      ['AWS Backup', trusted(statement())],
      ['a statement that is no list', trust({ Statement: statement() })],
      ['one of several', trusted(statement({ Effect: 'Deny' }), statement({ Action: ['sts:TagSession', 'sts:AssumeRole'], Principal: { Service: ['ec2.amazonaws.com', 'backup.amazonaws.com'] } }))],
      ['every action', trusted(statement({ Action: '*' }))],
      ['every action of STS', trusted(statement({ Action: 'sts:*' }))],
      ['everybody', trusted(statement({ Principal: '*' }))],
      ['every service', trusted(statement({ Principal: { Service: '*' } }))],
      ['a policy that is a token', trust(PARAMETER)],
      ['a statement that is a token', trusted({ 'Fn::If': ['Condition', statement(), { Ref: 'AWS::NoValue' }] })],
      ['a principal that is a token', trusted(statement({ Principal: { Service: PARAMETER } }))],
      ['principals that are a token', trusted(statement({ Principal: PARAMETER }))],
      ['an action that is a token', trusted(statement({ Action: PARAMETER }))],
      ['an effect that is a token', trusted(statement({ Effect: PARAMETER }))],
      ['another spelling of the action', trusted(statement({ Action: 'STS:assumerole' }))],
      ['what is no role', renderedView({ role: { own: false, resource: rendered('AWS::IAM::Other', {}) } })],
      ['a role of nobody', renderedView()],
    ],
  },
]);
