using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.S3;
using CdkOnDemandBackup;

namespace Shop
{
    public static class BadInput
    {
        private static readonly Dictionary<string, Action<Stack>> Cases = new()
        {
            // Several props at once, refused by the constructor.
            ["props"] = stack => new OnDemandBackup(stack, "Backup", new OnDemandBackupProps
            {
                Source = BackupSource.FromArn("arn:aws:dynamodb:eu-west-1:111122223333:table/orders"),
                StartWindow = Duration.Minutes(30),
                DeleteAfter = Duration.Days(0),
                RecoveryPointTags = new Dictionary<string, string> { ["aws:team"] = "orders" },
            }),
            // An option, refused by a factory.
            ["option"] = _ => BackupCompletion.WaitFor(new BackupWaitOptions { Timeout = Duration.Hours(13) }),
            // A construct that cannot be guarded.
            ["guard"] = stack => OnDemandBackup.Guard(Table.FromTableName(stack, "Imported", "orders")),
            // What another construct lacks, found by the synthesis.
            ["synthesis"] = stack => new OnDemandBackup(stack, "Backup", new OnDemandBackupProps
            {
                Source = BackupSource.FromS3Bucket(new Bucket(stack, "Photos")),
            }),
        };

        public static void Run()
        {
            var messages = Cases.ToDictionary(each => each.Key, each => MessageOf(each.Value));
            Console.WriteLine(JsonSerializer.Serialize(messages));
        }

        private static string MessageOf(Action<Stack> build)
        {
            var app = new App();
            try
            {
                build(new Stack(app, "Shop"));
                app.Synth();
            }
            catch (Exception error)
            {
                return error.Message;
            }
            return "no error";
        }
    }
}
