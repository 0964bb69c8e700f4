import { CfnOutput, Duration, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { BackupCompletion, OnDemandBackup } from '../../src';
import { LocalAws } from '../simulator';
import { FAULTS } from '../simulator/backup';
import { accounts } from '../support/account';
import { deploy, failures, jobStates, startedWith } from '../support/shop';

const account = accounts();

function guarded(stack: Stack, id: string, props: Partial<dynamodb.TableProps> = {}, timeout = Duration.hours(1)): dynamodb.Table {
  const table = new dynamodb.Table(stack, id, {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, removalPolicy: RemovalPolicy.DESTROY, ...props,
  });
  OnDemandBackup.guard(table, { deleteAfter: Duration.days(35), finalBackup: true, completion: BackupCompletion.waitFor({ timeout }) });
  return table;
}

async function deployTables(aws: LocalAws, ...ids: string[]) {
  return deploy(aws, (stack) => ids.forEach((id) => guarded(stack, id)));
}

/** Whether something that matters came before something else. */
function positions(aws: LocalAws, logicalId: string): { backedUp: number; deleted: number } {
  const all = aws.recorder.all();
  return {
    backedUp: all.findLastIndex((entry) => entry.kind === 'backup' && entry.what === 'backup job' && entry.state === 'COMPLETED'),
    deleted: all.findIndex((entry) => entry.kind === 'stack' && entry.logicalId.startsWith(logicalId) && entry.type === 'AWS::DynamoDB::Table'
      && entry.status === 'DELETE_IN_PROGRESS'),
  };
}

test('a stack is deleted only after a COMPLETED backup of each guarded source', async () => {
  const aws = await account();
  await deployTables(aws, 'Orders', 'Invoices');
  expect(jobStates(aws)).toEqual([]);
  expect((await aws.destroy('Shop')).status).toBe('DELETE_COMPLETE');
  expect(jobStates(aws)).toEqual(['COMPLETED', 'COMPLETED']);
  for (const id of ['Orders', 'Invoices']) {
    const { backedUp, deleted } = positions(aws, id);
    expect(backedUp).toBeGreaterThan(0);
    expect(deleted).toBeGreaterThan(backedUp);
  }
  expect(aws.violations()).toEqual([]);
});

test('a final backup that fails leaves everything in place, and the second attempt makes another', async () => {
  const aws = await account();
  await deployTables(aws, 'Orders');
  aws.backup.plans.script({ outcome: { state: 'FAILED', statusMessage: 'Out of space.' }, runningFor: 100 }, { times: 1 });
  const failed = await aws.destroy('Shop');
  expect(failed.status).toBe('DELETE_FAILED');
  const [reason] = failures(failed);
  expect(reason).toContain('No final backup, so nothing has been deleted.');
  expect(reason).toContain('Out of space.');
  expect(reason).toMatch(/--retain-resources \w+/);
  expect(positions(aws, 'Orders').deleted).toBe(-1);
  expect((await aws.destroy('Shop')).status).toBe('DELETE_COMPLETE');
  expect(jobStates(aws)).toEqual(['FAILED', 'COMPLETED']);
});

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

test('a guarded table that leaves the template is backed up before anything is deleted', async () => {
  const aws = await account();
  await deployTables(aws, 'Orders', 'Invoices');
  expect((await deployTables(aws, 'Invoices')).status).toBe('UPDATE_COMPLETE');
  expect(startedWith(aws).map(({ ResourceArn }) => ResourceArn)).toEqual([expect.stringContaining('Orders')]);
  const { backedUp, deleted } = positions(aws, 'Orders');
  expect(deleted).toBeGreaterThan(backedUp);
});

test('a failed backup of a table that leaves the template fails the update, and the table stays', async () => {
  const aws = await account();
  await deployTables(aws, 'Orders', 'Invoices');
  aws.backup.faults.inject(FAULTS.error('InvalidRequestException', 'No.'), { operation: 'StartBackupJob' });
  const failed = await deployTables(aws, 'Invoices');
  expect(failed.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(failures(failed).join()).toContain('InvalidRequestException: No.');
  expect(positions(aws, 'Orders').deleted).toBe(-1);
});

test('only the guard removed: no backup', async () => {
  const aws = await account();
  await deployTables(aws, 'Orders', 'Invoices');
  await deploy(aws, (stack) => {
    guarded(stack, 'Invoices');
    new dynamodb.Table(stack, 'Orders', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, removalPolicy: RemovalPolicy.DESTROY });
  });
  expect(jobStates(aws)).toEqual([]);
});

test('a replaced table is backed up once, as the old one, before it is deleted', async () => {
  const aws = await account();
  await deploy(aws, (stack) => guarded(stack, 'Orders'));
  const updated = await deploy(aws, (stack) => guarded(stack, 'Orders', { sortKey: { name: 'line', type: dynamodb.AttributeType.NUMBER } }));
  expect(failures(updated)).toEqual([]);
  expect(jobStates(aws)).toEqual(['COMPLETED']);
});

test('a replaced table is backed up once more where the update of its guard failed and was not rolled back', async () => {
  let breaks = true;
  const aws = await account({ resourceFaults: ({ logicalId, action }) => breaks && logicalId.startsWith('Later') && action === 'CREATE' ? 'Broken.' : undefined });
  const deployed = (replaced: boolean) => deploy(aws, (stack) => {
    const orders = guarded(stack, 'Orders', replaced ? { sortKey: { name: 'line', type: dynamodb.AttributeType.NUMBER } } : {});
    if (replaced) {
      new dynamodb.Table(stack, 'Later', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } }).node.addDependency(orders);
    }
  }, { rollback: false });
  await deployed(false);
  expect((await deployed(true)).status).toBe('UPDATE_FAILED');
  await aws.clock.advance(24 * 3_600_000);
  breaks = false;
  expect((await deployed(true)).status).toBe('UPDATE_COMPLETE');
  const [ofGuard, last, ...more] = aws.backup.jobs();
  expect(more).toEqual([]);
  expect(last.request.ResourceArn).toBe(ofGuard.request.ResourceArn);
  const { backedUp, deleted } = positions(aws, 'Orders');
  expect(deleted).toBeGreaterThan(backedUp);
});

test('a rollback makes no final backup', async () => {
  const aws = await account({ resourceFaults: ({ logicalId, action, rollback }) => logicalId.startsWith('Broken') && action === 'CREATE' && !rollback ? 'Broken.' : undefined });
  const failed = await deploy(aws, (stack) => {
    guarded(stack, 'Orders');
    const broken = new dynamodb.Table(stack, 'Broken', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
    broken.node.addDependency(stack.node.findChild('Orders'));
  });
  expect(failed.status).toBe('ROLLBACK_COMPLETE');
  expect(jobStates(aws)).toEqual([]);
});

test('a final backup that an update waits for when it is cancelled is not made in the next one, nor by the event that comes again', async () => {
  const isFinal = (payload: string) => payload.includes('"ResourceType":"Custom::OnDemandBackupFinal"') && payload.includes('"RequestType":"Update"');
  const aws = await account({ lambdaFaults: { deliver: ({ payload }) => isFinal(payload) ? { duplicates: [420_000] } : undefined } });
  const { outputs } = await deploy(aws, (stack) => {
    new CfnOutput(stack, 'OrdersArn', { value: guarded(stack, 'Orders').tableArn });
    guarded(stack, 'Invoices');
  });
  aws.backup.putVault({ name: 'nightly' });
  aws.backup.putRole({ arn: 'arn:aws:iam::111122223333:role/nightly' });
  aws.backup.plans.script({ runningFor: 400 });
  aws.backup.startForeignJob({ ResourceArn: outputs.OrdersArn, BackupVaultName: 'nightly', IamRoleArn: 'arn:aws:iam::111122223333:role/nightly' });
  aws.when((entry) => entry.kind === 'request' && entry.requestType === 'Update' && entry.event.ResourceType === 'Custom::OnDemandBackupFinal', () =>
    aws.clock.at(aws.clock.now() + 290_000, () => aws.cancel('Shop')));
  expect((await deployTables(aws, 'Invoices')).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await deployTables(aws, 'Orders')).status).toBe('UPDATE_COMPLETE');
  expect(startedWith(aws).map(({ ResourceArn }) => ResourceArn)).toEqual([expect.stringContaining('Invoices')]);
});

test('a source that somebody has deleted by hand does not hold up the stack', async () => {
  const aws = await account();
  await deployTables(aws, 'Orders');
  aws.backup.plans.script({ runningFor: 3, outcome: { state: 'FAILED', statusMessage: 'Table not found.' } });
  expect((await aws.destroy('Shop')).status).toBe('DELETE_COMPLETE');
});

test('a source whose backup is denied is not taken for one that is gone', async () => {
  const aws = await account();
  await deployTables(aws, 'Orders');
  aws.backup.faults.inject(FAULTS.accessDenied('not authorized to perform: backup:StartBackupJob'), { operation: 'StartBackupJob' });
  const start = aws.clock.now();
  expect((await aws.destroy('Shop')).status).toBe('DELETE_FAILED');
  expect(aws.clock.now() - start).toBeLessThan(150_000);
});

test('a nested stack that its parent rolls back makes no final backup, and one that its parent drops makes it', async () => {
  const build = (withNested: boolean, withBroken: boolean) => (stack: Stack) => {
    new dynamodb.Table(stack, 'Other', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
    const nested = withNested ? new NestedStack(stack, 'Nested') : undefined;
    if (nested) {
      guarded(nested, 'Orders');
    }
    if (withBroken) {
      const broken = new dynamodb.Table(stack, 'Broken', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
      broken.node.addDependency(...nested ? [nested] : []);
    }
  };
  const aws = await account({ resourceFaults: ({ logicalId, action, rollback }) => logicalId.startsWith('Broken') && action === 'CREATE' && !rollback ? 'Broken.' : undefined });
  await deploy(aws, build(false, false));
  const failed = await deploy(aws, build(true, true));
  expect(failed.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(jobStates(aws)).toEqual([]);
  expect((await deploy(aws, build(true, false))).status).toBe('UPDATE_COMPLETE');
  expect((await deploy(aws, build(false, false))).status).toBe('UPDATE_COMPLETE');
  expect(jobStates(aws)).toEqual(['COMPLETED']);
  expect(aws.violations()).toEqual([]);
});

test('a nested stack that is deleted by itself makes its final backup, also where its parent has been rolled back before', async () => {
  const aws = await account({ resourceFaults: ({ logicalId, action, rollback }) => logicalId.startsWith('Broken') && action === 'CREATE' && !rollback ? 'Broken.' : undefined });
  const build = (withBroken: boolean) => (stack: Stack) => {
    guarded(new NestedStack(stack, 'Nested'), 'Orders');
    if (withBroken) {
      new dynamodb.Table(stack, 'Broken', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
    }
  };
  await deploy(aws, build(false));
  expect((await deploy(aws, build(true))).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  const nested = aws.recorder.of('stack').find(({ stack }) => stack.includes('Nested'))!.stack;
  expect((await aws.destroy(nested)).status).toBe('DELETE_COMPLETE');
  expect(jobStates(aws)).toEqual(['COMPLETED']);
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

test.each(['delete and create', 'update'] as const)('a creation that never got its answer and was not rolled back is repeated at once: %s', async (retryOfFailedCreate) => {
  let isLost = true;
  const aws = await account({
    undocumented: { retryOfFailedCreate },
    networkFaults: ({ service, request }) => isLost && service === 'answer' && request.path.includes('Final') ? { kind: 'reset' } : undefined,
  });
  const deployed = () => deploy(aws, (stack) => guarded(stack, 'Orders'), { rollback: false });
  expect((await deployed()).status).toBe('CREATE_FAILED');
  isLost = false;
  const again = await deployed();
  expect(again.status).toBe('UPDATE_COMPLETE');
  expect(again.duration).toBeLessThan(60_000);
  expect(jobStates(aws)).toEqual([]);
});
