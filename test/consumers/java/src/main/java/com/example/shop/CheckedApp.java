package com.example.shop;

import io.github.cdkondemandbackup.BackupCompletion;
import io.github.cdkondemandbackup.BackupSource;
import io.github.cdkondemandbackup.BackupTrigger;
import io.github.cdkondemandbackup.BackupWaitOptions;
import io.github.cdkondemandbackup.OnDemandBackup;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.backup.BackupVault;
import software.amazon.awscdk.services.backup.IBackupVault;

public final class CheckedApp {
  private CheckedApp() {}

  public static void main(String[] args) {
    App app = new App();
    Validations.of(app).addPlugins(new RetentionPolicy());

    Stack stack = new Stack(app, "Checked");
    IBackupVault vault = BackupVault.fromBackupVaultName(stack, "Vault", "company");
    BackupSource orders =
        BackupSource.fromArn("arn:aws:dynamodb:eu-west-1:111122223333:table/orders");

    OnDemandBackup.Builder.create(stack, "ShortBackup")
        .source(orders)
        .vault(vault)
        .deleteAfter(Duration.days(90))
        .build();
    OnDemandBackup.Builder.create(stack, "LongBackup")
        .source(orders)
        .vault(vault)
        .deleteAfter(Duration.days(400))
        .trigger(BackupTrigger.onChangeOf("release 2.0"))
        .completion(
            BackupCompletion.waitFor(
                BackupWaitOptions.builder().timeout(Duration.hours(2)).build()))
        .build();
    OnDemandBackup.Builder.create(stack, "EndlessBackup").source(orders).vault(vault).build();

    app.synth();
  }
}
