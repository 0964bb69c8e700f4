import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import { BackupCompletion, BackupSource, BackupTrigger, OnDemandBackup } from 'cdk-on-demand-backup';
import { RetentionPolicy } from './retention-policy';

const app = new App();
Validations.of(app).addPlugins(new RetentionPolicy());

const stack = new Stack(app, 'Checked');
const vault = backup.BackupVault.fromBackupVaultName(stack, 'Vault', 'company');
const orders = BackupSource.fromArn('arn:aws:dynamodb:eu-west-1:111122223333:table/orders');

new OnDemandBackup(stack, 'ShortBackup', { source: orders, vault, deleteAfter: Duration.days(90) });
new OnDemandBackup(stack, 'LongBackup', {
  source: orders,
  vault,
  deleteAfter: Duration.days(400),
  trigger: BackupTrigger.onChangeOf('release 2.0'),
  completion: BackupCompletion.waitFor({ timeout: Duration.hours(2) }),
});
new OnDemandBackup(stack, 'EndlessBackup', { source: orders, vault });

app.synth();
