using System.Collections.Generic;
using Amazon.CDK;
using Amazon.CDK.AWS.Backup;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.EFS;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.RDS;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.Triggers;
using CdkOnDemandBackup;
using Constructs;
using Attribute = Amazon.CDK.AWS.DynamoDB.Attribute;

namespace Shop
{
    /// <summary>A shop whose data is backed up by its deployments.</summary>
    public class ShopStack : Stack
    {
        public ShopStack(Construct scope, string id) : base(scope, id)
        {
            var vault = new BackupVault(this, "Vault", new BackupVaultProps { RemovalPolicy = RemovalPolicy.RETAIN });
            var role = Role.FromRoleArn(this, "BackupRole", "arn:aws:iam::111122223333:role/company-backup");
            var orders = new Table(this, "Orders", new TableProps
            {
                PartitionKey = new Attribute { Name = "id", Type = AttributeType.STRING },
            });

            new OnDemandBackup(this, "SimpleBackup", new OnDemandBackupProps
            {
                Source = BackupSource.FromDynamoDbTable(orders),
                Vault = vault,
                Role = role,
                DeleteAfter = Duration.Days(35),
            });

            var volume = new CfnVolume(this, "Volume", new CfnVolumeProps { AvailabilityZone = "eu-west-1a", Size = 100 });
            var news = new Topic(this, "News");
            var archive = new Bucket(this, "Archive", new BucketProps { Versioned = true });
            var everyProp = new OnDemandBackup(this, "EveryPropBackup", new OnDemandBackupProps
            {
                Source = BackupSource.FromEbsVolume(volume),
                Vault = vault,
                Role = role,
                Trigger = BackupTrigger.Once(),
                Completion = BackupCompletion.WaitFor(new BackupWaitOptions
                {
                    Timeout = Duration.Hours(3),
                    OnTimeout = BackupTimeoutAction.WARN,
                    OnPartial = BackupProblemAction.WARN,
                    OnIssues = BackupProblemAction.FAIL,
                }),
                OnFailure = BackupProblemAction.WARN,
                StartWindow = Duration.Minutes(60),
                CompletionWindow = Duration.Minutes(180),
                MoveToColdStorageAfter = Duration.Days(30),
                DeleteAfter = Duration.Days(365),
                KeepForever = false,
                OptInToArchive = true,
                RecoveryPointTags = new Dictionary<string, string> { ["release"] = "2.0", ["team"] = "orders" },
                Index = BackupIndex.ENABLED,
                IdempotencyToken = "release-2.0",
                FinalBackup = true,
                ExecuteBefore = new IConstruct[] { news },
                ExecuteAfter = new IDependable[] { archive },
                JobIdOutput = true,
                JobIdExportName = "EveryPropBackupJob",
                Enabled = true,
            });
            ExportValue(everyProp.RecoveryPointArn, new ExportValueOptions { Name = "EveryPropRecoveryPoint" });

            var ledger = new CfnDBCluster(this, "Ledger", new CfnDBClusterProps
            {
                Engine = "aurora-postgresql",
                MasterUsername = "ledger",
                ManageMasterUserPassword = true,
            });
            var migration = new Function(this, "Migration", new FunctionProps
            {
                Runtime = Runtime.NODEJS_22_X,
                Handler = "index.handler",
                Code = Code.FromInline("exports.handler = async () => {};"),
            });
            var trigger = new Trigger(this, "RunMigration", new TriggerProps { Handler = migration });
            new OnDemandBackup(this, "GateBackup", new OnDemandBackupProps
            {
                Source = BackupSource.FromRdsDatabaseCluster(ledger),
                Vault = vault,
                Role = role,
                DeleteAfter = Duration.Days(35),
                ExecuteBefore = new IConstruct[] { trigger },
            });

            var customers = new Table(this, "Customers", new TableProps
            {
                PartitionKey = new Attribute { Name = "id", Type = AttributeType.STRING },
                RemovalPolicy = RemovalPolicy.DESTROY,
            });
            OnDemandBackup.Guard(customers, new BackupGuardOptions
            {
                Vault = vault,
                Role = role,
                DeleteAfter = Duration.Days(90),
                FinalBackup = true,
                IgnoreProperties = new[] { "BillingMode" },
            });

            var files = new CfnFileSystem(this, "Files", new CfnFileSystemProps { Encrypted = true });
            new OnDemandBackup(this, "DefaultsBackup", new OnDemandBackupProps { Source = BackupSource.FromConstruct(files) });

            new OnDemandBackup(this, "AirGappedBackup", new OnDemandBackupProps
            {
                Source = BackupSource.FromS3Bucket(archive),
                Vault = vault,
                Role = role,
                LogicallyAirGappedVault = CfnLogicallyAirGappedBackupVault.FromBackupVaultName(this, "AirGapped", "air-gapped"),
                Trigger = BackupTrigger.OnChangeOf("release 2.0", "schema 7"),
                BackupOptions = new BackupOptions { BackupAcls = false, BackupObjectTags = true },
                DeleteAfter = Duration.Days(90),
            });

            var forever = new OnDemandBackup(this, "ForeverBackup", new OnDemandBackupProps
            {
                Source = BackupSource.FromDynamoDbTable(orders),
                Vault = vault,
                Role = role,
                Trigger = BackupTrigger.EveryDeployment("build 42"),
                Completion = BackupCompletion.FireAndForget(),
            });
            Validations.Of(forever).Acknowledge(new Acknowledgment
            {
                Id = "cdk-on-demand-backup::RepeatingKeepsForever",
                Reason = "Orders are kept for the tax office, which the finance team cleans up by hand.",
            });
        }
    }
}
