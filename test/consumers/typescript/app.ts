import { App, Duration, Validations } from 'aws-cdk-lib';
import { BackupRule, OnDemandBackupChecks } from 'cdk-on-demand-backup';
import { ShopStack } from './shop-stack';

const app = new App();
Validations.of(app).addPlugins(new OnDemandBackupChecks({
  retentionSaid: true,
  gatesWait: true,
  minRetention: Duration.days(30),
  fatal: [BackupRule.RETENTION_AT_LEAST],
  warnings: [BackupRule.RETENTION_SAID, BackupRule.GATES_WAIT],
  exemptions: [{
    rule: BackupRule.RETENTION_SAID,
    path: 'Shop/ForeverBackup',
    reason: 'The tax office asks for it',
    ticket: 'OPS-7',
    expires: '2099-12-31',
  }],
}));
new ShopStack(app, 'Shop');
app.synth();
