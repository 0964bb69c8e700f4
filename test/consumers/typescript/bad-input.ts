import { App, Duration, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BackupCompletion, BackupSource, OnDemandBackup } from 'cdk-on-demand-backup';

const CASES: Record<string, (stack: Stack) => void> = {
  // Several props at once, refused by the constructor.
  props: (stack) => new OnDemandBackup(stack, 'Backup', {
    source: BackupSource.fromArn('arn:aws:dynamodb:eu-west-1:111122223333:table/orders'),
    startWindow: Duration.minutes(30),
    deleteAfter: Duration.days(0),
    recoveryPointTags: { 'aws:team': 'orders' },
  }),
  // An option, refused by a factory.
  option: () => BackupCompletion.waitFor({ timeout: Duration.hours(13) }),
  // A construct that cannot be guarded.
  guard: (stack) => OnDemandBackup.guard(dynamodb.Table.fromTableName(stack, 'Imported', 'orders')),
  // What another construct lacks, found by the synthesis.
  synthesis: (stack) => new OnDemandBackup(stack, 'Backup', { source: BackupSource.fromS3Bucket(new s3.Bucket(stack, 'Photos')) }),
};

function messageOf(build: (stack: Stack) => void): string {
  const app = new App();
  try {
    build(new Stack(app, 'Shop'));
    app.synth();
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}

const messages = Object.entries(CASES).map(([name, build]) => [name, messageOf(build)]);
console.log(JSON.stringify(Object.fromEntries(messages), undefined, 2));
