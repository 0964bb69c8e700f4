import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib';
import { BackupCompletionKind, OnDemandBackup } from 'cdk-on-demand-backup';

const LONGEST_DAYS = 90;

/** Our own policy: no backup is kept for more than 90 days. */
export class RetentionPolicy implements IPolicyValidationPlugin {
  public readonly name = 'retention-policy';

  public validate({ appConstruct }: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = appConstruct.node.findAll()
      .filter((each) => OnDemandBackup.isOnDemandBackup(each))
      .filter((backup) => (backup.deleteAfter?.toDays() ?? Infinity) > LONGEST_DAYS)
      .map((backup) => this.violation(backup));
    return { success: violations.length === 0, violations };
  }

  private violation(backup: OnDemandBackup): PolicyViolation {
    const kept = backup.deleteAfter ? `${backup.deleteAfter.toDays()} days` : 'for ever';
    const waits = backup.completion.kind === BackupCompletionKind.WAIT_FOR ? `waits ${backup.completion.timeout?.toMinutes()} minutes` : 'does not wait';
    return {
      ruleName: 'KeptTooLong',
      description: `A backup of ${backup.source.resourceType?.name} is kept ${kept}, and we allow ${LONGEST_DAYS} days. `
        + `Its trigger is ${backup.trigger.kind}, and it ${waits}.`,
      severity: 'error',
      violatingResources: [{
        constructPath: backup.node.path,
        locations: ['deleteAfter'],
      }],
      ruleMetadata: { vault: backup.vault.backupVaultRef.backupVaultName },
    };
  }
}
