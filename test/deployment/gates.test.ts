import { Duration } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { BackupSource, OnDemandBackup } from '../../src';
import { LocalAws } from '../simulator';
import { accounts } from '../support/account';
import { deploy, failures, jobStates, startedWith, table } from '../support/shop';

const account = accounts();

/** A table, and a migration (stood in for by a parameter) that may only run after a backup of it. */
async function deployMigration(aws: LocalAws, version: string, context: Record<string, string> = {}) {
  return deploy(aws, (stack) => {
    const migration = new ssm.StringParameter(stack, 'Migration', { stringValue: version });
    new OnDemandBackup(stack, 'Backup', {
      source: BackupSource.fromDynamoDbTable(table(stack)), deleteAfter: Duration.days(35), executeBefore: [migration],
    });
  }, { context });
}

/** Positions, in the order of what happened, of an update of the migration and of the end of the last job. */
function order(aws: LocalAws): string[] {
  return aws.recorder.all().flatMap((entry) => {
    if (entry.kind === 'stack' && entry.logicalId.startsWith('Migration') && entry.status.endsWith('_IN_PROGRESS')) {
      return [`migration ${entry.status}`];
    }
    return entry.kind === 'backup' && entry.what === 'backup job' && entry.state === 'COMPLETED' ? ['backup COMPLETED'] : [];
  });
}

test('a migration runs only after a COMPLETED backup, each time that it is going to run; a new environment does not wait', async () => {
  const aws = await account();
  expect((await deployMigration(aws, '1')).status).toBe('CREATE_COMPLETE');
  expect(jobStates(aws)).toEqual([]);
  expect((await deployMigration(aws, '2')).status).toBe('UPDATE_COMPLETE');
  expect((await deployMigration(aws, '2')).ok).toBe(true);
  expect((await deployMigration(aws, '3')).status).toBe('UPDATE_COMPLETE');
  expect(jobStates(aws)).toEqual(['COMPLETED', 'COMPLETED']);
  expect(order(aws)).toEqual([
    'migration CREATE_IN_PROGRESS', 'backup COMPLETED', 'migration UPDATE_IN_PROGRESS', 'backup COMPLETED', 'migration UPDATE_IN_PROGRESS',
  ]);
  expect(aws.violations()).toEqual([]);
});

test('a backup that fails keeps the migration from running', async () => {
  const aws = await account();
  await deployMigration(aws, '1');
  aws.backup.plans.script({ outcome: { state: 'FAILED', statusMessage: 'Broken.' }, runningFor: 900 }, { times: 1 });
  const failed = await deployMigration(aws, '2');
  expect(failed.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(failures(failed)[0]).toContain('Broken.');
  expect(order(aws)).toEqual(['migration CREATE_IN_PROGRESS']);
  expect((await deployMigration(aws, '2')).status).toBe('UPDATE_COMPLETE');
  expect(jobStates(aws)).toEqual(['FAILED', 'COMPLETED']);
});

async function deployGuarded(aws: LocalAws, props: Partial<dynamodb.TableProps>, guarded = true) {
  return deploy(aws, (stack) => {
    const orders = new dynamodb.Table(stack, 'Orders', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, ...props });
    if (guarded) {
      OnDemandBackup.guard(orders, { deleteAfter: Duration.days(35) });
    }
  });
}

test('a guarded table is backed up before it changes, and before it is replaced, as the old one', async () => {
  const aws = await account();
  expect((await deployGuarded(aws, {})).status).toBe('CREATE_COMPLETE');
  expect(jobStates(aws)).toEqual([]);
  await deployGuarded(aws, { timeToLiveAttribute: 'expires' });
  const arn = startedWith(aws)[0].ResourceArn;
  await deployGuarded(aws, { timeToLiveAttribute: 'expires' });
  await deployGuarded(aws, { timeToLiveAttribute: 'expires', sortKey: { name: 'line', type: dynamodb.AttributeType.NUMBER } });
  expect(startedWith(aws).map(({ ResourceArn }) => ResourceArn)).toEqual([arn, arn]);
  expect(jobStates(aws)).toEqual(['COMPLETED', 'COMPLETED']);
  expect(aws.violations()).toEqual([]);
});

test('a guard that is added to a table which exists backs it up at once', async () => {
  const aws = await account();
  await deployGuarded(aws, {}, false);
  await deployGuarded(aws, {}, true);
  expect(jobStates(aws)).toEqual(['COMPLETED']);
});

test('a reason to skip of any length leaves the answer within its limit', async () => {
  const aws = await account();
  await deployMigration(aws, '1');
  const skipped = await deployMigration(aws, '2', { 'cdk-on-demand-backup:skip': 'AWS Backup is down. '.repeat(250) });
  expect(skipped.status).toBe('UPDATE_COMPLETE');
  expect(aws.violations()).toEqual([]);
});

test('skip backs up nothing this time, and the next deployment backs up', async () => {
  const aws = await account();
  await deployMigration(aws, '1');
  const skipped = await deployMigration(aws, '2', { 'cdk-on-demand-backup:skip': 'AWS Backup is down' });
  expect(skipped.status).toBe('UPDATE_COMPLETE');
  expect(jobStates(aws)).toEqual([]);
  expect(aws.recorder.of('answer').at(-2)?.data ?? aws.recorder.of('answer').at(-1)?.data).toMatchObject({ State: 'SKIPPED', StatusMessage: 'AWS Backup is down' });
  await deployMigration(aws, '2');
  expect(jobStates(aws)).toEqual(['COMPLETED']);
});
