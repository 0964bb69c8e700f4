import math

import jsii
from aws_cdk import (
    IPolicyValidationContext,
    IPolicyValidationPlugin,
    PolicyValidationPluginReport,
    PolicyViolatingResource,
    PolicyViolation,
)
from cdk_on_demand_backup import BackupCompletionKind, OnDemandBackup

LONGEST_DAYS = 90


@jsii.implements(IPolicyValidationPlugin)
class RetentionPolicy:
    """Our own policy: no backup is kept for more than 90 days."""

    @property
    def name(self) -> str:
        return "retention-policy"

    def validate(
        self, context: IPolicyValidationContext
    ) -> PolicyValidationPluginReport:
        backups = [
            each
            for each in context.app_construct.node.find_all()
            if OnDemandBackup.is_on_demand_backup(each)
        ]
        violations = [
            self._violation(backup)
            for backup in backups
            if self._kept_days(backup) > LONGEST_DAYS
        ]
        return PolicyValidationPluginReport(
            success=not violations, violations=violations
        )

    def _kept_days(self, backup: OnDemandBackup) -> float:
        return backup.delete_after.to_days() if backup.delete_after else math.inf

    def _violation(self, backup: OnDemandBackup) -> PolicyViolation:
        kept = (
            f"{backup.delete_after.to_days():.0f} days"
            if backup.delete_after
            else "for ever"
        )
        waits = (
            f"waits {backup.completion.timeout.to_minutes():.0f} minutes"
            if backup.completion.kind == BackupCompletionKind.WAIT_FOR
            else "does not wait"
        )
        return PolicyViolation(
            rule_name="KeptTooLong",
            description=(
                f"A backup of {backup.source.resource_type.name} is kept {kept}, and we allow {LONGEST_DAYS} days. "
                f"Its trigger is {backup.trigger.kind.value}, and it {waits}."
            ),
            severity="error",
            violating_resources=[
                PolicyViolatingResource(
                    construct_path=backup.node.path, locations=["deleteAfter"]
                )
            ],
            rule_metadata={"vault": backup.vault.backup_vault_ref.backup_vault_name},
        )
