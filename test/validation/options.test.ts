import { BUCKET, DB_CLUSTER, DB_INSTANCE, INSTANCE, propsView, sourceView, VOLUME } from './fixtures';
import { testRules } from './rule-cases';
import { OPTION_RULES } from '../../src/validation/options';
import { PropsView } from '../../src/validation/props-view';

const view = (arn: string, more: Partial<PropsView>) => propsView({ source: sourceView(arn), ...more });
const UNKNOWN = '{token}';

testRules(OPTION_RULES, [
  {
    rule: 'IndexUnsupported',
    found: [
      ['DynamoDB', propsView({ index: 'ENABLED' }), { prop: 'index', value: 'ENABLED for DynamoDB' }],
      ['one that is off', propsView({ index: 'DISABLED' }), { prop: 'index', value: 'DISABLED for DynamoDB' }],
    ],
    passes: [
      ['EBS', view(VOLUME, { index: 'ENABLED' })], ['S3', view(BUCKET, { index: 'ENABLED' })], ['nothing', propsView()],
      ['what is not known', view(UNKNOWN, { index: 'ENABLED' })],
    ],
  },
  {
    rule: 'IndexOutsideStandardVault',
    found: [
      ['an air-gapped vault', view(BUCKET, { index: 'ENABLED', logicallyAirGappedVault: { name: 'gap', place: {} } }),
        { prop: 'index', value: "ENABLED with the air-gapped vault 'gap'" }],
      ['one whose name is a token', view(BUCKET, { index: 'ENABLED', logicallyAirGappedVault: { place: {} } }),
        { prop: 'index', value: 'ENABLED with the air-gapped vault a token' }],
    ],
    passes: [
      ['no index', view(BUCKET, { logicallyAirGappedVault: { place: {} } })],
      ['one that is off', view(BUCKET, { index: 'DISABLED', logicallyAirGappedVault: { place: {} } })],
      ['an ordinary vault', view(BUCKET, { index: 'ENABLED' })],
    ],
  },
  {
    rule: 'WindowsVssUnsupported',
    found: [
      ['EBS', view(VOLUME, { windowsVss: true }), { prop: 'backupOptions.windowsVss', value: 'true for EBS' }],
      ['one that is off', view(BUCKET, { windowsVss: false }), { prop: 'backupOptions.windowsVss', value: 'false for S3' }],
    ],
    passes: [['EC2', view(INSTANCE, { windowsVss: true })], ['nothing', view(VOLUME, {})], ['what is not known', view(UNKNOWN, { windowsVss: true })]],
  },
  {
    rule: 'S3OptionsUnsupported',
    found: [
      ['EC2', view(INSTANCE, { backupAcls: true, backupObjectTags: false }),
        { prop: 'backupOptions.backupAcls', value: 'true for EC2' }, { prop: 'backupOptions.backupObjectTags', value: 'false for EC2' }],
    ],
    passes: [['S3', view(BUCKET, { backupAcls: false, backupObjectTags: true })], ['nothing', view(INSTANCE, {})]],
  },
  {
    rule: 'StopUnsupported',
    found: [
      ['RDS', view(DB_INSTANCE, { stopsJob: true }), { prop: 'completion', value: 'onTimeout STOP_JOB_AND_FAIL for RDS' }],
      ['any database cluster', view(DB_CLUSTER, { stopsJob: true }),
        { prop: 'completion', value: 'onTimeout STOP_JOB_AND_FAIL for Aurora or DocumentDB or Neptune or RDS' }],
    ],
    passes: [['DynamoDB', propsView({ stopsJob: true })], ['RDS without', view(DB_INSTANCE, {})], ['what is not known', view(UNKNOWN, { stopsJob: true })]],
  },
  {
    rule: 'SourceTypeNeeded',
    found: [
      ['options of some types', view(UNKNOWN, { index: 'ENABLED', windowsVss: true, backupAcls: true, backupObjectTags: true }),
        { prop: 'source', value: "'{token}' with index, backupOptions.windowsVss, backupOptions.backupAcls, backupOptions.backupObjectTags" }],
      ['cold storage and a stop', view(UNKNOWN, { moveToColdStorageAfter: {}, stopsJob: true }),
        { prop: 'source', value: "'{token}' with moveToColdStorageAfter, onTimeout STOP_JOB_AND_FAIL" }],
      ['a service that is not known', view('arn:aws:sqs:eu-west-1:111111111111:q', { index: 'ENABLED' }),
        { prop: 'source', value: "'arn:aws:sqs:eu-west-1:111111111111:q' with index" }],
    ],
    passes: [
      ['nothing that needs it', view(UNKNOWN, {})],
      ['a type that was given', propsView({ source: sourceView(UNKNOWN, { type: 'New' }), index: 'ENABLED' })],
      ['an ARN that leaves few types', view(DB_CLUSTER, { stopsJob: true })],
      ['no source', propsView({ source: undefined, index: 'ENABLED' })],
    ],
  },
]);
