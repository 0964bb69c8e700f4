# Rules of an organisation for the custom resources of cdk-on-demand-backup, for Open Policy Agent 1.
# The properties are described in docs/custom-resource.schema.json.
#
#   opa eval --data on_demand_backup.rego --input cdk.out/Good.template.json data.on_demand_backup.deny
package on_demand_backup

min_days := 7

max_days := 365

allowed_vaults := {"company-vault"}

protected_types := {"AWS::DynamoDB::Table"}

backups[id] := resource.Properties if {
	some id, resource in input.Resources
	resource.Type == "Custom::OnDemandBackup"
}

final_entries contains entry if {
	some resource in input.Resources
	resource.Type == "Custom::OnDemandBackupFinal"
	some entry in resource.Properties.OnDemandBackup.Entries
}

# Backups and final backups ask AWS Backup in the same words.
requests[id] := backups[id] if some id, _ in backups

requests[id] := entry if {
	some entry in final_entries
	id := sprintf("final backup of %s", [entry.LogicalId])
}

deny contains sprintf("retention: %s: recovery points are kept for %d to %d days: set deleteAfter", [id, min_days, max_days]) if {
	some id, request in requests
	not kept_long_enough(request)
}

kept_long_enough(request) if {
	days := to_number(request.Lifecycle.DeleteAfterDays)
	days >= min_days
	days <= max_days
}

deny contains sprintf("vault: %s: backups go into %v: set vault", [id, allowed_vaults]) if {
	some id, request in requests
	not request.BackupVaultName in allowed_vaults
}

# What is gated has a fingerprint in the backup.
deny contains sprintf("wait: %s: what a backup gates waits until it is COMPLETED", [id]) if {
	some id, request in backups
	request.OnDemandBackup.Gated
	not opens_only_after_backup(request.OnDemandBackup)
}

opens_only_after_backup(extension) if {
	extension.Completion == "WAIT_FOR"
	object.get(extension, "OnFailure", "FAIL") == "FAIL"
	object.get(extension, "OnTimeout", "FAIL") != "WARN"
	object.get(extension, "OnPartial", "FAIL") == "FAIL"
}

deny contains sprintf("protected: %s: it is guarded or has point-in-time recovery: OnDemandBackup.guard()", [id]) if {
	some id, resource in input.Resources
	resource.Type in protected_types
	not guarded(id)
	not recovers(resource)
}

# A guard names its source by logical id.
guarded(id) if {
	some backup in backups
	backup.OnDemandBackup.Trigger == "BEFORE_CHANGES_OF"
	backup.OnDemandBackup.SourceLogicalId == id
	backup.OnDemandBackup.SourceArnFormat
}

recovers(resource) if resource.Properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled == true
