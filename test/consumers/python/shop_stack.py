from aws_cdk import Acknowledgment, Duration, RemovalPolicy, Stack, Validations
from aws_cdk import aws_backup as backup
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_efs as efs
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_rds as rds
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from aws_cdk.triggers import Trigger
from cdk_on_demand_backup import (
    BackupCompletion,
    BackupIndex,
    BackupOptions,
    BackupProblemAction,
    BackupSource,
    BackupTimeoutAction,
    BackupTrigger,
    OnDemandBackup,
)
from constructs import Construct


class ShopStack(Stack):
    """A shop whose data is backed up by its deployments."""

    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)

        vault = backup.BackupVault(self, "Vault", removal_policy=RemovalPolicy.RETAIN)
        role = iam.Role.from_role_arn(
            self, "BackupRole", "arn:aws:iam::111122223333:role/company-backup"
        )
        orders = dynamodb.Table(
            self,
            "Orders",
            partition_key=dynamodb.Attribute(
                name="id", type=dynamodb.AttributeType.STRING
            ),
        )

        OnDemandBackup(
            self,
            "SimpleBackup",
            source=BackupSource.from_dynamo_db_table(orders),
            vault=vault,
            role=role,
            delete_after=Duration.days(35),
        )

        volume = ec2.CfnVolume(self, "Volume", availability_zone="eu-west-1a", size=100)
        news = sns.Topic(self, "News")
        archive = s3.Bucket(self, "Archive", versioned=True)
        every_prop = OnDemandBackup(
            self,
            "EveryPropBackup",
            source=BackupSource.from_ebs_volume(volume),
            vault=vault,
            role=role,
            trigger=BackupTrigger.once(),
            completion=BackupCompletion.wait_for(
                timeout=Duration.hours(3),
                on_timeout=BackupTimeoutAction.WARN,
                on_partial=BackupProblemAction.WARN,
                on_issues=BackupProblemAction.FAIL,
            ),
            on_failure=BackupProblemAction.WARN,
            start_window=Duration.minutes(60),
            completion_window=Duration.minutes(180),
            move_to_cold_storage_after=Duration.days(30),
            delete_after=Duration.days(365),
            keep_forever=False,
            opt_in_to_archive=True,
            recovery_point_tags={"release": "2.0", "team": "orders"},
            index=BackupIndex.ENABLED,
            idempotency_token="release-2.0",
            final_backup=True,
            execute_before=[news],
            execute_after=[archive],
            job_id_output=True,
            job_id_export_name="EveryPropBackupJob",
            enabled=True,
        )
        self.export_value(every_prop.recovery_point_arn, name="EveryPropRecoveryPoint")

        ledger = rds.CfnDBCluster(
            self,
            "Ledger",
            engine="aurora-postgresql",
            master_username="ledger",
            manage_master_user_password=True,
        )
        migration = lambda_.Function(
            self,
            "Migration",
            runtime=lambda_.Runtime.NODEJS_22_X,
            handler="index.handler",
            code=lambda_.Code.from_inline("exports.handler = async () => {};"),
        )
        trigger = Trigger(self, "RunMigration", handler=migration)
        OnDemandBackup(
            self,
            "GateBackup",
            source=BackupSource.from_rds_database_cluster(ledger),
            vault=vault,
            role=role,
            delete_after=Duration.days(35),
            execute_before=[trigger],
        )

        customers = dynamodb.Table(
            self,
            "Customers",
            partition_key=dynamodb.Attribute(
                name="id", type=dynamodb.AttributeType.STRING
            ),
            removal_policy=RemovalPolicy.DESTROY,
        )
        OnDemandBackup.guard(
            customers,
            vault=vault,
            role=role,
            delete_after=Duration.days(90),
            final_backup=True,
            ignore_properties=["BillingMode"],
        )

        files = efs.CfnFileSystem(self, "Files", encrypted=True)
        OnDemandBackup(
            self, "DefaultsBackup", source=BackupSource.from_construct(files)
        )

        OnDemandBackup(
            self,
            "AirGappedBackup",
            source=BackupSource.from_s3_bucket(archive),
            vault=vault,
            role=role,
            logically_air_gapped_vault=backup.CfnLogicallyAirGappedBackupVault.from_backup_vault_name(
                self, "AirGapped", "air-gapped"
            ),
            trigger=BackupTrigger.on_change_of("release 2.0", "schema 7"),
            backup_options=BackupOptions(backup_acls=False, backup_object_tags=True),
            delete_after=Duration.days(90),
        )

        forever = OnDemandBackup(
            self,
            "ForeverBackup",
            source=BackupSource.from_dynamo_db_table(orders),
            vault=vault,
            role=role,
            trigger=BackupTrigger.every_deployment("build 42"),
            completion=BackupCompletion.fire_and_forget(),
        )
        Validations.of(forever).acknowledge(
            Acknowledgment(
                id="cdk-on-demand-backup::RepeatingKeepsForever",
                reason="Orders are kept for the tax office, which the finance team cleans up by hand.",
            )
        )
