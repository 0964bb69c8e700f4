import {
  BUCKET, DB_CLUSTER, DB_INSTANCE, DSQL, FILE_SYSTEM, INSTANCE, LUSTRE, propsView, REDSHIFT, sourceView, TABLE, VOLUME,
} from './fixtures';
import { testRules } from './rule-cases';
import { SOURCE_RULES } from '../../src/validation/source';

const of = (arn: string, more: Parameters<typeof sourceView>[1] = {}) => propsView({ source: sourceView(arn, more) });
const attribute = (cloudFormationType: string, name: string, suffix = '', more: Parameters<typeof sourceView>[1] = {}) =>
  of(`{token}${suffix}`, { reference: { cloudFormationType, attribute: name, suffix }, ...more });
const seen = (arn: string, because?: string) => ({ prop: 'source', value: `'${arn}'`, ...because === undefined ? {} : { because } });
const rds = (rest: string) => `arn:aws:rds:eu-west-1:111111111111:${rest}`;
const expected = (...forms: string[]) => `Expected ${forms.map((form) => `arn:…:${form}`).join(' or ')}.`;
const AWS_FORMS = [TABLE, BUCKET, VOLUME, INSTANCE, FILE_SYSTEM, DB_INSTANCE, DB_CLUSTER, LUSTRE, DSQL, REDSHIFT]
  .map((arn) => [arn, of(arn)] as [string, any]);
const OTHERS = ([
  ['docdb-elastic', 'AWS::DocDBElastic::Cluster', 'cluster/c', 'Of DocumentDB it takes instance-based clusters, not elastic ones.'],
  ['neptune-graph', 'AWS::NeptuneGraph::Graph', 'graph/g', 'Of Neptune it takes database clusters, not Neptune Analytics graphs.'],
  ['timestream-influxdb', 'AWS::Timestream::InfluxDBInstance', 'db-instance/d', 'Of Timestream it takes LiveAnalytics tables, not InfluxDB instances.'],
  ['s3-outposts', 'AWS::S3Outposts::Bucket', 'outpost/o/bucket/b', 'Of S3 it takes general purpose buckets, not those on Outposts.'],
  ['s3express', 'AWS::S3Express::DirectoryBucket', 'bucket/b', 'Of S3 it takes general purpose buckets, not directory buckets.'],
] as const).map(([service, type, resource, because]) => ({ arn: `arn:aws:${service}:eu-west-1:111111111111:${resource}`, type, because }));

testRules(SOURCE_RULES, [
  { rule: 'SourceMissing', found: [['nothing', propsView({ source: undefined }), { prop: 'source', value: 'nothing' }]], passes: [['a table', of(TABLE)]] },
  {
    rule: 'SourceArn',
    found: [
      ['a name', of('orders'), seen('orders')],
      ['an empty text', of(''), seen('')],
      ['too few parts', of('arn:aws:dynamodb:table/orders'), seen('arn:aws:dynamodb:table/orders')],
      ['no resource', of('arn:aws:dynamodb:eu-west-1:111111111111:'), seen('arn:aws:dynamodb:eu-west-1:111111111111:')],
      ['another beginning', of('urn:aws:dynamodb:eu-west-1:111111111111:table/t'), seen('urn:aws:dynamodb:eu-west-1:111111111111:table/t')],
    ],
    passes: [...AWS_FORMS, ['a token', of('{token}')], ['no source', propsView({ source: undefined })]],
  },
  {
    rule: 'SourceUnsupported',
    found: [
      ...OTHERS.map(({ arn, because }) => [arn, of(arn), seen(arn, because)] as [string, any, any]),
      ...OTHERS.map(({ type, because }) => [type, attribute(type, 'Arn'), seen('{token}', because)] as [string, any, any]),
      ['a directory bucket by its name', of('arn:aws:s3:::b--euw1-az1--x-s3'),
        seen('arn:aws:s3:::b--euw1-az1--x-s3', 'Of S3 it takes general purpose buckets, not directory buckets.')],
    ],
    passes: [...AWS_FORMS, ['a token', of('{token}')], ['an attribute of a table', attribute('AWS::DynamoDB::Table', 'Arn')]],
  },
  {
    rule: 'SourceArnShape',
    found: [
      ['an index', of(`${TABLE}/index/i`), seen(`${TABLE}/index/i`, expected('dynamodb:<region>:<account>:table/<table>'))],
      ['a stream', of(`${TABLE}/stream/2026`), seen(`${TABLE}/stream/2026`, expected('dynamodb:<region>:<account>:table/<table>'))],
      ['objects', of(`${BUCKET}/*`), seen(`${BUCKET}/*`, expected('s3:::<bucket>'))],
      ['a snapshot of a volume', of('arn:aws:ec2:eu-west-1:111111111111:snapshot/snap-1'),
        seen('arn:aws:ec2:eu-west-1:111111111111:snapshot/snap-1', expected('ec2:<region>:<account>:volume/<volume>', 'ec2:<region>:<account>:instance/<instance>'))],
      ['a snapshot of a database', of(rds('snapshot:s')),
        seen(rds('snapshot:s'), expected('rds:<region>:<account>:cluster:<cluster>', 'rds:<region>:<account>:db:<instance>'))],
      ['a type that is not that of the ARN', of(TABLE, { type: 'S3' }), seen(TABLE, expected('s3:::<bucket>'))],
      ['a cluster given as an instance of another type', of(rds('db:i'), { type: 'Aurora' }),
        seen(rds('db:i'), expected('rds:<region>:<account>:cluster:<cluster>'))],
      ['an index behind a name that is a token', of('arn:aws:dynamodb:eu-west-1:111111111111:table/{token}/index/i'),
        seen('arn:aws:dynamodb:eu-west-1:111111111111:table/{token}/index/i', expected('dynamodb:<region>:<account>:table/<table>'))],
    ],
    passes: [
      ...AWS_FORMS,
      ['a token', of('{token}')],
      ['a resource that is a token', of('arn:aws:dynamodb:eu-west-1:111111111111:{token}')],
      ['a type that is newer than this library', of('arn:aws:dynamodb:eu-west-1:111111111111:new/n', { type: 'New' })],
      ['a service that is newer than this library', of('arn:aws:new:eu-west-1:111111111111:new/n')],
      ['what another rule tells of', of('arn:aws:s3:::b--euw1-az1--x-s3')],
      ['a service that is a token', of('arn:aws:{token}:eu-west-1:111111111111:table/t', { type: 'DynamoDB' })],
    ],
  },
  {
    rule: 'SourceArnPlace',
    found: [
      ['no Region', of('arn:aws:dynamodb::111111111111:table/t'), seen('arn:aws:dynamodb::111111111111:table/t')],
      ['no account', of('arn:aws:dynamodb:eu-west-1::table/t'), seen('arn:aws:dynamodb:eu-west-1::table/t')],
      ['a short account', of('arn:aws:dynamodb:eu-west-1:1234:table/t'), seen('arn:aws:dynamodb:eu-west-1:1234:table/t')],
      ['a long account', of('arn:aws:dynamodb:eu-west-1:1111111111111:table/t'), seen('arn:aws:dynamodb:eu-west-1:1111111111111:table/t')],
      ['a place for a Region', of('arn:aws:dynamodb:Ireland:111111111111:table/t'), seen('arn:aws:dynamodb:Ireland:111111111111:table/t')],
      ['a bucket with a Region', of('arn:aws:s3:eu-west-1::b'), seen('arn:aws:s3:eu-west-1::b')],
      ['a bucket with an account', of('arn:aws:s3::111111111111:b'), seen('arn:aws:s3::111111111111:b')],
    ],
    passes: [
      ...AWS_FORMS,
      ['GovCloud', of('arn:aws-us-gov:dynamodb:us-gov-west-1:111111111111:table/t')],
      ['tokens', of('arn:aws:dynamodb:{token}:{token}:table/t')],
      ['a token', of('{token}')],
      ['what is no ARN, of which another rule tells', of('orders')],
    ],
  },
  {
    rule: 'SourceAttribute',
    found: [
      ['a stream', attribute('AWS::DynamoDB::Table', 'StreamArn'), { prop: 'source', value: 'the attribute StreamArn of AWS::DynamoDB::Table' }],
      ['a Ref', attribute('AWS::S3::Bucket', 'Ref'), { prop: 'source', value: 'the Ref of AWS::S3::Bucket' }],
      ['an index', attribute('AWS::DynamoDB::Table', 'Arn', '/index/i'),
        { prop: 'source', value: "the attribute Arn of AWS::DynamoDB::Table with '/index/i' behind it" }],
      ['another ARN of Redshift', attribute('AWS::Redshift::Cluster', 'ClusterNamespaceArn'),
        { prop: 'source', value: 'the attribute ClusterNamespaceArn of AWS::Redshift::Cluster' }],
      ['an SAP application without its database', attribute('AWS::SystemsManagerSAP::Application', 'Arn'),
        { prop: 'source', value: 'the attribute Arn of AWS::SystemsManagerSAP::Application' }],
      ['an SAP application with too much', attribute('AWS::SystemsManagerSAP::Application', 'Arn', 'x/DB/HDB/x'),
        { prop: 'source', value: "the attribute Arn of AWS::SystemsManagerSAP::Application with 'x/DB/HDB/x' behind it" }],
    ],
    passes: [
      ['an ARN', attribute('AWS::DynamoDB::Table', 'Arn')],
      ['the Ref of a stack', attribute('AWS::CloudFormation::Stack', 'Ref')],
      ['a database of an SAP application', attribute('AWS::SystemsManagerSAP::Application', 'Arn', '/DB/HDB')],
      ['a resource that is newer than this library', attribute('AWS::New::Thing', 'Ref')],
      ['a literal', of(TABLE)],
      ['no source', propsView({ source: undefined })],
    ],
  },
  {
    rule: 'SourceTypeContradicted',
    found: [
      ['another type', attribute('AWS::DynamoDB::Table', 'Arn', '', { type: 'S3' }), seen('{token}', 'It is AWS::DynamoDB::Table, which is not S3.')],
      ['a type that the table does not know', attribute('AWS::S3::Bucket', 'Arn', '', { type: 'New' }), seen('{token}', 'It is AWS::S3::Bucket, which is not New.')],
    ],
    passes: [
      ['its type', attribute('AWS::DynamoDB::Table', 'Arn', '', { type: 'DynamoDB' })],
      ['one of its types', attribute('AWS::RDS::DBCluster', 'DBClusterArn', '', { type: 'RDS' })],
      ['no type', attribute('AWS::DynamoDB::Table', 'Arn')],
      ['a resource that is newer than this library', attribute('AWS::New::Thing', 'Arn', '', { type: 'New' })],
      ['a literal', of(TABLE)],
    ],
  },
  {
    rule: 'SourceSurroundingStack',
    found: [['the own stack', of('{token}', { surroundingStack: true }), seen('{token}')]],
    passes: [['another one', of('{token}')]],
  },
  {
    rule: 'SourceTypeUnknown',
    found: [['a service that is not known', of('arn:aws:sqs:eu-west-1:111111111111:q'), seen('arn:aws:sqs:eu-west-1:111111111111:q')]],
    passes: [
      ...AWS_FORMS,
      ['a type that was given', of('arn:aws:sqs:eu-west-1:111111111111:q', { type: 'New' })],
      ['a token', of('{token}')],
      ['what is no ARN, of which another rule tells', of('orders')],
      ['what cannot be backed up, of which another rule tells', of(OTHERS[0].arn)],
    ],
  },
]);
