package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"
	backups "github.com/cdk-on-demand-backup/cdk-on-demand-backup-go/cdkondemandbackup"
)

var cases = map[string]func(stack awscdk.Stack){
	// Several props at once, refused by the constructor.
	"props": func(stack awscdk.Stack) {
		backups.NewOnDemandBackup(stack, jsii.String("Backup"), &backups.OnDemandBackupProps{
			Source:            backups.BackupSource_FromArn(jsii.String("arn:aws:dynamodb:eu-west-1:111122223333:table/orders"), nil),
			StartWindow:       awscdk.Duration_Minutes(jsii.Number(30)),
			DeleteAfter:       awscdk.Duration_Days(jsii.Number(0)),
			RecoveryPointTags: &map[string]*string{"aws:team": jsii.String("orders")},
		})
	},
	// An option, refused by a factory.
	"option": func(awscdk.Stack) {
		backups.BackupCompletion_WaitFor(&backups.BackupWaitOptions{Timeout: awscdk.Duration_Hours(jsii.Number(13))})
	},
	// A construct that cannot be guarded.
	"guard": func(stack awscdk.Stack) {
		backups.OnDemandBackup_Guard(awsdynamodb.Table_FromTableName(stack, jsii.String("Imported"), jsii.String("orders")), nil)
	},
	// What another construct lacks, found by the synthesis.
	"synthesis": func(stack awscdk.Stack) {
		backups.NewOnDemandBackup(stack, jsii.String("Backup"), &backups.OnDemandBackupProps{
			Source: backups.BackupSource_FromS3Bucket(awss3.NewBucket(stack, jsii.String("Photos"), nil)),
		})
	},
}

func main() {
	defer jsii.Close()

	messages := map[string]string{}
	for name, build := range cases {
		messages[name] = messageOf(build)
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(messages); err != nil {
		panic(err)
	}
}

func messageOf(build func(stack awscdk.Stack)) (message string) {
	defer func() {
		if err := recover(); err != nil {
			message = fmt.Sprint(err)
		}
	}()
	app := awscdk.NewApp(nil)
	build(awscdk.NewStack(app, jsii.String("Shop"), nil))
	app.Synth(nil)
	return "no error"
}
