import json
from typing import Callable

from aws_cdk import App, Duration, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_s3 as s3
from cdk_on_demand_backup import BackupCompletion, BackupSource, OnDemandBackup

CASES: dict[str, Callable[[Stack], object]] = {
    # Several props at once, refused by the constructor.
    "props": lambda stack: OnDemandBackup(
        stack,
        "Backup",
        source=BackupSource.from_arn(
            "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
        ),
        start_window=Duration.minutes(30),
        delete_after=Duration.days(0),
        recovery_point_tags={"aws:team": "orders"},
    ),
    # An option, refused by a factory.
    "option": lambda _: BackupCompletion.wait_for(timeout=Duration.hours(13)),
    # A construct that cannot be guarded.
    "guard": lambda stack: OnDemandBackup.guard(
        dynamodb.Table.from_table_name(stack, "Imported", "orders")
    ),
    # What another construct lacks, found by the synthesis.
    "synthesis": lambda stack: OnDemandBackup(
        stack, "Backup", source=BackupSource.from_s3_bucket(s3.Bucket(stack, "Photos"))
    ),
}


def message_of(build: Callable[[Stack], object]) -> str:
    app = App()
    try:
        build(Stack(app, "Shop"))
        app.synth()
    except Exception as error:
        return str(error)
    return "no error"


print(json.dumps({name: message_of(build) for name, build in CASES.items()}, indent=2))
