import { ResourceFacts } from './resource-facts';
import { BackupResourceType } from './resource-type';

const GUIDE = 'https://docs.aws.amazon.com/aws-backup/latest/devguide';
const GENERAL = 'service-role/AWSBackupServiceRolePolicyForBackup';
const S3_ONLY = 'AWSBackupServiceRolePolicyForS3Backup';
const INDEXING = 'AWSBackupServiceRolePolicyForIndexing';

/** What most types have in common: nothing beside being backed up. */
const ROW = {
  coldStorage: 'no',
  fullManagement: 'no',
  airGapped: 'no',
  index: false,
  stoppable: true,
  managedPolicies: [GENERAL],
  indexPolicies: [],
  see: `${GUIDE}/backup-feature-availability.html`,
} as const;
const FULL = { ...ROW, fullManagement: 'yes', coldStorage: 'yes', airGapped: 'direct' } as const;
const CLUSTER_GONE = ['DBCluster {name} not found', 'DBCluster not found: {name}'];
const RDS_CLUSTER = { ...ROW, service: 'rds', resource: 'cluster:{cluster}', lowerCaseId: true, stoppable: false, gone: CLUSTER_GONE } as const;
const COPIED_CLUSTER = { ...RDS_CLUSTER, airGapped: 'copy', airGappedNote: 'only if the cluster is encrypted' } as const;
const FILE_SYSTEM_GONE = ["File system '{name}' does not exist", 'File system {name} does not exist'];
const FSX = { ...ROW, type: BackupResourceType.FSX.name, service: 'fsx', stoppable: false } as const;
const FSX_FILE_SYSTEM = { ...FSX, resource: 'file-system/{fileSystem}', gone: FILE_SYSTEM_GONE } as const;

/**
 * What each AWS Backup resource type can do: the one place that knows. The meaning of the columns is in `ResourceFacts`.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StopBackupJob.html
 */
export const RESOURCE_TABLE: readonly ResourceFacts[] = [
  {
    ...COPIED_CLUSTER,
    type: BackupResourceType.AURORA.name,
    cloudFormation: { 'AWS::RDS::DBCluster': { attribute: 'DBClusterArn' } },
  },
  {
    ...ROW,
    type: BackupResourceType.CLOUDFORMATION.name,
    service: 'cloudformation',
    resource: 'stack/{name}/{id}',
    cloudFormation: { 'AWS::CloudFormation::Stack': { refIsArn: true } },
    coldStorage: 'yes',
    fullManagement: 'unclear',
    gone: ['Stack with id {arn} does not exist', 'Stack [{name}] does not exist'],
    see: `${GUIDE}/applicationstackbackups.html`,
  },
  {
    ...COPIED_CLUSTER,
    type: BackupResourceType.DOCUMENTDB.name,
    cloudFormation: { 'AWS::DocDB::DBCluster': {} },
  },
  {
    ...FULL,
    type: BackupResourceType.DSQL.name,
    service: 'dsql',
    resource: 'cluster/{cluster}',
    cloudFormation: { 'AWS::DSQL::Cluster': { attribute: 'ResourceArn' } },
    coldStorage: 'unclear',
    gone: ['Cluster {name} not found', 'Cluster {name} does not exist'],
  },
  {
    ...ROW,
    type: BackupResourceType.DYNAMODB.name,
    service: 'dynamodb',
    resource: 'table/{table}',
    cloudFormation: { 'AWS::DynamoDB::Table': { attribute: 'Arn' }, 'AWS::DynamoDB::GlobalTable': { attribute: 'Arn' } },
    coldStorage: 'depends',
    fullManagement: 'depends',
    airGapped: 'depends',
    gone: ['Table not found: {name}', 'Table: {name} not found', 'Table {name} not found', 'Table not found.'],
    see: `${GUIDE}/advanced-ddb-backup.html`,
  },
  {
    ...ROW,
    type: BackupResourceType.EBS.name,
    service: 'ec2',
    resource: 'volume/{volume}',
    cloudFormation: { 'AWS::EC2::Volume': {} },
    coldStorage: 'archive',
    airGapped: 'copy',
    airGappedNote: 'unless it is encrypted with the AWS managed key',
    index: true,
    indexPolicies: [INDEXING],
    gone: ["The volume '{name}' does not exist", 'The specified volume was not found'],
    see: `${GUIDE}/multi-volume-crash-consistent.html`,
  },
  {
    ...ROW,
    type: BackupResourceType.EC2.name,
    service: 'ec2',
    resource: 'instance/{instance}',
    cloudFormation: { 'AWS::EC2::Instance': {} },
    airGapped: 'copy',
    airGappedNote: 'unless its volumes are encrypted with the AWS managed key',
    gone: ["The instance ID '{name}' does not exist"],
    see: `${GUIDE}/windows-backups.html`,
  },
  {
    ...FULL,
    type: BackupResourceType.EFS.name,
    service: 'elasticfilesystem',
    resource: 'file-system/{fileSystem}',
    cloudFormation: { 'AWS::EFS::FileSystem': { attribute: 'Arn' } },
    gone: FILE_SYSTEM_GONE,
  },
  {
    ...FULL,
    type: BackupResourceType.EKS.name,
    service: 'eks',
    resource: 'cluster/{cluster}',
    cloudFormation: { 'AWS::EKS::Cluster': { attribute: 'Arn' } },
    coldStorage: 'children',
    airGapped: 'unclear',
    managedPolicies: [GENERAL, S3_ONLY],
    gone: ['No cluster found for name: {name}'],
    see: `${GUIDE}/eks-backups.html`,
  },
  {
    ...FSX_FILE_SYSTEM,
    variant: 'Lustre or Windows',
    cloudFormation: { 'AWS::FSx::FileSystem': { attribute: 'ResourceARN', fileSystemTypes: ['LUSTRE', 'WINDOWS'] } },
    airGapped: 'copy',
  },
  {
    ...FSX_FILE_SYSTEM,
    variant: 'OpenZFS',
    cloudFormation: { 'AWS::FSx::FileSystem': { attribute: 'ResourceARN', fileSystemTypes: ['OPENZFS'] } },
    coldStorage: 'unclear',
  },
  {
    ...FSX,
    variant: 'ONTAP volume',
    resource: 'volume/{fileSystem}/{volume}',
    cloudFormation: {
      'AWS::FSx::Volume': { attribute: 'ResourceARN', notFromPhysicalId: 'the ARN of an FSx volume holds the id of its file system, its physical id does not' },
    },
    gone: ["Volume '{name}' does not exist", 'Volume {name} does not exist'],
  },
  {
    ...COPIED_CLUSTER,
    type: BackupResourceType.NEPTUNE.name,
    cloudFormation: { 'AWS::Neptune::DBCluster': {} },
  },
  {
    ...ROW,
    type: BackupResourceType.RDS.name,
    variant: 'instance',
    service: 'rds',
    resource: 'db:{instance}',
    lowerCaseId: true,
    stoppable: false,
    cloudFormation: { 'AWS::RDS::DBInstance': { attribute: 'DBInstanceArn' } },
    gone: ['DBInstance {name} not found', 'DBInstance not found: {name}'],
    see: `${GUIDE}/rds-backup.html`,
  },
  {
    ...RDS_CLUSTER,
    type: BackupResourceType.RDS.name,
    variant: 'Multi-AZ DB cluster',
    cloudFormation: { 'AWS::RDS::DBCluster': { attribute: 'DBClusterArn' } },
    see: `${GUIDE}/rds-backup.html`,
  },
  {
    ...ROW,
    type: BackupResourceType.REDSHIFT.name,
    service: 'redshift',
    resource: 'cluster:{cluster}',
    cloudFormation: { 'AWS::Redshift::Cluster': {} },
    coldStorage: 'unclear',
    fullManagement: 'unclear',
    airGapped: 'unclear',
    gone: ['Cluster {name} not found'],
  },
  {
    ...ROW,
    type: BackupResourceType.REDSHIFT_SERVERLESS.name,
    service: 'redshift-serverless',
    resource: 'namespace/{namespace}',
    cloudFormation: {
      'AWS::RedshiftServerless::Namespace': {
        attribute: 'Namespace.NamespaceArn', notFromPhysicalId: 'the ARN of a namespace holds its id, its physical id is the name',
      },
    },
    fullManagement: 'unclear',
    gone: ['Namespace {name} not found', 'Namespace {name} does not exist'],
    see: `${GUIDE}/redshift-serverless-backups.html`,
  },
  {
    ...FULL,
    type: BackupResourceType.S3.name,
    service: 's3',
    resource: '{bucket}',
    global: true,
    cloudFormation: { 'AWS::S3::Bucket': { attribute: 'Arn' } },
    coldStorage: 'no',
    index: true,
    managedPolicies: [S3_ONLY],
    gone: ['The specified bucket does not exist', 'Bucket {name} does not exist'],
    see: `${GUIDE}/s3-backups.html`,
  },
  {
    ...FULL,
    type: BackupResourceType.SAP_HANA.name,
    service: 'ssm-sap',
    resource: 'HANA/{application}/DB/{database}',
    cloudFormation: {
      'AWS::SystemsManagerSAP::Application': {
        attribute: 'Arn', suffix: '/DB/{database}', notFromPhysicalId: 'an application holds several databases, and its physical id names none of them',
      },
    },
    airGapped: 'no',
    stoppable: false,
    gone: [],
    see: `${GUIDE}/saphana-restore.html`,
  },
  {
    ...ROW,
    type: BackupResourceType.STORAGE_GATEWAY.name,
    service: 'storagegateway',
    resource: 'gateway/{gateway}/volume/{volume}',
    cloudFormation: {},
    airGapped: 'copy',
    gone: ['The specified volume was not found'],
  },
  {
    ...FULL,
    type: BackupResourceType.TIMESTREAM.name,
    service: 'timestream',
    resource: 'database/{database}/table/{table}',
    cloudFormation: { 'AWS::Timestream::Table': { attribute: 'Arn', separator: '|' } },
    gone: ['The table {name} does not exist', 'Table {name} does not exist'],
    see: `${GUIDE}/timestream-backup.html`,
  },
  { ...FULL, type: BackupResourceType.VIRTUAL_MACHINE.name, service: 'backup-gateway', resource: 'vm/{vm}', cloudFormation: {}, gone: [] },
];

/**
 * The rows of a type: several where AWS Backup treats its variants differently, none for a type that is not known.
 */
export function rowsOf(type: string): readonly ResourceFacts[] {
  return BY_TYPE.get(type) ?? [];
}

/** The rows that a CloudFormation type can be: several for FSx and for `AWS::RDS::DBCluster`. */
export function rowsOfCloudFormationType(cloudFormationType: string): readonly ResourceFacts[] {
  return BY_CLOUD_FORMATION_TYPE.get(cloudFormationType) ?? [];
}

// Pure: the bundle of the function, which asks for no rows, is built without them.
const BY_TYPE = /* @__PURE__ */ indexed(({ type }) => [type]);
const BY_CLOUD_FORMATION_TYPE = /* @__PURE__ */ indexed(({ cloudFormation }) => Object.keys(cloudFormation));

function indexed(keysOf: (row: ResourceFacts) => readonly string[]): ReadonlyMap<string, readonly ResourceFacts[]> {
  const index = new Map<string, ResourceFacts[]>();
  for (const row of RESOURCE_TABLE) {
    keysOf(row).forEach((key) => index.set(key, [...index.get(key) ?? [], row]));
  }
  return index;
}
