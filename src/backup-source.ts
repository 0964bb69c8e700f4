import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import {
  aws_docdb as docdb,
  aws_dsql as dsql,
  aws_dynamodb as dynamodb,
  aws_ec2 as ec2,
  aws_efs as efs,
  aws_eks as eks,
  aws_neptune as neptune,
  aws_rds as rds,
  aws_redshift as redshift,
  aws_s3 as s3,
  aws_timestream as timestream,
  IEnvironmentAware,
  ResourceEnvironment,
} from 'aws-cdk-lib/interfaces';
import { IConstruct } from 'constructs';
import { readArn, referenceOf } from './arn';
import { inferResourceType, typeOfCfnResource, typeOfEngine } from './infer-resource-type';
import { formatResourceArn, Place, ResourceFacts } from './resource-facts';
import { RESOURCE_TABLE, rowsOf, rowsOfCloudFormationType } from './resource-table';
import { BackupResourceType } from './resource-type';
import { SOURCE_CONSTRUCT_RULES } from './validation/factories';
import { problemsError } from './validation/problem';
import { runRules } from './validation/run-rules';

/**
 * What to back up: a resource that AWS Backup supports, by the ARN that AWS Backup knows it by.
 *
 * The factories take L2 constructs, L1 constructs and imported ones, of this stack or another one.
 * Whether AWS Backup can back it up is checked by the `OnDemandBackup` that the source is given to.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/whatisbackup.html#supported-resources
 */
export class BackupSource {
  /**
   * A DynamoDB table: `Table`, `TableV2`, `CfnTable` or an imported one. For a `CfnGlobalTable` use `fromConstruct()`.
   *
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html
   */
  public static fromDynamoDbTable(table: dynamodb.ITableRef): BackupSource {
    return BackupSource._of(table, table.tableRef.tableArn, BackupResourceType.DYNAMODB);
  }

  /**
   * A general purpose bucket. AWS Backup requires that its versioning is enabled.
   *
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/s3-backups.html
   */
  public static fromS3Bucket(bucket: s3.IBucketRef): BackupSource {
    return BackupSource._of(bucket, bucket.bucketRef.bucketArn, BackupResourceType.S3);
  }

  /** An EFS file system. */
  public static fromEfsFileSystem(fileSystem: efs.IFileSystemRef): BackupSource {
    return BackupSource._of(fileSystem, fileSystem.fileSystemRef.fileSystemArn, BackupResourceType.EFS);
  }

  /**
   * An RDS instance that is not a member of a cluster; of a cluster, back up the cluster.
   *
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/rds-backup.html
   */
  public static fromRdsDatabaseInstance(instance: rds.IDBInstanceRef): BackupSource {
    const { dbInstanceArn, dbInstanceIdentifier } = instance.dbInstanceRef;
    return BackupSource._of(instance, legible(dbInstanceArn, instance, 'db', dbInstanceIdentifier), BackupResourceType.RDS);
  }

  /**
   * An Aurora or a Multi-AZ RDS cluster: its engine tells which. The engine of an imported cluster is only known if it was imported with it.
   *
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/rds-backup.html
   */
  public static fromRdsDatabaseCluster(cluster: rds.IDBClusterRef): BackupSource {
    const { dbClusterArn, dbClusterIdentifier } = cluster.dbClusterRef;
    const arn = legible(dbClusterArn, cluster, 'cluster', dbClusterIdentifier);
    const { engine } = cluster as { readonly engine?: { readonly engineType?: string } };
    return BackupSource._of(cluster, arn, inferResourceType(arn) ?? typeOfEngine(engine?.engineType));
  }

  /**
   * An EC2 instance with its EBS volumes.
   *
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/windows-backups.html
   */
  public static fromEc2Instance(instance: ec2.IInstanceRef): BackupSource {
    return BackupSource._of(instance, arnOf(instance, BackupResourceType.EC2, instance.instanceRef.instanceId), BackupResourceType.EC2);
  }

  /**
   * An EBS volume.
   *
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/multi-volume-crash-consistent.html
   */
  public static fromEbsVolume(volume: ec2.IVolumeRef): BackupSource {
    return BackupSource._of(volume, arnOf(volume, BackupResourceType.EBS, volume.volumeRef.volumeId), BackupResourceType.EBS);
  }

  /** An instance-based DocumentDB cluster. */
  public static fromDocDbCluster(cluster: docdb.IDBClusterRef): BackupSource {
    const arn = arnOf(cluster, BackupResourceType.DOCUMENTDB, cluster.dbClusterRef.dbClusterId);
    return BackupSource._of(cluster, arn, BackupResourceType.DOCUMENTDB);
  }

  /** A Neptune cluster (not a Neptune Analytics graph). */
  public static fromNeptuneCluster(cluster: neptune.IDBClusterRef): BackupSource {
    const arn = arnOf(cluster, BackupResourceType.NEPTUNE, cluster.dbClusterRef.dbClusterIdentifier);
    return BackupSource._of(cluster, arn, BackupResourceType.NEPTUNE);
  }

  /** A provisioned Redshift cluster. For Redshift Serverless use `fromConstruct()` with the namespace. */
  public static fromRedshiftCluster(cluster: redshift.IClusterRef): BackupSource {
    const arn = arnOf(cluster, BackupResourceType.REDSHIFT, cluster.clusterRef.clusterIdentifier);
    return BackupSource._of(cluster, arn, BackupResourceType.REDSHIFT);
  }

  /**
   * A Timestream for LiveAnalytics table.
   *
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/timestream-backup.html
   */
  public static fromTimestreamTable(table: timestream.ITableRef): BackupSource {
    return BackupSource._of(table, table.tableRef.tableArn, BackupResourceType.TIMESTREAM);
  }

  /**
   * An EKS cluster: its state and its persistent volumes.
   *
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/eks-backups.html
   */
  public static fromEksCluster(cluster: eks.IClusterRef): BackupSource {
    return BackupSource._of(cluster, cluster.clusterRef.clusterArn, BackupResourceType.EKS);
  }

  /** An Aurora DSQL cluster. */
  public static fromDsqlCluster(cluster: dsql.IClusterRef): BackupSource {
    return BackupSource._of(cluster, arnOf(cluster, BackupResourceType.DSQL, cluster.clusterRef.identifier), BackupResourceType.DSQL);
  }

  /**
   * Another CloudFormation stack, with everything in it that AWS Backup supports.
   *
   * Never the stack that this backup is deployed with, nor a stack around that one: AWS Backup takes only a stack that is not being changed.
   *
   * @param stackId ARN of the stack, such as `Stack.stackId`
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/applicationstackbackups.html
   */
  public static fromCloudFormationStack(stackId: string): BackupSource {
    return new BackupSource(stackId, BackupResourceType.CLOUDFORMATION, resourceBehind(stackId, BackupResourceType.CLOUDFORMATION));
  }

  /**
   * Any construct that is, or whose default child is, a resource that AWS Backup can back up.
   *
   * The way for FSx file systems, ONTAP volumes, Redshift Serverless namespaces, global tables and L1s, whose `IXxxRef`,
   * where there is one, does not hold the ARN.
   *
   * @throws an error if there is no such resource, as behind an imported construct
   */
  public static fromConstruct(construct: IConstruct): BackupSource {
    const resource = cfnResourceOf(construct);
    const row = resource && rowWithArn(resource.cfnResourceType);
    if (!resource || !row) {
      const view = { type: resource?.cfnResourceType, known: typesWithArn() };
      throw problemsError(construct.node.path, runRules(SOURCE_CONSTRUCT_RULES, view).problems);
    }
    const { attribute, refIsArn } = row.cloudFormation[resource.cfnResourceType];
    const arn = refIsArn ? resource.ref
      : attribute ? Token.asString(resource.getAtt(attribute))
        : formatResourceArn(row, [resource.ref], placeOf(resource));
    return new BackupSource(arn, typeOfCfnResource(resource), resource, resource.env);
  }

  /**
   * Anything by its ARN, tokens allowed.
   *
   * @param resourceArn the ARN as AWS Backup expects it
   * @param resourceType what it is; only needed where neither the ARN nor the reference behind it tells
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartBackupJob.html
   */
  public static fromArn(resourceArn: string, resourceType?: BackupResourceType): BackupSource {
    const type = resourceType ?? inferResourceType(resourceArn);
    const resource = resourceBehind(resourceArn, type);
    return new BackupSource(resourceArn, type, resource, resource?.env);
  }

  /** @internal */
  private static _of(construct: IConstruct & IEnvironmentAware, arn: string, type: BackupResourceType | undefined): BackupSource {
    return new BackupSource(arn, type, resourceBehind(arn, type) ?? cfnResourceOf(construct), construct.env);
  }

  /** The ARN that goes to AWS Backup; may be a token. */
  public readonly resourceArn: string;

  private constructor(
    resourceArn: string,
    /** What kind of resource it is, where that is known at synthesis. */
    public readonly resourceType?: BackupResourceType,
    /** The L1 behind it, where this app defines it. */
    public readonly cfnResource?: CfnResource,
    /**
     * Where it lives, as far as the construct that it was made from says; `resourceArn` can say more.
     * @internal
     */
    public readonly _environment?: ResourceEnvironment,
  ) {
    this.resourceArn = withStoredCase(resourceArn);
  }
}

/** The ARN of a resource whose Ref interface holds only its id. */
function arnOf(construct: IConstruct & IEnvironmentAware, type: BackupResourceType, id: string): string {
  return formatResourceArn(rowsOf(type.name)[0], [id], placeOf(construct));
}

/** An ARN of which the id can be read, if it is known: that of an imported database is one token, and its id may have capitals. */
function legible(arn: string, construct: IConstruct & IEnvironmentAware, kind: string, id: string): string {
  const row = rowsOf(BackupResourceType.RDS.name).find(({ resource }) => resource.startsWith(`${kind}:`))!;
  return Token.isUnresolved(id) || readArn(arn).service !== undefined ? arn : formatResourceArn(row, [id], placeOf(construct));
}

/** Where a resource lives: an imported one need not be in the environment of its stack. */
function placeOf(construct: IConstruct & IEnvironmentAware): Place {
  return { partition: Stack.of(construct).partition, region: construct.env.region, account: construct.env.account };
}

/** The row of a type whose ARN the template holds. */
function rowWithArn(type: string): ResourceFacts | undefined {
  return rowsOfCloudFormationType(type).slice(0, 1).find(({ cloudFormation }) => !cloudFormation[type].suffix);
}

function typesWithArn(): string[] {
  const types = RESOURCE_TABLE.flatMap(({ cloudFormation }) => Object.keys(cloudFormation));
  return [...new Set(types)].filter(rowWithArn).sort();
}

function cfnResourceOf(construct: IConstruct): CfnResource | undefined {
  return [construct, construct.node.defaultChild].find(CfnResource.isCfnResource);
}

/** The resource that an ARN is of, not one that only lent its name: `arn:aws:s3:::${table.tableName}` has none. */
function resourceBehind(arn: string, type: BackupResourceType | undefined): CfnResource | undefined {
  const reference = referenceOf(arn);
  const names = rowsOfCloudFormationType(reference?.target.cfnResourceType ?? '').map((row) => row.type);
  return reference?.suffix === '' || names.some((name) => !type || name === type.name) ? reference?.target : undefined;
}

/** AWS stores the ids of databases in lower case, CloudFormation too; an ARN with capitals in the id names nothing. */
function withStoredCase(arn: string): string {
  const { service } = readArn(arn);
  const parts = arn.split(':');
  const id = parts.pop()!;
  const stored = RESOURCE_TABLE.some((row) => row.service === service && row.lowerCaseId);
  return stored && !Token.isUnresolved(id) ? [...parts, id.toLowerCase()].join(':') : arn;
}
