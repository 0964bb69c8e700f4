package com.example.shop;

import io.github.cdkondemandbackup.BackupCompletion;
import io.github.cdkondemandbackup.BackupCompletionKind;
import io.github.cdkondemandbackup.OnDemandBackup;
import java.util.List;
import java.util.Map;
import org.jetbrains.annotations.NotNull;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.IPolicyValidationContext;
import software.amazon.awscdk.IPolicyValidationPlugin;
import software.amazon.awscdk.PolicyValidationPluginReport;
import software.amazon.awscdk.PolicyViolatingResource;
import software.amazon.awscdk.PolicyViolation;

/** Our own policy: no backup is kept for more than 90 days. */
public class RetentionPolicy implements IPolicyValidationPlugin {
  private static final int LONGEST_DAYS = 90;

  @Override
  public @NotNull String getName() {
    return "retention-policy";
  }

  @Override
  public @NotNull PolicyValidationPluginReport validate(@NotNull IPolicyValidationContext context) {
    List<PolicyViolation> violations =
        context.getAppConstruct().getNode().findAll().stream()
            .filter(OnDemandBackup::isOnDemandBackup)
            .map(OnDemandBackup.class::cast)
            .filter(RetentionPolicy::isKeptTooLong)
            .map(RetentionPolicy::violation)
            .toList();
    return PolicyValidationPluginReport.builder()
        .success(violations.isEmpty())
        .violations(violations)
        .build();
  }

  private static boolean isKeptTooLong(OnDemandBackup backup) {
    Duration deleteAfter = backup.getDeleteAfter();
    return deleteAfter == null || deleteAfter.toDays().intValue() > LONGEST_DAYS;
  }

  private static PolicyViolation violation(OnDemandBackup backup) {
    Duration deleteAfter = backup.getDeleteAfter();
    String kept = deleteAfter == null ? "for ever" : deleteAfter.toDays() + " days";
    BackupCompletion completion = backup.getCompletion();
    String waits =
        completion.getKind() == BackupCompletionKind.WAIT_FOR
            ? "waits " + completion.getTimeout().toMinutes() + " minutes"
            : "does not wait";
    String description =
        "A backup of %s is kept %s, and we allow %d days. Its trigger is %s, and it %s."
            .formatted(
                backup.getSource().getResourceType().getName(),
                kept,
                LONGEST_DAYS,
                backup.getTrigger().getKind(),
                waits);
    return PolicyViolation.builder()
        .ruleName("KeptTooLong")
        .description(description)
        .severity("error")
        .violatingResources(
            List.of(
                PolicyViolatingResource.builder()
                    .constructPath(backup.getNode().getPath())
                    .locations(List.of("deleteAfter"))
                    .build()))
        .ruleMetadata(
            Map.of("vault", backup.getVault().getBackupVaultRef().getBackupVaultName()))
        .build();
  }
}
