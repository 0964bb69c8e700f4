from aws_cdk import App, Duration, Validations
from cdk_on_demand_backup import BackupRule, BackupRuleExemption, OnDemandBackupChecks

from shop_stack import ShopStack

app = App()
Validations.of(app).add_plugins(
    OnDemandBackupChecks(
        retention_said=True,
        gates_wait=True,
        min_retention=Duration.days(30),
        fatal=[BackupRule.RETENTION_AT_LEAST],
        warnings=[BackupRule.RETENTION_SAID, BackupRule.GATES_WAIT],
        exemptions=[
            BackupRuleExemption(
                rule=BackupRule.RETENTION_SAID,
                path="Shop/ForeverBackup",
                reason="The tax office asks for it",
                ticket="OPS-7",
                expires="2099-12-31",
            )
        ],
    )
)
ShopStack(app, "Shop")
app.synth()
