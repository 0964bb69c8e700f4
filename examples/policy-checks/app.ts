import { App, Duration, Validations } from 'aws-cdk-lib';
import { Bad } from './bad';
import { Good } from './good';
import { BackupProtection, BackupRule, OnDemandBackupChecks } from 'cdk-on-demand-backup';

const app = new App();

// What a platform team writes once, for every app of the company.
Validations.of(app).addPlugins(new OnDemandBackupChecks({
  protectedResources: { by: [BackupProtection.GUARD, BackupProtection.BACKUP_PLAN, BackupProtection.POINT_IN_TIME_RECOVERY] },
  finalBackups: true,
  gatesWait: true,
  retentionSaid: true,
  minRetention: Duration.days(7),
  // Nobody waives a gate that does not wait.
  fatal: [BackupRule.GATES_WAIT],
}));

new Good(app, 'PolicyChecks');

// `cdk synth -c bad=true` lists what is wrong with it, and `cdk deploy Bad -c bad=true` does not get any further.
if (app.node.tryGetContext('bad')) {
  new Bad(app, 'Bad');
}
