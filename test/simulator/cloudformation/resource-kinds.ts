import { Random } from '../random';

/** What a physical resource is made from. */
export interface Making {
  readonly type: string;
  readonly stackName: string;
  readonly logicalId: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly random: Random;
}

type Text = (making: Making, physicalId: string) => string;

export interface Kind {
  /** Property that names the resource; a change of it is a replacement. */
  readonly name?: string;
  /** Physical id where nothing names it; `<stack>-<logical id>-<suffix>` unless said. */
  readonly id?: (making: Making) => string;
  /** Makes the physical id of the name. */
  readonly idOfName?: Text;
  readonly attributes?: Readonly<Record<string, Text>>;
  /** Properties whose change is a replacement. */
  readonly replaced?: readonly string[];
  /** Holds data that can be backed up: its ARN. */
  readonly source?: Text;
  /** Seconds that a step takes. */
  readonly seconds?: readonly [number, number];
}

export const arn = (service: string, resource: (id: string, making: Making) => string): Text => (making, id) =>
  `arn:${making.partition}:${service}:${making.region}:${making.accountId}:${resource(id, making)}`;
const hexId = (prefix: string) => (making: Making): string => `${prefix}-0${making.random.hex(16)}`;
const lower = (making: Making): string => generated(making).toLowerCase();
const endpoint = (middle: string): Text => (making, id) => `${id}.${middle}-${making.random.fork(id).hex(12)}.${making.region}.rds.amazonaws.com`;
const text = (key: string, otherwise: string): Text => (making) => String(making.properties[key] ?? otherwise);

const table = arn('dynamodb', (id) => `table/${id}`);
const bucket: Text = (making, id) => `arn:${making.partition}:s3:::${id}`;
const cluster = arn('rds', (id) => `cluster:${id}`);
const instance = arn('rds', (id) => `db:${id}`);
const volume = arn('ec2', (id) => `volume/${id}`);
const server = arn('ec2', (id) => `instance/${id}`);
const fileSystem = arn('elasticfilesystem', (id) => `file-system/${id}`);
const redshift = arn('redshift', (_, making) => `namespace:${making.random.fork('namespace').uuid()}`);

const clusterKind: Kind = {
  name: 'DBClusterIdentifier',
  id: lower,
  seconds: [60, 300],
  source: cluster,
  attributes: {
    'DBClusterArn': cluster,
    'DBClusterResourceId': (making, id) => `cluster-${making.random.fork(id).suffix(26)}`,
    'ClusterResourceId': (making, id) => `cluster-${making.random.fork(id).suffix(26)}`,
    'Endpoint.Address': endpoint('cluster'),
    'Endpoint.Port': text('Port', '3306'),
    'Endpoint': endpoint('cluster'),
    'Port': text('Port', '3306'),
    'ReadEndpoint.Address': endpoint('cluster-ro'),
  },
  replaced: ['DatabaseName', 'KmsKeyId', 'StorageEncrypted', 'SnapshotIdentifier', 'DBSubnetGroupName', 'EngineMode', 'AvailabilityZones',
    'SourceDBClusterIdentifier', 'UseLatestRestorableTime', 'MasterUsername'],
};

/** As far as a type's names, attributes and replacements matter to anybody here. Every other type is made up plausibly. */
export const KINDS: Readonly<Record<string, Kind>> = {
  'AWS::DynamoDB::Table': {
    name: 'TableName',
    seconds: [5, 30],
    source: table,
    attributes: { Arn: table, StreamArn: (making, id) => `${table(making, id)}/stream/2026-01-01T00:00:00.000` },
    replaced: ['KeySchema', 'LocalSecondaryIndexes', 'ImportSourceSpecification'],
  },
  'AWS::DynamoDB::GlobalTable': {
    name: 'TableName',
    seconds: [5, 30],
    source: table,
    attributes: { Arn: table, TableId: (making, id) => making.random.fork(id).uuid(), StreamArn: (making, id) => `${table(making, id)}/stream/2026-01-01T00:00:00.000` },
    replaced: ['KeySchema', 'LocalSecondaryIndexes'],
  },
  'AWS::S3::Bucket': {
    name: 'BucketName',
    id: lower,
    seconds: [1, 20],
    source: bucket,
    attributes: {
      Arn: bucket,
      DomainName: (_, id) => `${id}.s3.amazonaws.com`,
      RegionalDomainName: (making, id) => `${id}.s3.${making.region}.amazonaws.com`,
    },
  },
  'AWS::RDS::DBCluster': clusterKind,
  'AWS::Neptune::DBCluster': clusterKind,
  'AWS::DocDB::DBCluster': clusterKind,
  'AWS::RDS::DBInstance': {
    name: 'DBInstanceIdentifier',
    id: lower,
    seconds: [60, 400],
    source: instance,
    attributes: {
      'DBInstanceArn': instance,
      'DbiResourceId': (making, id) => `db-${making.random.fork(id).suffix(26)}`,
      'Endpoint.Address': endpoint('db'),
      'Endpoint.Port': text('Port', '3306'),
    },
    replaced: ['DBName', 'KmsKeyId', 'StorageEncrypted', 'DBSubnetGroupName', 'Engine', 'MasterUsername', 'AvailabilityZone', 'CharacterSetName',
      'DBSnapshotIdentifier', 'SourceDBInstanceIdentifier', 'DBClusterIdentifier'],
  },
  'AWS::EFS::FileSystem': {
    id: hexId('fs'),
    seconds: [5, 20],
    source: fileSystem,
    attributes: { Arn: fileSystem, FileSystemId: (_, id) => id },
    replaced: ['Encrypted', 'KmsKeyId', 'PerformanceMode', 'AvailabilityZoneName'],
  },
  'AWS::EC2::Volume': {
    id: hexId('vol'),
    seconds: [2, 15],
    source: volume,
    attributes: { VolumeId: (_, id) => id },
    replaced: ['AvailabilityZone', 'Encrypted', 'KmsKeyId', 'SnapshotId', 'MultiAttachEnabled', 'OutpostArn'],
  },
  'AWS::EC2::Instance': {
    id: hexId('i'),
    seconds: [15, 60],
    source: server,
    attributes: { InstanceId: (_, id) => id, PrivateIp: () => '10.0.0.10', AvailabilityZone: (making) => `${making.region}a` },
    replaced: ['ImageId', 'SubnetId', 'KeyName', 'AvailabilityZone', 'NetworkInterfaces', 'LaunchTemplate', 'PrivateIpAddress', 'SecurityGroups'],
  },
  'AWS::Redshift::Cluster': {
    name: 'ClusterIdentifier',
    id: lower,
    seconds: [60, 300],
    source: arn('redshift', (id) => `cluster:${id}`),
    attributes: { 'ClusterNamespaceArn': redshift, 'Endpoint.Address': endpoint('cluster'), 'Endpoint.Port': () => '5439' },
    replaced: ['DBName', 'MasterUsername', 'KmsKeyId', 'ClusterSubnetGroupName', 'SnapshotIdentifier'],
  },
  'AWS::Timestream::Table': {
    seconds: [2, 10],
    id: (making) => `${String(making.properties.DatabaseName)}|${String(making.properties.TableName ?? generated(making))}`,
    source: arn('timestream', (id) => `database/${id.replace('|', '/table/')}`),
    attributes: { Arn: arn('timestream', (id) => `database/${id.replace('|', '/table/')}`), Name: (_, id) => id.split('|')[1] },
    replaced: ['DatabaseName', 'TableName'],
  },
  'AWS::EKS::Cluster': {
    name: 'Name',
    seconds: [300, 900],
    source: arn('eks', (id) => `cluster/${id}`),
    attributes: { Arn: arn('eks', (id) => `cluster/${id}`) },
    replaced: ['RoleArn', 'ResourcesVpcConfig', 'EncryptionConfig'],
  },
  'AWS::DSQL::Cluster': {
    id: (making) => making.random.hex(26),
    seconds: [10, 60],
    source: arn('dsql', (id) => `cluster/${id}`),
    attributes: { ResourceArn: arn('dsql', (id) => `cluster/${id}`), Identifier: (_, id) => id },
  },
  'AWS::FSx::FileSystem': {
    id: hexId('fs'),
    seconds: [60, 300],
    source: arn('fsx', (id) => `file-system/${id}`),
    attributes: { ResourceARN: arn('fsx', (id) => `file-system/${id}`) },
    replaced: ['FileSystemType', 'SubnetIds', 'KmsKeyId', 'BackupId'],
  },
  'AWS::FSx::Volume': {
    id: hexId('fsvol'),
    seconds: [30, 100],
    source: arn('fsx', (id) => `volume/${id}`),
    attributes: { ResourceARN: arn('fsx', (id) => `volume/${id}`), VolumeId: (_, id) => id, UUID: (making) => making.random.fork('uuid').uuid() },
    replaced: ['VolumeType', 'BackupId'],
  },
  'AWS::RedshiftServerless::Namespace': {
    name: 'NamespaceName',
    seconds: [20, 100],
    source: (making, id) => arn('redshift-serverless', () => `namespace/${making.random.fork(id).uuid()}`)(making, id),
    attributes: {
      'Namespace.NamespaceArn': (making, id) => arn('redshift-serverless', () => `namespace/${making.random.fork(id).uuid()}`)(making, id),
      'Namespace.NamespaceName': (_, id) => id,
    },
  },
  'AWS::Backup::BackupVault': {
    name: 'BackupVaultName',
    attributes: { BackupVaultArn: arn('backup', (id) => `backup-vault:${id}`), BackupVaultName: (_, id) => id },
    replaced: ['EncryptionKeyArn'],
  },
  'AWS::Backup::LogicallyAirGappedBackupVault': {
    name: 'BackupVaultName',
    attributes: { BackupVaultArn: arn('backup', (id) => `backup-vault:${id}`), BackupVaultName: (_, id) => id },
    replaced: ['MinRetentionDays', 'MaxRetentionDays', 'EncryptionKeyArn'],
  },
  'AWS::IAM::Role': {
    name: 'RoleName',
    seconds: [8, 20],
    attributes: { Arn: (making, id) => iam(making, `role${String(making.properties.Path ?? '/')}${id}`), RoleId: (making, id) => `AROA${making.random.fork(id).suffix(17)}` },
    replaced: ['Path'],
  },
  'AWS::IAM::ManagedPolicy': {
    name: 'ManagedPolicyName',
    idOfName: (making, id) => iam(making, `policy${String(making.properties.Path ?? '/')}${id}`),
    seconds: [8, 20],
    attributes: { PolicyArn: (_, id) => id },
    replaced: ['Path', 'Description'],
  },
  'AWS::IAM::Policy': { id: (making) => `${making.stackName.slice(0, 5)}-${making.logicalId.slice(0, 5)}-${making.random.suffix(12)}`, seconds: [8, 20] },
  'AWS::IAM::User': { name: 'UserName', attributes: { Arn: (making, id) => iam(making, `user/${id}`) } },
  'AWS::Lambda::Function': {
    name: 'FunctionName',
    seconds: [3, 12],
    attributes: { Arn: arn('lambda', (id) => `function:${id}`) },
    replaced: ['PackageType'],
  },
  'AWS::Lambda::Version': {
    id: (making) => `${functionArn(making)}:${making.random.between(1, 999)}`,
    attributes: { Version: (_, id) => id.split(':').pop() ?? '1', FunctionArn: (_, id) => id },
    replaced: ['FunctionName', 'CodeSha256', 'Description'],
  },
  'AWS::Lambda::Alias': { id: (making) => `${functionArn(making)}:${String(making.properties.Name)}`, replaced: ['Name', 'FunctionName'] },
  'AWS::Logs::LogGroup': { name: 'LogGroupName', attributes: { Arn: arn('logs', (id) => `log-group:${id}:*`) } },
  'AWS::StepFunctions::StateMachine': {
    name: 'StateMachineName',
    idOfName: arn('states', (id) => `stateMachine:${id}`),
    attributes: { Arn: (_, id) => id, Name: (_, id) => id.split(':').pop() ?? id },
    replaced: ['StateMachineType'],
  },
  'AWS::SNS::Topic': { name: 'TopicName', idOfName: arn('sns', (id) => id), attributes: { TopicArn: (_, id) => id, TopicName: (_, id) => id.split(':').pop() ?? id } },
  'AWS::SQS::Queue': {
    name: 'QueueName',
    idOfName: (making, id) => `https://sqs.${making.region}.amazonaws.com/${making.accountId}/${id}`,
    attributes: { Arn: arn('sqs', (id) => id.split('/').pop() ?? id), QueueName: (_, id) => id.split('/').pop() ?? id, QueueUrl: (_, id) => id },
  },
  'AWS::SSM::Parameter': { name: 'Name', attributes: { Value: text('Value', ''), Type: text('Type', 'String') } },
  'AWS::KMS::Key': { id: (making) => making.random.uuid(), attributes: { Arn: arn('kms', (id) => `key/${id}`), KeyId: (_, id) => id } },
  'AWS::SecretsManager::Secret': { name: 'Name', idOfName: (making, id) => arn('secretsmanager', () => `secret:${id}-${making.random.suffix(6)}`)(making, id), attributes: { Id: (_, id) => id } },
  'AWS::EC2::VPC': { id: hexId('vpc'), attributes: { VpcId: (_, id) => id, CidrBlock: text('CidrBlock', '10.0.0.0/16') }, replaced: ['CidrBlock'] },
  'AWS::EC2::Subnet': { id: hexId('subnet'), attributes: { SubnetId: (_, id) => id, AvailabilityZone: text('AvailabilityZone', 'a') }, replaced: ['CidrBlock', 'VpcId', 'AvailabilityZone'] },
  'AWS::EC2::SecurityGroup': { id: hexId('sg'), attributes: { GroupId: (_, id) => id }, replaced: ['GroupName', 'GroupDescription', 'VpcId'] },
};

function iam(making: Making, resource: string): string {
  return `arn:${making.partition}:iam::${making.accountId}:${resource}`;
}

function functionArn(making: Making): string {
  const name = String(making.properties.FunctionName);
  return name.startsWith('arn:') ? name : arn('lambda', () => `function:${name}`)(making, name);
}

/** As CloudFormation names what has no name. */
export function generated(making: Making): string {
  return `${making.stackName.slice(0, 24)}-${making.logicalId.slice(0, 24)}-${making.random.suffix()}`;
}
