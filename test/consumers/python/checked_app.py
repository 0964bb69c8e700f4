from aws_cdk import App, Duration, Stack, Validations
from aws_cdk import aws_backup as backup
from cdk_on_demand_backup import (
    BackupCompletion,
    BackupSource,
    BackupTrigger,
    OnDemandBackup,
)

from retention_policy import RetentionPolicy

app = App()
Validations.of(app).add_plugins(RetentionPolicy())

stack = Stack(app, "Checked")
vault = backup.BackupVault.from_backup_vault_name(stack, "Vault", "company")
orders = BackupSource.from_arn("arn:aws:dynamodb:eu-west-1:111122223333:table/orders")

OnDemandBackup(
    stack, "ShortBackup", source=orders, vault=vault, delete_after=Duration.days(90)
)
OnDemandBackup(
    stack,
    "LongBackup",
    source=orders,
    vault=vault,
    delete_after=Duration.days(400),
    trigger=BackupTrigger.on_change_of("release 2.0"),
    completion=BackupCompletion.wait_for(timeout=Duration.hours(2)),
)
OnDemandBackup(stack, "EndlessBackup", source=orders, vault=vault)

app.synth()
