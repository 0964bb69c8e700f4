package com.example.shop;

import io.github.cdkondemandbackup.BackupRule;
import io.github.cdkondemandbackup.BackupRuleExemption;
import io.github.cdkondemandbackup.OnDemandBackupChecks;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Validations;

public final class ShopApp {
  private ShopApp() {}

  public static void main(String[] args) {
    App app = new App();
    Validations.of(app)
        .addPlugins(
            OnDemandBackupChecks.Builder.create()
                .retentionSaid(true)
                .gatesWait(true)
                .minRetention(Duration.days(30))
                .fatal(List.of(BackupRule.RETENTION_AT_LEAST))
                .warnings(List.of(BackupRule.RETENTION_SAID, BackupRule.GATES_WAIT))
                .exemptions(
                    List.of(
                        BackupRuleExemption.builder()
                            .rule(BackupRule.RETENTION_SAID)
                            .path("Shop/ForeverBackup")
                            .reason("The tax office asks for it")
                            .ticket("OPS-7")
                            .expires("2099-12-31")
                            .build()))
                .build());
    new ShopStack(app, "Shop");
    app.synth();
  }
}
