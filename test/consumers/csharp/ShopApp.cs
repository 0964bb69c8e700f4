using Amazon.CDK;
using CdkOnDemandBackup;

namespace Shop
{
    public static class ShopApp
    {
        public static void Run()
        {
            var app = new App();
            Validations.Of(app).AddPlugins(new OnDemandBackupChecks(new OnDemandBackupChecksProps
            {
                RetentionSaid = true,
                GatesWait = true,
                MinRetention = Duration.Days(30),
                Fatal = new[] { BackupRule.RETENTION_AT_LEAST },
                Warnings = new[] { BackupRule.RETENTION_SAID, BackupRule.GATES_WAIT },
                Exemptions = new[]
                {
                    new BackupRuleExemption
                    {
                        Rule = BackupRule.RETENTION_SAID,
                        Path = "Shop/ForeverBackup",
                        Reason = "The tax office asks for it",
                        Ticket = "OPS-7",
                        Expires = "2099-12-31",
                    },
                },
            }));
            new ShopStack(app, "Shop");
            app.Synth();
        }
    }
}
