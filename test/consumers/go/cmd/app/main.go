package main

import (
	"example.com/shop/shop"
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	backups "github.com/cdk-on-demand-backup/cdk-on-demand-backup-go/cdkondemandbackup"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	awscdk.Validations_Of(app).AddPlugins(backups.NewOnDemandBackupChecks(&backups.OnDemandBackupChecksProps{
		RetentionSaid: jsii.Bool(true),
		GatesWait:     jsii.Bool(true),
		MinRetention:  awscdk.Duration_Days(jsii.Number(30)),
		Fatal:         &[]backups.BackupRule{backups.BackupRule_RETENTION_AT_LEAST},
		Warnings:      &[]backups.BackupRule{backups.BackupRule_RETENTION_SAID, backups.BackupRule_GATES_WAIT},
		Exemptions: &[]*backups.BackupRuleExemption{{
			Rule:    backups.BackupRule_RETENTION_SAID,
			Path:    jsii.String("Shop/ForeverBackup"),
			Reason:  jsii.String("The tax office asks for it"),
			Ticket:  jsii.String("OPS-7"),
			Expires: jsii.String("2099-12-31"),
		}},
	}))
	shop.NewStack(app, "Shop")
	app.Synth(nil)
}
