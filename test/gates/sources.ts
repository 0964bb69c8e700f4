import { CfnResource, Duration, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as dsql from 'aws-cdk-lib/aws-dsql';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as neptune from 'aws-cdk-lib/aws-neptune';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3n from 'aws-cdk-lib/aws-s3-notifications';
import * as timestream from 'aws-cdk-lib/aws-timestream';
import { IConstruct } from 'constructs';

/** A resource that AWS Backup can back up, with what applications put around it. */
export interface SourceKind {
  readonly name: string;
  readonly create: (stack: Stack) => IConstruct;
  /** Permissions and events in every direction between the source and a function. */
  readonly connect?: (source: any, fn: lambda.Function) => void;
}

const DESTROY = { removalPolicy: RemovalPolicy.DESTROY } as const;
const KEY = { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } };
const SMALL = ec2.InstanceType.of(ec2.InstanceClass.T3, ec2.InstanceSize.MEDIUM);

/** One network for a stack. */
function vpcOf(stack: Stack): ec2.Vpc {
  return (stack.node.tryFindChild('Vpc') as ec2.Vpc | undefined) ?? new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
}

function network(stack: Stack) {
  return { vpc: vpcOf(stack), vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } };
}

/** Everything in aws-cdk-lib that can be guarded: L2 constructs where there are some, else L1. */
export const SOURCE_KINDS: readonly SourceKind[] = [
  {
    name: 'Table',
    create: (stack) => new dynamodb.Table(stack, 'Source', {
      ...KEY, ...DESTROY, stream: dynamodb.StreamViewType.NEW_IMAGE, encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
    }),
    connect: (table: dynamodb.Table, fn) => {
      table.grantReadWriteData(fn);
      table.grantStreamRead(fn);
      table.addToResourcePolicy(new iam.PolicyStatement({ actions: ['dynamodb:GetItem'], principals: [fn.role!], resources: ['*'] }));
      fn.addEventSource(new sources.DynamoEventSource(table, { startingPosition: lambda.StartingPosition.LATEST }));
      fn.addEnvironment('TABLE', table.tableName);
      table.addGlobalSecondaryIndex({ indexName: 'late', partitionKey: { name: 'other', type: dynamodb.AttributeType.STRING } });
    },
  },
  {
    name: 'TableV2',
    create: (stack) => new dynamodb.TableV2(stack, 'Source', { ...KEY, ...DESTROY }),
    connect: (table: dynamodb.TableV2, fn) => {
      table.grantReadWriteData(fn);
      fn.addEnvironment('TABLE', table.tableArn);
    },
  },
  {
    name: 'Bucket',
    create: (stack) => new s3.Bucket(stack, 'Source', { ...DESTROY, versioned: true, autoDeleteObjects: true, encryptionKey: new kms.Key(stack, 'Key') }),
    connect: (bucket: s3.Bucket, fn) => {
      bucket.grantReadWrite(fn);
      bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.LambdaDestination(fn));
      bucket.addToResourcePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], principals: [fn.role!], resources: [bucket.arnForObjects('*')] }));
    },
  },
  {
    name: 'FileSystem (EFS)',
    create: (stack) => new efs.FileSystem(stack, 'Source', { ...DESTROY, ...network(stack) }),
    connect: (fileSystem: efs.FileSystem, fn) => {
      fileSystem.grantReadWrite(fn.role!);
      fileSystem.addAccessPoint('AccessPoint');
      fn.addEnvironment('FILES', fileSystem.fileSystemId);
    },
  },
  {
    name: 'DatabaseInstance',
    create: (stack) => new rds.DatabaseInstance(stack, 'Source', {
      ...DESTROY, ...network(stack), engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 }), instanceType: SMALL,
    }),
    connect: (instance: rds.DatabaseInstance, fn) => {
      instance.grantConnect(fn, 'user');
      instance.secret!.grantRead(fn);
      instance.connections.allowDefaultPortFromAnyIpv4();
      instance.addRotationSingleUser({ vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });
    },
  },
  {
    name: 'DatabaseCluster (Aurora)',
    create: (stack) => new rds.DatabaseCluster(stack, 'Source', {
      ...DESTROY,
      ...network(stack),
      engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_4 }),
      writer: rds.ClusterInstance.serverlessV2('Writer'),
      readers: [rds.ClusterInstance.serverlessV2('Reader')],
      enableDataApi: true,
    }),
    connect: (cluster: rds.DatabaseCluster, fn) => {
      cluster.grantDataApiAccess(fn);
      cluster.secret!.grantRead(fn);
      fn.addEnvironment('HOST', cluster.clusterEndpoint.hostname);
    },
  },
  {
    name: 'DatabaseCluster (Multi-AZ)',
    create: (stack) => new rds.CfnDBCluster(stack, 'Source', {
      engine: 'postgres', dbClusterInstanceClass: 'db.m6gd.large', allocatedStorage: 100, masterUsername: 'admin', manageMasterUserPassword: true,
    }),
    connect: (cluster: rds.CfnDBCluster, fn) => fn.addEnvironment('HOST', cluster.attrEndpointAddress),
  },
  {
    name: 'DatabaseCluster (DocumentDB)',
    create: (stack) => new docdb.DatabaseCluster(stack, 'Source', {
      ...DESTROY, ...network(stack), masterUser: { username: 'admin' }, instanceType: SMALL,
    }),
    connect: (cluster: docdb.DatabaseCluster, fn) => cluster.secret!.grantRead(fn),
  },
  {
    name: 'CfnDBCluster (Neptune)',
    create: (stack) => {
      const cluster = new neptune.CfnDBCluster(stack, 'Source', {});
      new neptune.CfnDBInstance(stack, 'SourceInstance', { dbInstanceClass: 'db.r6g.large', dbClusterIdentifier: cluster.ref });
      return cluster;
    },
    connect: (cluster: neptune.CfnDBCluster, fn) => fn.addEnvironment('HOST', cluster.attrEndpoint),
  },
  {
    name: 'Instance (EC2)',
    create: (stack) => new ec2.Instance(stack, 'Source', {
      ...network(stack), instanceType: SMALL, machineImage: ec2.MachineImage.latestAmazonLinux2023(), detailedMonitoring: true,
    }),
    connect: (instance: ec2.Instance, fn) => {
      // With the id of the instance in the function's environment these are a cycle without any backup.
      fn.grantInvoke(instance);
    },
  },
  {
    name: 'Volume (EBS)',
    create: (stack) => new ec2.Volume(stack, 'Source', { ...DESTROY, availabilityZone: 'eu-west-1a', size: { toGibibytes: () => 10 } as any }),
    connect: (volume: ec2.Volume, fn) => volume.grantAttachVolume(fn),
  },
  {
    name: 'CfnCluster (EKS)',
    create: (stack) => new eks.CfnCluster(stack, 'Source', {
      roleArn: new iam.Role(stack, 'ClusterRole', { assumedBy: new iam.ServicePrincipal('eks.amazonaws.com') }).roleArn,
      resourcesVpcConfig: { subnetIds: vpcOf(stack).isolatedSubnets.map((subnet) => subnet.subnetId) },
    }),
    connect: (cluster: eks.CfnCluster, fn) => fn.addEnvironment('CLUSTER', cluster.attrArn),
  },
  {
    name: 'CfnCluster (Redshift)',
    create: (stack) => new redshift.CfnCluster(stack, 'Source', {
      clusterType: 'single-node',
      dbName: 'db',
      masterUsername: 'admin',
      nodeType: 'ra3.large',
      masterUserPassword: SecretValue.ssmSecure('/password').unsafeUnwrap(),
    }),
    connect: (cluster: redshift.CfnCluster, fn) => fn.addEnvironment('HOST', cluster.attrEndpointAddress),
  },
  {
    name: 'LustreFileSystem (FSx)',
    create: (stack) => new fsx.LustreFileSystem(stack, 'Source', {
      ...DESTROY,
      vpc: vpcOf(stack),
      vpcSubnet: vpcOf(stack).isolatedSubnets[0],
      storageCapacityGiB: 1200,
      lustreConfiguration: { deploymentType: fsx.LustreDeploymentType.PERSISTENT_2, perUnitStorageThroughput: 125 },
    }),
    connect: (fileSystem: fsx.LustreFileSystem, fn) => fn.addEnvironment('FILES', fileSystem.dnsName),
  },
  {
    name: 'CfnTable (Timestream)',
    create: (stack) => new timestream.CfnTable(stack, 'Source', { databaseName: new timestream.CfnDatabase(stack, 'Database', {}).ref }),
    connect: (table: timestream.CfnTable, fn) => fn.addEnvironment('TABLE', table.attrName),
  },
  {
    name: 'CfnCluster (DSQL)',
    create: (stack) => new dsql.CfnCluster(stack, 'Source', {}),
    connect: (cluster: dsql.CfnCluster, fn) => fn.addEnvironment('CLUSTER', cluster.attrIdentifier),
  },
  {
    name: 'CfnGlobalTable',
    create: (stack) => new dynamodb.CfnGlobalTable(stack, 'Source', {
      attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
      keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
      billingMode: 'PAY_PER_REQUEST',
      replicas: [{ region: stack.region }],
    }),
    connect: (table: dynamodb.CfnGlobalTable, fn) => fn.addEnvironment('TABLE', table.ref),
  },
  {
    name: 'CfnResource',
    create: (stack) => new CfnResource(stack, 'Source', { type: 'AWS::S3::Bucket', properties: { VersioningConfiguration: { Status: 'Enabled' } } }),
    connect: (bucket: CfnResource, fn) => fn.addEnvironment('BUCKET', bucket.getAtt('Arn').toString()),
  },
];

/** A function beside a source. */
export function newFunction(stack: Stack, id = 'Function'): lambda.Function {
  return new lambda.Function(stack, id, {
    code: lambda.Code.fromInline('exports.handler = async () => {};'), handler: 'index.handler', runtime: lambda.Runtime.NODEJS_22_X, timeout: Duration.seconds(5),
  });
}
