import { BUCKET, DB_CLUSTER, DB_INSTANCE, INSTANCE, LUSTRE, rendered, renderedView, sourceView } from './fixtures';
import { testRules } from './rule-cases';
import { RENDERED_SOURCE_RULES } from '../../src/validation/rendered-source';
import { RenderedView } from '../../src/validation/rendered-view';

const PARAMETER = { Ref: 'Parameter' };
const NO_VALUE = { Ref: 'AWS::NoValue' };
const of = (arn: string, type: string, properties: object = {}, more: Partial<RenderedView> = {}) =>
  renderedView({ source: sourceView(arn), sourceResource: rendered(type, properties as any), ...more });
const bucket = (properties: object) => of(BUCKET, 'AWS::S3::Bucket', properties);
const database = (properties: object) => of(DB_INSTANCE, 'AWS::RDS::DBInstance', properties);
const instance = (type: any, windowsVss = true) => of(INSTANCE, 'AWS::EC2::Instance', { InstanceType: type }, { windowsVss });
const aurora = (properties: object, more: Partial<RenderedView> = { airGappedVault: { own: false } }) =>
  of(DB_CLUSTER, 'AWS::RDS::DBCluster', properties, { source: sourceView(DB_CLUSTER, { type: 'Aurora' }), ...more });
const seen = (type: string, what: string) => ({ prop: 'source', value: `Stack/It (${type}) with ${what}` });

testRules(RENDERED_SOURCE_RULES, [
  {
    rule: 'BucketVersioning',
    found: [
      ['no versioning', bucket({}), seen('S3', 'VersioningConfiguration missing')],
      ['no versioning after all', bucket({ VersioningConfiguration: NO_VALUE }), seen('S3', 'VersioningConfiguration missing')],
      ['no status', bucket({ VersioningConfiguration: {} }), seen('S3', 'VersioningConfiguration missing')],
      ['a suspended one', bucket({ VersioningConfiguration: { Status: 'Suspended' } }), seen('S3', 'VersioningConfiguration Suspended')],
    ],
    passes: [
      ['versioning', bucket({ VersioningConfiguration: { Status: 'Enabled' } })],
      ['a status that is a token', bucket({ VersioningConfiguration: { Status: PARAMETER } })],
      ['a condition', bucket({ VersioningConfiguration: { 'Fn::If': ['Condition', { Status: 'Enabled' }, NO_VALUE] } })],
      ['other resources', of(BUCKET, 'AWS::S3::Other')],
      ['a bucket of nobody', renderedView({ source: sourceView(BUCKET) })],
    ],
  },
  {
    rule: 'ClusterMember',
    found: [
      ['a member', database({ DBClusterIdentifier: { Ref: 'Cluster' } }), seen('RDS', 'a DBClusterIdentifier')],
      ['a member by its name', database({ DBClusterIdentifier: 'c', Engine: 'mysql' }), seen('RDS', 'a DBClusterIdentifier')],
      ['an engine', database({ Engine: 'aurora-mysql', DBClusterIdentifier: 'c' }), seen('RDS', 'Engine aurora-mysql')],
    ],
    passes: [
      ['an instance', database({ Engine: 'postgres' })],
      ['no cluster after all', database({ DBClusterIdentifier: NO_VALUE })],
      ['a condition', database({ DBClusterIdentifier: { 'Fn::If': ['Condition', 'c', NO_VALUE] } })],
      ['an engine that is a token', database({ Engine: PARAMETER })],
    ],
  },
  {
    rule: 'WindowsVssInstanceType',
    found: ['t2.nano', 't2.micro', 't3.nano', 't3.micro', 't3a.nano', 't3a.micro'].map((type) => [type, instance(type), seen('EC2', `InstanceType ${type}`)] as const),
    passes: [
      ...['t3.small', 't4g.nano', 't3.micro.metal', 'xt3.micro', 'm5.large'].map((type): [string, RenderedView] => [type, instance(type)]),
      ['a token', instance(PARAMETER)],
      ['no type', instance(undefined)],
      ['no VSS', instance('t3.micro', false)],
    ],
  },
  {
    rule: 'OntapFileSystem',
    found: [['ONTAP', of(LUSTRE, 'AWS::FSx::FileSystem', { FileSystemType: 'ONTAP' }), seen('FSx', 'FileSystemType ONTAP')]],
    passes: [['Lustre', of(LUSTRE, 'AWS::FSx::FileSystem', { FileSystemType: 'LUSTRE' })], ['a token', of(LUSTRE, 'AWS::FSx::FileSystem', { FileSystemType: PARAMETER })]],
  },
  {
    rule: 'OpenZfsVolume',
    found: [['OpenZFS', of(LUSTRE, 'AWS::FSx::Volume', { VolumeType: 'OPENZFS' }), seen('FSx', 'VolumeType OPENZFS')]],
    passes: [['ONTAP', of(LUSTRE, 'AWS::FSx::Volume', { VolumeType: 'ONTAP' })], ['a token', of(LUSTRE, 'AWS::FSx::Volume', { VolumeType: PARAMETER })]],
  },
  {
    rule: 'EksAuthenticationMode',
    found: [
      ['the config map', of('{token}', 'AWS::EKS::Cluster', { AccessConfig: { AuthenticationMode: 'CONFIG_MAP' } }),
        seen('AWS::EKS::Cluster', 'AuthenticationMode CONFIG_MAP')],
    ],
    passes: [
      ['both', of('{token}', 'AWS::EKS::Cluster', { AccessConfig: { AuthenticationMode: 'API_AND_CONFIG_MAP' } })],
      ['a token', of('{token}', 'AWS::EKS::Cluster', { AccessConfig: { AuthenticationMode: PARAMETER } })],
      ['a condition', of('{token}', 'AWS::EKS::Cluster', { AccessConfig: { 'Fn::If': ['Condition', {}, {}] } })],
      ['the default', of('{token}', 'AWS::EKS::Cluster')],
    ],
  },
  {
    rule: 'AirGappedEncryption',
    found: [
      ['Aurora', aurora({ StorageEncrypted: false }), seen('Aurora', 'StorageEncrypted false')],
      ['DocumentDB', of(DB_CLUSTER, 'AWS::DocDB::DBCluster', { StorageEncrypted: false }, { source: sourceView(DB_CLUSTER, { type: 'DocumentDB' }), airGappedVault: { own: false } }),
        seen('DocumentDB', 'StorageEncrypted false')],
      ['Neptune', of(DB_CLUSTER, 'AWS::Neptune::DBCluster', { StorageEncrypted: 'false' }, { source: sourceView(DB_CLUSTER, { type: 'Neptune' }), airGappedVault: { own: false } }),
        seen('Neptune', 'StorageEncrypted false')],
    ],
    passes: [
      ['encryption', aurora({ StorageEncrypted: true })],
      ['a token', aurora({ StorageEncrypted: PARAMETER })],
      ['what is not said', aurora({})],
      ['no air-gapped vault', aurora({ StorageEncrypted: false }, {})],
      ['RDS, which does not go there at all', aurora({ StorageEncrypted: false }, { source: sourceView(DB_CLUSTER, { type: 'RDS' }), airGappedVault: { own: false } })],
    ],
  },
]);
