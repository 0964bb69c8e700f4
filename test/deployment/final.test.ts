import { CfnOutput, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { LocalAws } from '../simulator';
import { guarded, positions } from './guarded-tables';
import { FAULTS } from '../simulator/backup';
import { accounts } from '../support/account';
import { deploy, failures, jobStates, startedWith } from '../support/shop';

const account = accounts();

async function deployTables(aws: LocalAws, ...ids: string[]) {
  return deploy(aws, (stack) => ids.forEach((id) => guarded(stack, id)));
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
