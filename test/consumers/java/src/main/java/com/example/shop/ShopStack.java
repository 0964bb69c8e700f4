package com.example.shop;

import io.github.cdkondemandbackup.BackupCompletion;
import io.github.cdkondemandbackup.BackupGuardOptions;
import io.github.cdkondemandbackup.BackupIndex;
import io.github.cdkondemandbackup.BackupOptions;
import io.github.cdkondemandbackup.BackupProblemAction;
import io.github.cdkondemandbackup.BackupSource;
import io.github.cdkondemandbackup.BackupTimeoutAction;
import io.github.cdkondemandbackup.BackupTrigger;
import io.github.cdkondemandbackup.BackupWaitOptions;
import io.github.cdkondemandbackup.OnDemandBackup;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.ExportValueOptions;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.backup.BackupVault;
import software.amazon.awscdk.services.backup.CfnLogicallyAirGappedBackupVault;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.ec2.CfnVolume;
import software.amazon.awscdk.services.efs.CfnFileSystem;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.rds.CfnDBCluster;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.triggers.Trigger;
import software.constructs.Construct;

/** A shop whose data is backed up by its deployments. */
public class ShopStack extends Stack {
  public ShopStack(Construct scope, String id) {
    super(scope, id);

    BackupVault vault =
        BackupVault.Builder.create(this, "Vault").removalPolicy(RemovalPolicy.RETAIN).build();
    IRole role =
        Role.fromRoleArn(this, "BackupRole", "arn:aws:iam::111122223333:role/company-backup");
    Table orders =
        Table.Builder.create(this, "Orders")
            .partitionKey(Attribute.builder().name("id").type(AttributeType.STRING).build())
            .build();

    OnDemandBackup.Builder.create(this, "SimpleBackup")
        .source(BackupSource.fromDynamoDbTable(orders))
        .vault(vault)
        .role(role)
        .deleteAfter(Duration.days(35))
        .build();

    CfnVolume volume =
        CfnVolume.Builder.create(this, "Volume").availabilityZone("eu-west-1a").size(100).build();
    Topic news = new Topic(this, "News");
    Bucket archive = Bucket.Builder.create(this, "Archive").versioned(true).build();
    OnDemandBackup everyProp =
        OnDemandBackup.Builder.create(this, "EveryPropBackup")
            .source(BackupSource.fromEbsVolume(volume))
            .vault(vault)
            .role(role)
            .trigger(BackupTrigger.once())
            .completion(
                BackupCompletion.waitFor(
                    BackupWaitOptions.builder()
                        .timeout(Duration.hours(3))
                        .onTimeout(BackupTimeoutAction.WARN)
                        .onPartial(BackupProblemAction.WARN)
                        .onIssues(BackupProblemAction.FAIL)
                        .build()))
            .onFailure(BackupProblemAction.WARN)
            .startWindow(Duration.minutes(60))
            .completionWindow(Duration.minutes(180))
            .moveToColdStorageAfter(Duration.days(30))
            .deleteAfter(Duration.days(365))
            .keepForever(false)
            .optInToArchive(true)
            .recoveryPointTags(Map.of("release", "2.0", "team", "orders"))
            .index(BackupIndex.ENABLED)
            .idempotencyToken("release-2.0")
            .finalBackup(true)
            .executeBefore(List.of(news))
            .executeAfter(List.of(archive))
            .jobIdOutput(true)
            .jobIdExportName("EveryPropBackupJob")
            .enabled(true)
            .build();
    exportValue(
        everyProp.getRecoveryPointArn(),
        ExportValueOptions.builder().name("EveryPropRecoveryPoint").build());

    CfnDBCluster ledger =
        CfnDBCluster.Builder.create(this, "Ledger")
            .engine("aurora-postgresql")
            .masterUsername("ledger")
            .manageMasterUserPassword(true)
            .build();
    Function migration =
        Function.Builder.create(this, "Migration")
            .runtime(Runtime.NODEJS_22_X)
            .handler("index.handler")
            .code(Code.fromInline("exports.handler = async () => {};"))
            .build();
    Trigger trigger = Trigger.Builder.create(this, "RunMigration").handler(migration).build();
    OnDemandBackup.Builder.create(this, "GateBackup")
        .source(BackupSource.fromRdsDatabaseCluster(ledger))
        .vault(vault)
        .role(role)
        .deleteAfter(Duration.days(35))
        .executeBefore(List.of(trigger))
        .build();

    Table customers =
        Table.Builder.create(this, "Customers")
            .partitionKey(Attribute.builder().name("id").type(AttributeType.STRING).build())
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    OnDemandBackup.guard(
        customers,
        BackupGuardOptions.builder()
            .vault(vault)
            .role(role)
            .deleteAfter(Duration.days(90))
            .finalBackup(true)
            .ignoreProperties(List.of("BillingMode"))
            .build());

    CfnFileSystem files = CfnFileSystem.Builder.create(this, "Files").encrypted(true).build();
    OnDemandBackup.Builder.create(this, "DefaultsBackup")
        .source(BackupSource.fromConstruct(files))
        .build();

    OnDemandBackup.Builder.create(this, "AirGappedBackup")
        .source(BackupSource.fromS3Bucket(archive))
        .vault(vault)
        .role(role)
        .logicallyAirGappedVault(
            CfnLogicallyAirGappedBackupVault.fromBackupVaultName(this, "AirGapped", "air-gapped"))
        .trigger(BackupTrigger.onChangeOf("release 2.0", "schema 7"))
        .backupOptions(BackupOptions.builder().backupAcls(false).backupObjectTags(true).build())
        .deleteAfter(Duration.days(90))
        .build();

    OnDemandBackup forever =
        OnDemandBackup.Builder.create(this, "ForeverBackup")
            .source(BackupSource.fromDynamoDbTable(orders))
            .vault(vault)
            .role(role)
            .trigger(BackupTrigger.everyDeployment("build 42"))
            .completion(BackupCompletion.fireAndForget())
            .build();
    Validations.of(forever)
        .acknowledge(
            Acknowledgment.builder()
                .id("cdk-on-demand-backup::RepeatingKeepsForever")
                .reason(
                    "Orders are kept for the tax office, which the finance team cleans up by hand.")
                .build());
  }
}
