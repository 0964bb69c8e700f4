package main

import (
	"example.com/shop/retention"
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsbackup"
	"github.com/aws/jsii-runtime-go"
	backups "github.com/cdk-on-demand-backup/cdk-on-demand-backup-go/cdkondemandbackup"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	awscdk.Validations_Of(app).AddPlugins(&retention.Policy{})

	stack := awscdk.NewStack(app, jsii.String("Checked"), nil)
	vault := awsbackup.BackupVault_FromBackupVaultName(stack, jsii.String("Vault"), jsii.String("company"))
	orders := backups.BackupSource_FromArn(jsii.String("arn:aws:dynamodb:eu-west-1:111122223333:table/orders"), nil)

	backups.NewOnDemandBackup(stack, jsii.String("ShortBackup"), &backups.OnDemandBackupProps{
		Source:      orders,
		Vault:       vault,
		DeleteAfter: awscdk.Duration_Days(jsii.Number(90)),
	})
	backups.NewOnDemandBackup(stack, jsii.String("LongBackup"), &backups.OnDemandBackupProps{
		Source:      orders,
		Vault:       vault,
		DeleteAfter: awscdk.Duration_Days(jsii.Number(400)),
		Trigger:     backups.BackupTrigger_OnChangeOf(jsii.String("release 2.0")),
		Completion: backups.BackupCompletion_WaitFor(&backups.BackupWaitOptions{
			Timeout: awscdk.Duration_Hours(jsii.Number(2)),
		}),
	})
	backups.NewOnDemandBackup(stack, jsii.String("EndlessBackup"), &backups.OnDemandBackupProps{
		Source: orders,
		Vault:  vault,
	})

	app.Synth(nil)
}
