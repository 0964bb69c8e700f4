// Package shop is a shop whose data is backed up by its deployments.
package shop

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsbackup"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsefs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsrds"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/aws-cdk-go/awscdk/v2/triggers"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	backups "github.com/cdk-on-demand-backup/cdk-on-demand-backup-go/cdkondemandbackup"
)

// NewStack makes the stack of the shop.
func NewStack(scope constructs.Construct, id string) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, nil)

	vault := awsbackup.NewBackupVault(stack, jsii.String("Vault"), &awsbackup.BackupVaultProps{
		RemovalPolicy: awscdk.RemovalPolicy_RETAIN,
	})
	role := awsiam.Role_FromRoleArn(stack, jsii.String("BackupRole"),
		jsii.String("arn:aws:iam::111122223333:role/company-backup"), nil)
	orders := awsdynamodb.NewTable(stack, jsii.String("Orders"), &awsdynamodb.TableProps{
		PartitionKey: &awsdynamodb.Attribute{Name: jsii.String("id"), Type: awsdynamodb.AttributeType_STRING},
	})

	backups.NewOnDemandBackup(stack, jsii.String("SimpleBackup"), &backups.OnDemandBackupProps{
		Source:      backups.BackupSource_FromDynamoDbTable(orders),
		Vault:       vault,
		Role:        role,
		DeleteAfter: awscdk.Duration_Days(jsii.Number(35)),
	})

	volume := awsec2.NewCfnVolume(stack, jsii.String("Volume"), &awsec2.CfnVolumeProps{
		AvailabilityZone: jsii.String("eu-west-1a"),
		Size:             jsii.Number(100),
	})
	news := awssns.NewTopic(stack, jsii.String("News"), nil)
	archive := awss3.NewBucket(stack, jsii.String("Archive"), &awss3.BucketProps{
		Versioned: jsii.Bool(true),
	})
	everyProp := backups.NewOnDemandBackup(stack, jsii.String("EveryPropBackup"), &backups.OnDemandBackupProps{
		Source:  backups.BackupSource_FromEbsVolume(volume),
		Vault:   vault,
		Role:    role,
		Trigger: backups.BackupTrigger_Once(),
		Completion: backups.BackupCompletion_WaitFor(&backups.BackupWaitOptions{
			Timeout:   awscdk.Duration_Hours(jsii.Number(3)),
			OnTimeout: backups.BackupTimeoutAction_WARN,
			OnPartial: backups.BackupProblemAction_WARN,
			OnIssues:  backups.BackupProblemAction_FAIL,
		}),
		OnFailure:              backups.BackupProblemAction_WARN,
		StartWindow:            awscdk.Duration_Minutes(jsii.Number(60)),
		CompletionWindow:       awscdk.Duration_Minutes(jsii.Number(180)),
		MoveToColdStorageAfter: awscdk.Duration_Days(jsii.Number(30)),
		DeleteAfter:            awscdk.Duration_Days(jsii.Number(365)),
		KeepForever:            jsii.Bool(false),
		OptInToArchive:         jsii.Bool(true),
		RecoveryPointTags: &map[string]*string{
			"release": jsii.String("2.0"),
			"team":    jsii.String("orders"),
		},
		Index:            backups.BackupIndex_ENABLED,
		IdempotencyToken: jsii.String("release-2.0"),
		FinalBackup:      jsii.Bool(true),
		ExecuteBefore:    &[]constructs.IConstruct{news},
		ExecuteAfter:     &[]constructs.IDependable{archive},
		JobIdOutput:      jsii.Bool(true),
		JobIdExportName:  jsii.String("EveryPropBackupJob"),
		Enabled:          jsii.Bool(true),
	})
	stack.ExportValue(everyProp.RecoveryPointArn(), &awscdk.ExportValueOptions{
		Name: jsii.String("EveryPropRecoveryPoint"),
	})

	ledger := awsrds.NewCfnDBCluster(stack, jsii.String("Ledger"), &awsrds.CfnDBClusterProps{
		Engine:                   jsii.String("aurora-postgresql"),
		MasterUsername:           jsii.String("ledger"),
		ManageMasterUserPassword: jsii.Bool(true),
	})
	migration := awslambda.NewFunction(stack, jsii.String("Migration"), &awslambda.FunctionProps{
		Runtime: awslambda.Runtime_NODEJS_22_X(),
		Handler: jsii.String("index.handler"),
		Code:    awslambda.Code_FromInline(jsii.String("exports.handler = async () => {};")),
	})
	trigger := triggers.NewTrigger(stack, jsii.String("RunMigration"), &triggers.TriggerProps{
		Handler: migration,
	})
	backups.NewOnDemandBackup(stack, jsii.String("GateBackup"), &backups.OnDemandBackupProps{
		Source:        backups.BackupSource_FromRdsDatabaseCluster(ledger),
		Vault:         vault,
		Role:          role,
		DeleteAfter:   awscdk.Duration_Days(jsii.Number(35)),
		ExecuteBefore: &[]constructs.IConstruct{trigger},
	})

	customers := awsdynamodb.NewTable(stack, jsii.String("Customers"), &awsdynamodb.TableProps{
		PartitionKey:  &awsdynamodb.Attribute{Name: jsii.String("id"), Type: awsdynamodb.AttributeType_STRING},
		RemovalPolicy: awscdk.RemovalPolicy_DESTROY,
	})
	backups.OnDemandBackup_Guard(customers, &backups.BackupGuardOptions{
		Vault:            vault,
		Role:             role,
		DeleteAfter:      awscdk.Duration_Days(jsii.Number(90)),
		FinalBackup:      jsii.Bool(true),
		IgnoreProperties: jsii.Strings("BillingMode"),
	})

	files := awsefs.NewCfnFileSystem(stack, jsii.String("Files"), &awsefs.CfnFileSystemProps{
		Encrypted: jsii.Bool(true),
	})
	backups.NewOnDemandBackup(stack, jsii.String("DefaultsBackup"), &backups.OnDemandBackupProps{
		Source: backups.BackupSource_FromConstruct(files),
	})

	backups.NewOnDemandBackup(stack, jsii.String("AirGappedBackup"), &backups.OnDemandBackupProps{
		Source: backups.BackupSource_FromS3Bucket(archive),
		Vault:  vault,
		Role:   role,
		LogicallyAirGappedVault: awsbackup.CfnLogicallyAirGappedBackupVault_FromBackupVaultName(
			stack, jsii.String("AirGapped"), jsii.String("air-gapped")),
		Trigger: backups.BackupTrigger_OnChangeOf(jsii.String("release 2.0"), jsii.String("schema 7")),
		BackupOptions: &backups.BackupOptions{
			BackupAcls:       jsii.Bool(false),
			BackupObjectTags: jsii.Bool(true),
		},
		DeleteAfter: awscdk.Duration_Days(jsii.Number(90)),
	})

	forever := backups.NewOnDemandBackup(stack, jsii.String("ForeverBackup"), &backups.OnDemandBackupProps{
		Source:     backups.BackupSource_FromDynamoDbTable(orders),
		Vault:      vault,
		Role:       role,
		Trigger:    backups.BackupTrigger_EveryDeployment(jsii.String("build 42")),
		Completion: backups.BackupCompletion_FireAndForget(),
	})
	awscdk.Validations_Of(forever).Acknowledge(&awscdk.Acknowledgment{
		Id:     jsii.String("cdk-on-demand-backup::RepeatingKeepsForever"),
		Reason: jsii.String("Orders are kept for the tax office, which the finance team cleans up by hand."),
	})

	return stack
}
