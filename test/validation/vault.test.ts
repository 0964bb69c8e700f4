import { BUCKET, DB_CLUSTER, DB_INSTANCE, LUSTRE, propsView, REDSHIFT, sourceView, TABLE, VOLUME } from './fixtures';
import { testRules } from './rule-cases';
import { PropsView } from '../../src/validation/props-view';
import { VAULT_RULES } from '../../src/validation/vault';

const vault = (name?: string) => propsView({ vault: { name, place: {} } });
const gap = (arn: string, more: Partial<PropsView> = {}) => propsView({ source: sourceView(arn), logicallyAirGappedVault: { name: 'gap', place: {} }, ...more });
const AURORA = { source: sourceView(DB_CLUSTER, { type: 'Aurora' }) };
const WITH_ADVANCED = 'For DynamoDB it depends on whether the account has advanced features on.';

testRules(VAULT_RULES, [
  {
    rule: 'VaultName',
    found: [
      ['an empty name', vault(''), { prop: 'vault', value: "''" }],
      ['one character', vault('v'), { prop: 'vault', value: "'v'" }],
      ['51 characters', vault('v'.repeat(51)), { prop: 'vault', value: `'${'v'.repeat(51)}'` }],
      ['other characters', vault('my vault'), { prop: 'vault', value: "'my vault'" }],
      ['a name with one more line', vault('vault\n'), { prop: 'vault', value: "'vault\n'" }],
      ['an air-gapped one', propsView({ logicallyAirGappedVault: { name: 'a/b', place: {} } }), { prop: 'logicallyAirGappedVault', value: "'a/b'" }],
    ],
    passes: [['2 characters', vault('v1')], ['50 characters', vault('V_-'.repeat(16) + 'xy')], ['a token', vault()], ['none', propsView()],
      ['the reserved one, of which another rule tells', vault('aws/efs/automatic-backup-vault')]],
  },
  {
    rule: 'VaultReserved',
    found: [['the one of EFS', vault('aws/efs/automatic-backup-vault'), { prop: 'vault', value: "'aws/efs/automatic-backup-vault'" }]],
    passes: [['others', vault('aws')], ['a token', vault()]],
  },
  {
    rule: 'AirGappedUnsupported',
    found: [['RDS', gap(DB_INSTANCE), { prop: 'logicallyAirGappedVault', value: "'gap' for RDS" }]],
    passes: [['S3', gap(BUCKET)], ['EBS', gap(VOLUME)], ['RDS without', propsView({ source: sourceView(DB_INSTANCE) })], ['what is not known', gap('{token}')]],
  },
  {
    rule: 'AirGappedByCopy',
    found: [
      ['EBS', gap(VOLUME), {
        prop: 'logicallyAirGappedVault', value: "'gap' for EBS", because: 'The copy is made unless it is encrypted with the AWS managed key.',
      }],
      ['Aurora', gap(DB_CLUSTER, AURORA), { prop: 'logicallyAirGappedVault', value: "'gap' for Aurora", because: 'The copy is made only if the cluster is encrypted.' }],
      ['FSx for Lustre', gap(LUSTRE, { source: sourceView(LUSTRE, { cloudFormationType: 'AWS::FSx::FileSystem', fileSystemType: 'LUSTRE' }) }),
        { prop: 'logicallyAirGappedVault', value: "'gap' for FSx" }],
    ],
    passes: [['S3', gap(BUCKET)], ['any database cluster', gap(DB_CLUSTER)], ['EBS without', propsView({ source: sourceView(VOLUME) })]],
  },
  {
    rule: 'AirGappedUncertain',
    found: [
      ['DynamoDB', gap(TABLE), { prop: 'logicallyAirGappedVault', value: "'gap' for DynamoDB", because: WITH_ADVANCED }],
      ['Redshift', gap(REDSHIFT), { prop: 'logicallyAirGappedVault', value: "'gap' for Redshift" }],
      ['any database cluster', gap(DB_CLUSTER), { prop: 'logicallyAirGappedVault', value: "'gap' for Aurora or DocumentDB or Neptune or RDS" }],
      ['what is not known', gap('{token}'), { prop: 'logicallyAirGappedVault', value: "'gap' for this source" }],
    ],
    passes: [['S3', gap(BUCKET)], ['EBS', gap(VOLUME)], ['RDS', gap(DB_INSTANCE)], ['DynamoDB without', propsView()]],
  },
]);
