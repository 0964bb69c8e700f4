import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { guarded, positions } from './guarded-tables';
import { BackupCompletion, OnDemandBackup } from '../../src';
import { accounts } from '../support/account';
import { deploy, failures, jobStates, startedWith } from '../support/shop';

const account = accounts();

test('the second attempt takes no job of the first, not even where several hours share the waiting', async () => {
  const aws = await account();
  await deploy(aws, (stack) => {
    guarded(stack, 'Archive', {}, Duration.hours(3));
    guarded(stack, 'Orders');
  });
  aws.backup.plans.script({ outcome: { state: 'FAILED', statusMessage: 'Out of space.' }, runningFor: 100 }, { times: 1, resource: (arn) => arn.includes('Orders') });
  expect((await aws.destroy('Shop')).status).toBe('DELETE_FAILED');
  expect((await aws.destroy('Shop')).status).toBe('DELETE_COMPLETE');
  const states = aws.backup.jobs().map(({ request, state }) => `${/(Archive|Orders)/.exec(request.ResourceArn)![0]} ${state}`);
  expect(states.sort()).toEqual(['Archive COMPLETED', 'Archive COMPLETED', 'Orders COMPLETED', 'Orders FAILED']);
});

test('the second update takes no job of the first either', async () => {
  const aws = await account();
  const deployed = (...ids: string[]) => deploy(aws, (stack) => ids.forEach((id) => guarded(stack, id, {}, Duration.hours(3))));
  await deployed('Archive', 'Orders', 'Invoices');
  aws.backup.plans.script({ outcome: { state: 'FAILED', statusMessage: 'Out of space.' }, runningFor: 100 }, { times: 1, resource: (arn) => arn.includes('Orders') });
  expect((await deployed('Invoices')).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await deployed('Invoices')).status).toBe('UPDATE_COMPLETE');
  const states = aws.backup.jobs().map(({ request, state }) => `${/(Archive|Orders)/.exec(request.ResourceArn)![0]} ${state}`);
  expect(states.sort()).toEqual(['Archive COMPLETED', 'Archive COMPLETED', 'Orders COMPLETED', 'Orders FAILED']);
});

test.each([
  ['with a longer timeout for another', Duration.hours(1)],
  ['beside another that may take longer', Duration.hours(3)],
])('an update in which a source leaves %s fails where its hour is not enough', async (_how, before) => {
  const aws = await account();
  await deploy(aws, (stack) => {
    guarded(stack, 'Orders');
    guarded(stack, 'Archive', {}, before);
  });
  aws.backup.plans.script({ runningFor: 2 * 3600 });
  const failed = await deploy(aws, (stack) => guarded(stack, 'Archive', {}, Duration.hours(3)));
  expect(failed.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(failures(failed)[0]).toMatch(/No final backup, so nothing has been deleted\. Orders.* is RUNNING/);
  expect(positions(aws, 'Orders').deleted).toBe(-1);
});

test('a source that leaves and may take longer has all its hours', async () => {
  const aws = await account();
  const deployed = (...ids: string[]) => deploy(aws, (stack) => ids.forEach((id) => guarded(stack, id, {}, Duration.hours(3))));
  await deployed('Archive', 'Orders');
  aws.backup.plans.script({ runningFor: 2.5 * 3600 });
  expect((await deployed('Orders')).status).toBe('UPDATE_COMPLETE');
  expect(jobStates(aws)).toEqual(['COMPLETED']);
  expect(positions(aws, 'Archive').deleted).toBeGreaterThan(positions(aws, 'Archive').backedUp);
});

test('fewer hours to wait: no backup of what stays, and one of what leaves', async () => {
  const aws = await account();
  await deploy(aws, (stack) => {
    guarded(stack, 'Archive', {}, Duration.hours(3));
    guarded(stack, 'Orders', {}, Duration.hours(3));
  });
  await deploy(aws, (stack) => {
    guarded(stack, 'Archive', {}, Duration.hours(2));
    guarded(stack, 'Orders', {}, Duration.hours(2));
  });
  expect(jobStates(aws)).toEqual([]);
  await deploy(aws, (stack) => guarded(stack, 'Orders'));
  expect(startedWith(aws).map(({ ResourceArn }) => ResourceArn)).toEqual([expect.stringContaining('Archive')]);
});

test('the last guard leaves with its source: each hour waits for the backup in the clean-up', async () => {
  const aws = await account();
  await deploy(aws, (stack) => guarded(stack, 'Archive', {}, Duration.hours(3)));
  aws.backup.plans.script({ runningFor: 2.5 * 3600 });
  expect((await deploy(aws, (stack) => { new dynamodb.Table(stack, 'Other', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } }); })).status).toBe('UPDATE_COMPLETE');
  expect(jobStates(aws)).toEqual(['COMPLETED']);
  const { backedUp, deleted } = positions(aws, 'Archive');
  expect(deleted).toBeGreaterThan(backedUp);
});

test('where the function may not read when a deletion began, a later hour refuses to guess', async () => {
  const aws = await account({
    networkFaults: ({ operation }) => operation === 'DescribeStackEvents' ? { kind: 'error', type: 'AccessDenied', status: 403, message: 'Not allowed.' } : undefined,
  });
  await deploy(aws, (stack) => guarded(stack, 'Archive', {}, Duration.hours(2)));
  const failed = await aws.destroy('Shop');
  expect(failed.status).toBe('DELETE_FAILED');
  expect(failures(failed)[0]).toContain('When this operation began cannot be found out');
  expect(failures(failed)[0]).toContain('Let the function call cloudformation:DescribeStackEvents');
  expect(positions(aws, 'Archive').deleted).toBe(-1);
});

test('a copy into an air-gapped vault is awaited by each hour of the final backups', async () => {
  const aws = await account();
  aws.backup.putVault({ name: 'air-gapped', type: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT', minRetentionDays: 7, maxRetentionDays: 365 });
  await deploy(aws, (stack) => {
    const volume = new ec2.CfnVolume(stack, 'Volume', { availabilityZone: 'eu-west-1a', size: 1 });
    volume.applyRemovalPolicy(RemovalPolicy.DESTROY);
    OnDemandBackup.guard(volume, {
      deleteAfter: Duration.days(35),
      finalBackup: true,
      completion: BackupCompletion.waitFor({ timeout: Duration.hours(2) }),
      logicallyAirGappedVault: backup.CfnLogicallyAirGappedBackupVault.fromBackupVaultName(stack, 'AirGapped', 'air-gapped'),
    });
  });
  aws.backup.plans.script({ runningFor: 60, copy: { queuedFor: 10, runningFor: 4500, outcome: { state: 'FAILED', statusMessage: 'The vault is full.' } } });
  const failed = await aws.destroy('Shop');
  expect(failed.status).toBe('DELETE_FAILED');
  expect(failures(failed)[0]).toContain('ended FAILED: The vault is full.');
  expect(jobStates(aws)).toEqual(['COMPLETED']);
});
