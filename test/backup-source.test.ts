import { App, CfnParameter, Fn, Lazy, NestedStack, Resource, Stack, Token } from 'aws-cdk-lib';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as dsql from 'aws-cdk-lib/aws-dsql';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import * as neptune from 'aws-cdk-lib/aws-neptune';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import * as serverless from 'aws-cdk-lib/aws-redshiftserverless';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import * as sap from 'aws-cdk-lib/aws-systemsmanagersap';
import * as timestream from 'aws-cdk-lib/aws-timestream';
import { aws_ec2 as refs } from 'aws-cdk-lib/interfaces';
import { Construct, IConstruct } from 'constructs';
import { BackupSource } from '../src/backup-source';
import { BackupResourceType } from '../src/resource-type';

const ENV = { account: '111111111111', region: 'eu-west-1' };
const PARTITION = { Ref: 'AWS::Partition' };
const key = { name: 'id', type: dynamodb.AttributeType.STRING };
/** An ARN as the template holds it. */
const arn = (service: string, resource: string, ...more: any[]) => ({ 'Fn::Join': ['', ['arn:', PARTITION, `:${service}:${resource}`, ...more]] });
const here = (service: string, resource: string, ...more: any[]) => arn(service, `eu-west-1:111111111111:${resource}`, ...more);

// TableV2 uses what CDK itself has deprecated.
beforeAll(() => { process.env.JSII_DEPRECATED = 'quiet'; });

let app: App;
let stack: Stack;
let other: Stack;
beforeEach(() => {
  app = new App();
  stack = new Stack(app, 'Stack', { env: ENV });
  other = new Stack(app, 'Other', { env: ENV });
});

const vpc = (scope: Construct) => new ec2.Vpc(scope, 'Vpc', { maxAzs: 2, natGateways: 0 });
const isolated = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
const attr = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
const ref = (id: string) => ({ Ref: id });
type Case = [string, (scope: Construct) => BackupSource, string, any, string?];

const engine = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_15_4 });
const importedCluster = { clusterIdentifier: 'Imported' };
const L2: Case[] = [
  ['Table', (s) => BackupSource.fromDynamoDbTable(new dynamodb.Table(s, 'It', { partitionKey: key })), 'DynamoDB', attr('It16E14BEE', 'Arn'), 'AWS::DynamoDB::Table'],
  ['TableV2', (s) => BackupSource.fromDynamoDbTable(new dynamodb.TableV2(s, 'It', { partitionKey: key })), 'DynamoDB', attr('It16E14BEE', 'Arn'), 'AWS::DynamoDB::GlobalTable'],
  ['Bucket', (s) => BackupSource.fromS3Bucket(new s3.Bucket(s, 'It')), 'S3', attr('It16E14BEE', 'Arn'), 'AWS::S3::Bucket'],
  ['FileSystem', (s) => BackupSource.fromEfsFileSystem(new efs.FileSystem(s, 'It', { vpc: vpc(s), vpcSubnets: isolated })), 'EFS', attr('It16E14BEE', 'Arn'), 'AWS::EFS::FileSystem'],
  ['DatabaseInstance', (s) => BackupSource.fromRdsDatabaseInstance(new rds.DatabaseInstance(s, 'It', {
    vpc: vpc(s), vpcSubnets: isolated, engine: rds.DatabaseInstanceEngine.POSTGRES, instanceIdentifier: 'MyDb',
  })), 'RDS', here('rds', 'db:', ref('It16E14BEE')), 'AWS::RDS::DBInstance'],
  ['DatabaseCluster', (s) => BackupSource.fromRdsDatabaseCluster(new rds.DatabaseCluster(s, 'It', {
    vpc: vpc(s), vpcSubnets: isolated, engine, writer: rds.ClusterInstance.serverlessV2('w'),
  })), 'Aurora', here('rds', 'cluster:', ref('It16E14BEE')), 'AWS::RDS::DBCluster'],
  ['Volume', (s) => BackupSource.fromEbsVolume(new ec2.Volume(s, 'It', { availabilityZone: 'eu-west-1a', snapshotId: 'snap-12345678' })),
    'EBS', here('ec2', 'volume/', ref('It16E14BEE')), 'AWS::EC2::Volume'],
  ['Instance', (s) => BackupSource.fromEc2Instance(new ec2.Instance(s, 'It', {
    vpc: vpc(s), vpcSubnets: isolated, instanceType: new ec2.InstanceType('t3.large'), machineImage: ec2.MachineImage.genericLinux({ 'eu-west-1': 'ami-1' }),
  })), 'EC2', here('ec2', 'instance/', ref('It16E14BEE')), 'AWS::EC2::Instance'],
  ['DocumentDB DatabaseCluster', (s) => BackupSource.fromDocDbCluster(new docdb.DatabaseCluster(s, 'It', {
    vpc: vpc(s), vpcSubnets: isolated, masterUser: { username: 'u' }, instanceType: new ec2.InstanceType('r5.large'),
  })), 'DocumentDB', here('rds', 'cluster:', ref('It16E14BEE')), 'AWS::DocDB::DBCluster'],
];
const rdsCluster = (s: Construct, engineName?: string) => new rds.CfnDBCluster(s, 'It', { engine: engineName });
const L1: Case[] = [
  ['CfnTable', (s) => BackupSource.fromDynamoDbTable(new dynamodb.CfnTable(s, 'It', { keySchema: [] })), 'DynamoDB', attr('It', 'Arn'), 'AWS::DynamoDB::Table'],
  ['CfnBucket', (s) => BackupSource.fromS3Bucket(new s3.CfnBucket(s, 'It')), 'S3', attr('It', 'Arn'), 'AWS::S3::Bucket'],
  ['CfnFileSystem', (s) => BackupSource.fromEfsFileSystem(new efs.CfnFileSystem(s, 'It')), 'EFS', attr('It', 'Arn'), 'AWS::EFS::FileSystem'],
  ['CfnDBInstance', (s) => BackupSource.fromRdsDatabaseInstance(new rds.CfnDBInstance(s, 'It')), 'RDS', attr('It', 'DBInstanceArn'), 'AWS::RDS::DBInstance'],
  ['CfnDBCluster of Aurora', (s) => BackupSource.fromRdsDatabaseCluster(rdsCluster(s, 'aurora-mysql')), 'Aurora', attr('It', 'DBClusterArn'), 'AWS::RDS::DBCluster'],
  ['CfnDBCluster of RDS', (s) => BackupSource.fromRdsDatabaseCluster(rdsCluster(s, 'postgres')), 'RDS', attr('It', 'DBClusterArn'), 'AWS::RDS::DBCluster'],
  ['CfnInstance', (s) => BackupSource.fromEc2Instance(new ec2.CfnInstance(s, 'It')), 'EC2', here('ec2', 'instance/', ref('It')), 'AWS::EC2::Instance'],
  ['CfnVolume', (s) => BackupSource.fromEbsVolume(new ec2.CfnVolume(s, 'It', { availabilityZone: 'a' })), 'EBS', here('ec2', 'volume/', ref('It')), 'AWS::EC2::Volume'],
  ['CfnDBCluster of DocumentDB', (s) => BackupSource.fromDocDbCluster(new docdb.CfnDBCluster(s, 'It')), 'DocumentDB', here('rds', 'cluster:', ref('It')), 'AWS::DocDB::DBCluster'],
  ['CfnDBCluster of Neptune', (s) => BackupSource.fromNeptuneCluster(new neptune.CfnDBCluster(s, 'It')), 'Neptune', here('rds', 'cluster:', ref('It')), 'AWS::Neptune::DBCluster'],
  ['CfnCluster of Redshift', (s) => BackupSource.fromRedshiftCluster(new redshift.CfnCluster(s, 'It', { clusterType: 'c', dbName: 'd', masterUsername: 'u', nodeType: 'n' })),
    'Redshift', here('redshift', 'cluster:', ref('It')), 'AWS::Redshift::Cluster'],
  ['CfnTable of Timestream', (s) => BackupSource.fromTimestreamTable(new timestream.CfnTable(s, 'It', { databaseName: 'd' })), 'Timestream', attr('It', 'Arn'), 'AWS::Timestream::Table'],
  ['CfnCluster of EKS', (s) => BackupSource.fromEksCluster(new eks.CfnCluster(s, 'It', { roleArn: 'r', resourcesVpcConfig: { subnetIds: [] } })), 'EKS', attr('It', 'Arn'), 'AWS::EKS::Cluster'],
  ['CfnCluster of DSQL', (s) => BackupSource.fromDsqlCluster(new dsql.CfnCluster(s, 'It')), 'DSQL', here('dsql', 'cluster/', ref('It')), 'AWS::DSQL::Cluster'],
];
const CONSTRUCTS: Case[] = ([
  ['FSx for Lustre', (s) => new fsx.LustreFileSystem(s, 'It', {
    vpc: vpc(s),
    vpcSubnet: new ec2.PrivateSubnet(s, 'Subnet', { vpcId: 'v', availabilityZone: 'a', cidrBlock: '10.0.0.0/24' }),
    storageCapacityGiB: 1200,
    lustreConfiguration: { deploymentType: fsx.LustreDeploymentType.SCRATCH_2 },
  }), 'FSx', attr('It16E14BEE', 'ResourceARN'), 'AWS::FSx::FileSystem'],
  ['an ONTAP volume', (s) => new fsx.CfnVolume(s, 'It', { name: 'v' }), 'FSx', attr('It', 'ResourceARN'), 'AWS::FSx::Volume'],
  ['a namespace', (s) => new serverless.CfnNamespace(s, 'It', { namespaceName: 'n' }), 'Redshift Serverless', attr('It', 'Namespace.NamespaceArn'), 'AWS::RedshiftServerless::Namespace'],
  ['a global table', (s) => new dynamodb.CfnGlobalTable(s, 'It', { keySchema: [], attributeDefinitions: [], replicas: [] }), 'DynamoDB', attr('It', 'Arn'), 'AWS::DynamoDB::GlobalTable'],
  ['a volume', (s) => new ec2.CfnVolume(s, 'It', { availabilityZone: 'a' }), 'EBS', here('ec2', 'volume/', ref('It')), 'AWS::EC2::Volume'],
  ['a nested stack', (s) => new NestedStack(s, 'It').nestedStackResource!, 'CloudFormation', ref('ItNestedStackItNestedStackResource2FECC923'), 'AWS::CloudFormation::Stack'],
  ['a table', (s) => new dynamodb.Table(s, 'It', { partitionKey: key }), 'DynamoDB', attr('It16E14BEE', 'Arn'), 'AWS::DynamoDB::Table'],
] as [string, (s: Construct) => IConstruct, string, any, string][])
  .map(([name, make, ...rest]) => [name, (s) => BackupSource.fromConstruct(make(s)), ...rest]);
const IMPORTED: Case[] = [
  ['a table by ARN', (s) => BackupSource.fromDynamoDbTable(dynamodb.Table.fromTableArn(s, 'It', 'arn:aws:dynamodb:us-east-1:222222222222:table/t')),
    'DynamoDB', 'arn:aws:dynamodb:us-east-1:222222222222:table/t'],
  ['a table by name', (s) => BackupSource.fromDynamoDbTable(dynamodb.Table.fromTableName(s, 'It', 't')), 'DynamoDB', here('dynamodb', 'table/t')],
  ['a bucket', (s) => BackupSource.fromS3Bucket(s3.Bucket.fromBucketName(s, 'It', 'receipts')), 'S3', arn('s3', '::receipts')],
  ['a file system', (s) => BackupSource.fromEfsFileSystem(efs.FileSystem.fromFileSystemAttributes(s, 'It', {
    fileSystemId: 'fs-1', securityGroup: ec2.SecurityGroup.fromSecurityGroupId(s, 'Sg', 'sg-1'),
  })), 'EFS', here('elasticfilesystem', 'file-system/fs-1')],
  ['an instance whose name has capitals', (s) => BackupSource.fromRdsDatabaseInstance(rds.DatabaseInstance.fromDatabaseInstanceAttributes(s, 'It', {
    instanceIdentifier: 'MyDb', instanceEndpointAddress: 'a', port: 1, securityGroups: [],
  })), 'RDS', here('rds', 'db:mydb')],
  ['a cluster with its engine', (s) => BackupSource.fromRdsDatabaseCluster(rds.DatabaseCluster.fromDatabaseClusterAttributes(s, 'It', { ...importedCluster, engine })),
    'Aurora', here('rds', 'cluster:imported')],
  ['a DocumentDB cluster', (s) => BackupSource.fromDocDbCluster(docdb.DatabaseCluster.fromDatabaseClusterAttributes(s, 'It', importedCluster)),
    'DocumentDB', here('rds', 'cluster:imported')],
  ['a volume', (s) => BackupSource.fromEbsVolume(ec2.Volume.fromVolumeAttributes(s, 'It', { volumeId: 'vol-1', availabilityZone: 'a' })), 'EBS', here('ec2', 'volume/vol-1')],
  ['an EC2 instance', (s) => BackupSource.fromEc2Instance(ec2.CfnInstance.fromInstanceId(s, 'It', 'i-1')), 'EC2', here('ec2', 'instance/i-1')],
  ['an EKS cluster', (s) => BackupSource.fromEksCluster(eks.CfnCluster.fromClusterName(s, 'It', 'c')), 'EKS', here('eks', 'cluster/c')],
  ['a DSQL cluster', (s) => BackupSource.fromDsqlCluster(dsql.CfnCluster.fromIdentifier(s, 'It', 'c')), 'DSQL', here('dsql', 'cluster/c')],
];

describe('a source from', () => {
  test.each([...L2, ...L1, ...CONSTRUCTS, ...IMPORTED].map((each) => [each[0], each] as const))('%s', (_, [, make, type, expected, cloudFormationType]) => {
    const source = make(stack);
    expect(source.resourceType?.name).toBe(type);
    expect(stack.resolve(source.resourceArn)).toEqual(expected);
    expect(source.cfnResource?.cfnResourceType).toBe(cloudFormationType);
  });
});

describe('a source of another stack, from', () => {
  test.each([...L2, ...L1, ...CONSTRUCTS])('%s, is a reference', (_, make, type) => {
    const source = make(other);
    expect(source.resourceType?.name).toBe(type);
    new sns.CfnTopic(stack, 'Topic', { displayName: source.resourceArn });
    const assembly = app.synth();
    expect(JSON.stringify(assembly.getStackByName('Stack').template)).toMatch(/Fn::ImportValue":"Other:ExportsOutput/);
  });
});

test('a resource lives where its construct says, not where it was imported', () => {
  const imported = s3.Bucket.fromBucketAttributes(stack, 'B', { bucketName: 'receipts', region: 'us-east-1', account: '222222222222' });
  expect(BackupSource.fromS3Bucket(imported)._environment).toEqual({ account: '222222222222', region: 'us-east-1' });
  class ForeignVolume extends Resource implements refs.IVolumeRef {
    public readonly volumeRef = { volumeId: 'vol-1' };
  }
  const volume = new ForeignVolume(stack, 'V', { account: '222222222222', region: 'us-east-1' });
  expect(stack.resolve(BackupSource.fromEbsVolume(volume).resourceArn)).toEqual(arn('ec2', 'us-east-1:222222222222:volume/vol-1'));
});

describe('the type of a cluster', () => {
  test.each<[string | undefined, string | undefined]>([
    ['aurora', 'Aurora'], ['aurora-postgresql', 'Aurora'], ['mysql', 'RDS'], ['postgres', 'RDS'], ['neptune', 'Neptune'], ['docdb', 'DocumentDB'],
    ['newer', undefined], [undefined, undefined],
  ])('of engine %p is %p', (engineName, type) => {
    expect(BackupSource.fromRdsDatabaseCluster(rdsCluster(stack, engineName)).resourceType?.name).toBe(type);
  });
  test('is not known from a token', () => {
    expect(BackupSource.fromRdsDatabaseCluster(rdsCluster(stack, new CfnParameter(stack, 'P').valueAsString)).resourceType).toBeUndefined();
  });
  test('is not known of an imported one without an engine', () => {
    const source = BackupSource.fromRdsDatabaseCluster(rds.DatabaseCluster.fromDatabaseClusterAttributes(stack, 'It', importedCluster));
    expect(source.resourceType).toBeUndefined();
  });
});

describe('fromConstruct', () => {
  test('refuses what has no resource', () => {
    expect(() => BackupSource.fromConstruct(s3.Bucket.fromBucketName(stack, 'B', 'receipts'))).toThrow(
      /^Stack\/B: 1 problem\n.*construct: got a construct without a CloudFormation resource\. What is imported .* Use the factory for its type, or BackupSource\.fromArn\(\)\./);
  });
  test('refuses what AWS Backup cannot back up', () => {
    expect(() => BackupSource.fromConstruct(new sns.Topic(stack, 'T'))).toThrow(
      /^Stack\/T: 1 problem\n.*construct: got AWS::SNS::Topic\. .* These are: AWS::CloudFormation::Stack, AWS::DSQL::Cluster, .*AWS::Timestream::Table\. If AWS Backup can back it up all the same, use BackupSource\.fromArn\(\) with its ARN and resource type\./);
  });
  test('refuses what only holds a resource', () => {
    const application = new sap.CfnApplication(stack, 'A', { applicationId: 'a', applicationType: 'HANA' });
    expect(() => BackupSource.fromConstruct(application)).toThrow(/got AWS::SystemsManagerSAP::Application\. .*These are: (?!.*SystemsManagerSAP)/);
  });
});

describe('fromArn knows the type', () => {
  const literals: [string, string | undefined][] = [
    ['arn:aws:dynamodb:eu-west-1:111111111111:table/t', 'DynamoDB'],
    ['arn:aws:dynamodb:eu-west-1:111111111111:table/t/index/i', 'DynamoDB'],
    ['arn:aws:s3:::b', 'S3'],
    ['arn:aws:elasticfilesystem:eu-west-1:111111111111:file-system/fs-1', 'EFS'],
    ['arn:aws:ec2:eu-west-1:111111111111:volume/vol-1', 'EBS'],
    ['arn:aws:ec2:eu-west-1:111111111111:instance/i-1', 'EC2'],
    ['arn:aws:ec2:eu-west-1:111111111111:snapshot/snap-1', undefined],
    ['arn:aws:rds:eu-west-1:111111111111:db:d', 'RDS'],
    ['arn:aws:rds:eu-west-1:111111111111:cluster:c', undefined],
    ['arn:aws:fsx:eu-west-1:111111111111:volume/fs-1/fsvol-1', 'FSx'],
    ['arn:aws:storagegateway:eu-west-1:111111111111:gateway/g/volume/v', 'Storage Gateway'],
    ['arn:aws:timestream:eu-west-1:111111111111:database/d/table/t', 'Timestream'],
    ['arn:aws:cloudformation:eu-west-1:111111111111:stack/s/id', 'CloudFormation'],
    ['arn:aws:redshift:eu-west-1:111111111111:cluster:c', 'Redshift'],
    ['arn:aws:redshift-serverless:eu-west-1:111111111111:namespace/n', 'Redshift Serverless'],
    ['arn:aws:eks:eu-west-1:111111111111:cluster/c', 'EKS'],
    ['arn:aws:ssm-sap:eu-west-1:111111111111:HANA/a/DB/d', 'SAP HANA on Amazon EC2'],
    ['arn:aws:backup-gateway:eu-west-1:111111111111:vm/vm-1', 'VirtualMachine'],
    ['arn:aws:dsql:eu-west-1:111111111111:cluster/c', 'DSQL'],
    ['arn:aws:sqs:eu-west-1:111111111111:q', undefined],
    ['orders', undefined],
    ['', undefined],
  ];
  test.each(literals)('of %s', (text, type) => expect(BackupSource.fromArn(text).resourceType?.name).toBe(type));

  const table = () => new dynamodb.Table(stack, 'T', { partitionKey: key, stream: dynamodb.StreamViewType.KEYS_ONLY });
  const cluster = (name?: string) => rdsCluster(stack, name);
  const behind: [string, () => string, string | undefined, string?][] = [
    ['an attribute', () => table().tableArn, 'DynamoDB', 'AWS::DynamoDB::Table'],
    ['an attribute of an L1', () => new timestream.CfnTable(stack, 'T', { databaseName: 'd' }).attrArn, 'Timestream', 'AWS::Timestream::Table'],
    ['a Ref', () => new NestedStack(stack, 'N').nestedStackResource!.ref, 'CloudFormation', 'AWS::CloudFormation::Stack'],
    ['a Ref in a text', () => `arn:aws:rds:eu-west-1:111111111111:cluster:${cluster('aurora-mysql').ref}`, 'Aurora', 'AWS::RDS::DBCluster'],
    ['a Ref of DocumentDB in a text', () => `arn:aws:rds:eu-west-1:111111111111:cluster:${new docdb.CfnDBCluster(stack, 'C').ref}`, 'DocumentDB', 'AWS::DocDB::DBCluster'],
    ['a Ref in a text of tokens', () => `arn:${stack.partition}:ec2:${Stack.of(stack).region}:${stack.account}:${new ec2.CfnVolume(stack, 'V', { availabilityZone: 'a' }).ref}`,
      'EBS', 'AWS::EC2::Volume'],
    ['a Lazy', () => { const { tableArn } = table(); return Lazy.string({ produce: () => tableArn }); }, 'DynamoDB', 'AWS::DynamoDB::Table'],
    ['a Lazy in a Lazy', () => {
      const { tableArn } = table();
      return Lazy.string({ produce: () => `${Lazy.uncachedString({ produce: () => tableArn })}` });
    }, 'DynamoDB', 'AWS::DynamoDB::Table'],
    ['a Lazy of a reference', () => {
      const { tableArn } = table();
      return Token.asString(Lazy.any({ produce: () => Token.asAny(tableArn) }));
    }, 'DynamoDB', 'AWS::DynamoDB::Table'],
    ['a Lazy that fails', () => Lazy.string({ produce: () => { throw new Error('not yet'); } }), undefined],
    ['a Lazy without end', () => { const text: string = Lazy.string({ produce: () => text }); return text; }, undefined],
    ['another stack', () => new dynamodb.Table(other, 'T', { partitionKey: key }).tableArn, 'DynamoDB', 'AWS::DynamoDB::Table'],
    ['a literal service before a reference of another one', () => `arn:aws:s3:::${table().tableName}`, 'S3'],
    ['the ARN of an SAP application with a database', () => `${new sap.CfnApplication(stack, 'A', { applicationId: 'a', applicationType: 'HANA' }).attrArn}/DB/HDB`,
      'SAP HANA on Amazon EC2', 'AWS::SystemsManagerSAP::Application'],
    ['a cluster of an unknown engine', () => cluster().attrDbClusterArn, undefined, 'AWS::RDS::DBCluster'],
    ['a resource that cannot be backed up', () => new sns.CfnTopic(stack, 'T').attrTopicArn, undefined, 'AWS::SNS::Topic'],
    ['an import', () => Fn.importValue('x'), undefined],
    ['a parameter', () => new CfnParameter(stack, 'P').valueAsString, undefined],
    ['an SSM parameter', () => ssm.StringParameter.valueForStringParameter(stack, 'p'), undefined],
    ['a substitution', () => Fn.sub('${x}'), undefined],
    ['an attribute by name', () => Fn.getAtt('x', 'Arn').toString(), undefined],
    ['a service that is a token', () => `arn:aws:${new CfnParameter(stack, 'P').valueAsString}:eu-west-1:111111111111:table/t`, undefined],
  ];
  test.each(behind.map((each) => [each[0], each] as const))('behind %s', (_, [, make, type, cloudFormationType]) => {
    const source = BackupSource.fromArn(make());
    expect(source.resourceType?.name).toBe(type);
    expect(source.cfnResource?.cfnResourceType).toBe(cloudFormationType);
  });

  test('unless it is said', () => {
    const source = BackupSource.fromArn(Fn.importValue('x'), BackupResourceType.S3);
    expect(source.resourceType).toBe(BackupResourceType.S3);
    expect(stack.resolve(source.resourceArn)).toEqual({ 'Fn::ImportValue': 'x' });
  });

  test('and keeps what it was given, but for capitals that AWS does not store', () => {
    expect(BackupSource.fromArn('arn:aws:dynamodb:eu-west-1:111111111111:table/Orders').resourceArn).toBe('arn:aws:dynamodb:eu-west-1:111111111111:table/Orders');
    expect(BackupSource.fromArn('arn:aws:rds:eu-west-1:111111111111:db:MyDb').resourceArn).toBe('arn:aws:rds:eu-west-1:111111111111:db:mydb');
    const name = new CfnParameter(stack, 'Name').valueAsString;
    expect(stack.resolve(BackupSource.fromArn(`arn:aws:rds:eu-west-1:111111111111:db:My${name}`).resourceArn)).toEqual(
      { 'Fn::Join': ['', ['arn:aws:rds:eu-west-1:111111111111:db:My', { Ref: 'Name' }]] });
  });
});

test('fromCloudFormationStack takes the id of another stack', () => {
  const source = BackupSource.fromCloudFormationStack(other.stackId);
  expect(source.resourceType).toBe(BackupResourceType.CLOUDFORMATION);
  const nested = new NestedStack(stack, 'Nested');
  expect(BackupSource.fromCloudFormationStack(nested.nestedStackResource!.ref).cfnResource).toBe(nested.nestedStackResource);
});
