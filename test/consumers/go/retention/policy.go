// Package retention is our own policy: no backup is kept for more than 90 days.
package retention

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	backups "github.com/cdk-on-demand-backup/cdk-on-demand-backup-go/cdkondemandbackup"
)

const longestDays = 90

// Policy checks every backup of an app.
type Policy struct{}

var _ awscdk.IPolicyValidationPlugin = (*Policy)(nil)

func (*Policy) Name() *string       { return jsii.String("retention-policy") }
func (*Policy) Version() *string    { return nil }
func (*Policy) RuleIds() *[]*string { return nil }

// Validate is called by the synthesis.
func (*Policy) Validate(context awscdk.IPolicyValidationContext) *awscdk.PolicyValidationPluginReport {
	violations := []*awscdk.PolicyViolation{}
	for _, each := range *context.AppConstruct().Node().FindAll(constructs.ConstructOrder_PREORDER) {
		if backup, ok := each.(backups.OnDemandBackup); ok && keptTooLong(backup) {
			violations = append(violations, violation(backup))
		}
	}
	return &awscdk.PolicyValidationPluginReport{
		Success:    jsii.Bool(len(violations) == 0),
		Violations: &violations,
	}
}

func keptTooLong(backup backups.OnDemandBackup) bool {
	return backup.DeleteAfter() == nil || *backup.DeleteAfter().ToDays(nil) > longestDays
}

func violation(backup backups.OnDemandBackup) *awscdk.PolicyViolation {
	kept := "for ever"
	if backup.DeleteAfter() != nil {
		kept = fmt.Sprintf("%.0f days", *backup.DeleteAfter().ToDays(nil))
	}
	waits := "does not wait"
	if completion := backup.Completion(); completion.Kind() == backups.BackupCompletionKind_WAIT_FOR {
		waits = fmt.Sprintf("waits %.0f minutes", *completion.Timeout().ToMinutes(nil))
	}
	description := fmt.Sprintf("A backup of %s is kept %s, and we allow %d days. Its trigger is %s, and it %s.",
		*backup.Source().ResourceType().Name(), kept, longestDays, backup.Trigger().Kind(), waits)
	return &awscdk.PolicyViolation{
		RuleName:    jsii.String("KeptTooLong"),
		Description: &description,
		Severity:    jsii.String("error"),
		ViolatingResources: &[]*awscdk.PolicyViolatingResource{{
			ConstructPath: backup.Node().Path(),
			Locations:     jsii.Strings("deleteAfter"),
		}},
		RuleMetadata: &map[string]*string{
			"vault": backup.Vault().BackupVaultRef().BackupVaultName,
		},
	}
}
