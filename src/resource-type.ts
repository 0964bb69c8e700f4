import { ResourceFacts } from './resource-facts';

/**
 * A kind of resource that AWS Backup can back up, under the name that AWS Backup uses for it.
 *
 * Not an enum: AWS adds kinds faster than this library is released, so `of()` takes any name.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/whatisbackup.html#supported-resources
 */
export class BackupResourceType {
  /** Amazon Aurora cluster. */
  public static readonly AURORA = new BackupResourceType('Aurora');
  /** AWS CloudFormation stack (application stack backup). */
  public static readonly CLOUDFORMATION = new BackupResourceType('CloudFormation');
  /** Amazon DocumentDB instance-based cluster. */
  public static readonly DOCUMENTDB = new BackupResourceType('DocumentDB');
  /** Amazon Aurora DSQL cluster. */
  public static readonly DSQL = new BackupResourceType('DSQL');
  /** Amazon DynamoDB table. */
  public static readonly DYNAMODB = new BackupResourceType('DynamoDB');
  /** Amazon EBS volume. */
  public static readonly EBS = new BackupResourceType('EBS');
  /** Amazon EC2 instance. */
  public static readonly EC2 = new BackupResourceType('EC2');
  /** Amazon EFS file system. */
  public static readonly EFS = new BackupResourceType('EFS');
  /** Amazon EKS cluster. */
  public static readonly EKS = new BackupResourceType('EKS');
  /** Amazon FSx file system or ONTAP volume. */
  public static readonly FSX = new BackupResourceType('FSx');
  /** Amazon Neptune cluster. */
  public static readonly NEPTUNE = new BackupResourceType('Neptune');
  /** Amazon RDS instance or Multi-AZ DB cluster. */
  public static readonly RDS = new BackupResourceType('RDS');
  /** Amazon Redshift provisioned cluster. */
  public static readonly REDSHIFT = new BackupResourceType('Redshift');
  /** Amazon Redshift Serverless namespace. */
  public static readonly REDSHIFT_SERVERLESS = new BackupResourceType('Redshift Serverless');
  /** Amazon S3 general purpose bucket. */
  public static readonly S3 = new BackupResourceType('S3');
  /** SAP HANA database on Amazon EC2. */
  public static readonly SAP_HANA = new BackupResourceType('SAP HANA on Amazon EC2');
  /** AWS Storage Gateway volume. */
  public static readonly STORAGE_GATEWAY = new BackupResourceType('Storage Gateway');
  /** Amazon Timestream for LiveAnalytics table. */
  public static readonly TIMESTREAM = new BackupResourceType('Timestream');
  /** VMware virtual machine. */
  public static readonly VIRTUAL_MACHINE = new BackupResourceType('VirtualMachine');

  /**
   * A kind that this library does not know yet. Rules about a kind do not apply to it.
   *
   * @param name `ResourceType` as AWS Backup shows it on jobs and recovery points
   */
  public static of(name: string): BackupResourceType {
    return new BackupResourceType(name);
  }

  private constructor(
    /** The name that AWS Backup uses (`ResourceType` of a job). */
    public readonly name: string,
  ) {}

  /** The name. */
  public toString(): string {
    return this.name;
  }
}

const GUIDE = 'https://docs.aws.amazon.com/aws-backup/latest/devguide';
const GENERAL = 'service-role/AWSBackupServiceRolePolicyForBackup';
const S3_ONLY = 'AWSBackupServiceRolePolicyForS3Backup';
const INDEXING = 'AWSBackupServiceRolePolicyForIndexing';
const ENCRYPTED = 'only if it is encrypted';

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
const RDS_CLUSTER = { ...ROW, service: 'rds', resource: 'cluster:{cluster}', lowerCaseId: true, stoppable: false } as const;
const CLUSTER_GONE = ['DBCluster {name} not found', 'DBCluster not found: {name}', 'DBClusterNotFoundFault'];
const FSX = { ...ROW, type: 'FSx', service: 'fsx', stoppable: false } as const;
const FILE_SYSTEM = { resource: 'file-system/{fileSystem}', cloudFormation: { 'AWS::FSx::FileSystem': { attribute: 'ResourceARN' } } } as const;
const FILE_SYSTEM_GONE = ["File system '{name}' does not exist", 'File system {name} does not exist', 'FileSystemNotFound'];

/**
 * What each AWS Backup resource type can do: the one place that knows. The meaning of the columns is in `ResourceFacts`.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StopBackupJob.html
 * @internal
 */
export const RESOURCE_TABLE: readonly ResourceFacts[] = [
  {
    ...RDS_CLUSTER, type: 'Aurora',
    cloudFormation: { 'AWS::RDS::DBCluster': { attribute: 'DBClusterArn' } },
    airGapped: 'copy', airGappedNote: ENCRYPTED, gone: CLUSTER_GONE,
  },
  {
    ...ROW, type: 'CloudFormation', service: 'cloudformation', resource: 'stack/{name}/{id}',
    cloudFormation: { 'AWS::CloudFormation::Stack': { refIsArn: true } },
    coldStorage: 'yes', fullManagement: 'unclear',
    gone: ['Stack with id {arn} does not exist', 'Stack [{name}] does not exist'],
    see: `${GUIDE}/applicationstackbackups.html`,
  },
  {
    ...RDS_CLUSTER, type: 'DocumentDB', cloudFormation: { 'AWS::DocDB::DBCluster': {} },
    airGapped: 'copy', airGappedNote: ENCRYPTED, gone: CLUSTER_GONE,
  },
  {
    ...FULL, type: 'DSQL', service: 'dsql', resource: 'cluster/{cluster}',
    cloudFormation: { 'AWS::DSQL::Cluster': { attribute: 'ResourceArn' } },
    coldStorage: 'unclear', gone: ['Cluster {name} not found', 'Cluster {name} does not exist'],
  },
  {
    ...ROW, type: 'DynamoDB', service: 'dynamodb', resource: 'table/{table}',
    cloudFormation: { 'AWS::DynamoDB::Table': { attribute: 'Arn' }, 'AWS::DynamoDB::GlobalTable': { attribute: 'Arn' } },
    coldStorage: 'depends', fullManagement: 'depends', airGapped: 'depends',
    gone: ['Table not found: {name}', 'Table: {name} not found', 'Table {name} not found', 'Table not found.'],
    see: `${GUIDE}/advanced-ddb-backup.html`,
  },
  {
    ...ROW, type: 'EBS', service: 'ec2', resource: 'volume/{volume}', cloudFormation: { 'AWS::EC2::Volume': {} },
    coldStorage: 'archive', airGapped: 'copy', airGappedNote: 'not if it is encrypted with the AWS managed key', index: true, indexPolicies: [INDEXING],
    gone: ["The volume '{name}' does not exist", 'InvalidVolume.NotFound', 'The specified volume was not found'],
    see: `${GUIDE}/multi-volume-crash-consistent.html`,
  },
  {
    ...ROW, type: 'EC2', service: 'ec2', resource: 'instance/{instance}', cloudFormation: { 'AWS::EC2::Instance': {} },
    airGapped: 'copy', airGappedNote: 'not if its volumes are encrypted with the AWS managed key',
    gone: ["The instance ID '{name}' does not exist", 'InvalidInstanceID.NotFound'], see: `${GUIDE}/windows-backups.html`,
  },
  {
    ...FULL, type: 'EFS', service: 'elasticfilesystem', resource: 'file-system/{fileSystem}',
    cloudFormation: { 'AWS::EFS::FileSystem': { attribute: 'Arn' } }, gone: FILE_SYSTEM_GONE,
  },
  {
    ...FULL, type: 'EKS', service: 'eks', resource: 'cluster/{cluster}', cloudFormation: { 'AWS::EKS::Cluster': { attribute: 'Arn' } },
    coldStorage: 'children', airGapped: 'unclear', managedPolicies: [GENERAL, S3_ONLY],
    gone: ['No cluster found for name: {name}'], see: `${GUIDE}/eks-backups.html`,
  },
  { ...FSX, ...FILE_SYSTEM, variant: 'Lustre or Windows', airGapped: 'copy', gone: FILE_SYSTEM_GONE },
  { ...FSX, ...FILE_SYSTEM, variant: 'OpenZFS', coldStorage: 'unclear', gone: FILE_SYSTEM_GONE },
  {
    ...FSX, variant: 'ONTAP volume', resource: 'volume/{fileSystem}/{volume}',
    cloudFormation: {
      'AWS::FSx::Volume': { attribute: 'ResourceARN', notFromPhysicalId: 'the ARN of an FSx volume holds the id of its file system, its physical id does not' },
    },
    gone: ["Volume '{name}' does not exist", 'Volume {name} does not exist', 'VolumeNotFound'],
  },
  {
    ...RDS_CLUSTER, type: 'Neptune', cloudFormation: { 'AWS::Neptune::DBCluster': {} },
    airGapped: 'copy', airGappedNote: ENCRYPTED, gone: CLUSTER_GONE,
  },
  {
    ...ROW, type: 'RDS', variant: 'instance', service: 'rds', resource: 'db:{instance}', lowerCaseId: true, stoppable: false,
    cloudFormation: { 'AWS::RDS::DBInstance': { attribute: 'DBInstanceArn' } },
    gone: ['DBInstance {name} not found', 'DBInstance not found: {name}', 'DBInstanceNotFoundFault'], see: `${GUIDE}/rds-backup.html`,
  },
  {
    ...RDS_CLUSTER, type: 'RDS', variant: 'Multi-AZ DB cluster', cloudFormation: { 'AWS::RDS::DBCluster': { attribute: 'DBClusterArn' } },
    gone: CLUSTER_GONE, see: `${GUIDE}/rds-backup.html`,
  },
  {
    ...ROW, type: 'Redshift', service: 'redshift', resource: 'cluster:{cluster}', cloudFormation: { 'AWS::Redshift::Cluster': {} },
    coldStorage: 'unclear', fullManagement: 'unclear', airGapped: 'unclear', gone: ['Cluster {name} not found', 'ClusterNotFoundFault'],
  },
  {
    ...ROW, type: 'Redshift Serverless', service: 'redshift-serverless', resource: 'namespace/{namespace}',
    cloudFormation: {
      'AWS::RedshiftServerless::Namespace': {
        attribute: 'Namespace.NamespaceArn', notFromPhysicalId: 'the ARN of a namespace holds its id, its physical id is the name',
      },
    },
    fullManagement: 'unclear', gone: ['Namespace {name} not found', 'Namespace {name} does not exist'], see: `${GUIDE}/redshift-serverless-backups.html`,
  },
  {
    ...FULL, type: 'S3', service: 's3', resource: '{bucket}', global: true, cloudFormation: { 'AWS::S3::Bucket': { attribute: 'Arn' } },
    coldStorage: 'no', index: true, managedPolicies: [S3_ONLY],
    gone: ['The specified bucket does not exist', 'NoSuchBucket', 'Bucket {name} does not exist'], see: `${GUIDE}/s3-backups.html`,
  },
  {
    ...FULL, type: 'SAP HANA on Amazon EC2', service: 'ssm-sap', resource: 'HANA/{application}/DB/{database}',
    cloudFormation: {
      'AWS::SystemsManagerSAP::Application': {
        attribute: 'Arn', suffix: '/DB/{database}', notFromPhysicalId: 'an application holds several databases, and its physical id names none of them',
      },
    },
    airGapped: 'no', stoppable: false, gone: [], see: `${GUIDE}/saphana-restore.html`,
  },
  {
    ...ROW, type: 'Storage Gateway', service: 'storagegateway', resource: 'gateway/{gateway}/volume/{volume}', cloudFormation: {},
    airGapped: 'copy', gone: ['The specified volume was not found'],
  },
  {
    ...FULL, type: 'Timestream', service: 'timestream', resource: 'database/{database}/table/{table}',
    cloudFormation: { 'AWS::Timestream::Table': { attribute: 'Arn', separator: '|' } },
    gone: ['The table {name} does not exist', 'Table {name} does not exist'], see: `${GUIDE}/timestream-backup.html`,
  },
  { ...FULL, type: 'VirtualMachine', service: 'backup-gateway', resource: 'vm/{vm}', cloudFormation: {}, gone: [] },
];

/**
 * The rows of a type: several where AWS Backup treats its variants differently, none for a type that is not known.
 *
 * @internal
 */
export function rowsOf(type: string): readonly ResourceFacts[] {
  return RESOURCE_TABLE.filter((row) => row.type === type);
}

/** @internal */
export function rowsOfCloudFormationType(cloudFormationType: string): readonly ResourceFacts[] {
  return RESOURCE_TABLE.filter((row) => cloudFormationType in row.cloudFormation);
}
