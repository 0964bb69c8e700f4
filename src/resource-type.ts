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
