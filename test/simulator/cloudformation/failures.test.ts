import { custom } from '../fixtures/assembly';
import { asked, Harness, position, statuses } from '../fixtures/harness';

const harness = new Harness();
const MINUTE = 60_000;

test('a failed creation is taken down, with the id that was answered', async () => {
  const aws = await harness.start();
  const result = await harness.deploy(aws, { A: custom({ FailOn: 'Create', Id: 'given' }), B: custom({ Value: { Ref: 'A' } }) });
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(asked(aws)).toEqual(['Create A', 'Delete A given']);
  expect(result.events.find(({ status }) => status === 'CREATE_FAILED')?.reason).toContain('told to fail');
  expect(Object.keys(aws.resources('Shop'))).toEqual([]);
  const again = await harness.deploy(aws, { A: custom() });
  expect(again.status).toBe('CREATE_COMPLETE');
  expect(again.stackId).not.toBe(result.stackId);
});

describe.each(['cancelled', 'awaited'] as const)('siblings that run when one fails are %s', (siblingsOnFailure) => {
  test('at a creation', async () => {
    const aws = await harness.start({ undocumented: { siblingsOnFailure } });
    const result = await harness.deploy(aws, { A: custom({ Sleep: 10 * MINUTE }), B: custom({ FailOn: 'Create', Sleep: MINUTE }) });
    expect(result.status).toBe('ROLLBACK_COMPLETE');
    const [remove] = asked(aws).filter((line) => line.startsWith('Delete A'));
    const created = aws.recorder.of('answer').find(({ logicalId }) => logicalId === 'A');
    if (siblingsOnFailure === 'cancelled') {
      expect(remove).toMatch(/^Delete A Shop-A-[A-Z0-9]{13}$/);
      expect(result.events.find(({ logicalId, status }) => logicalId === 'A' && status === 'CREATE_FAILED')?.reason).toBe('Resource creation cancelled');
    } else {
      expect(remove).toBe('Delete A id-of-A');
      expect(created?.accepted).toBe(true);
    }
  });

  test('at an update', async () => {
    const aws = await harness.start({ undocumented: { siblingsOnFailure } });
    await harness.deploy(aws, { A: custom({ Value: 1 }), B: custom() });
    const result = await harness.deploy(aws, { A: custom({ Value: 2, Sleep: 10 * MINUTE }), B: custom({ FailOn: 'Update', Sleep: MINUTE }) });
    expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(statuses(result, 'A')).toEqual(['UPDATE_IN_PROGRESS', siblingsOnFailure === 'cancelled' ? 'UPDATE_FAILED' : 'UPDATE_COMPLETE', 'UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE']);
    expect(result.duration < 10 * MINUTE).toBe(siblingsOnFailure === 'cancelled');
    await aws.clock.advance(15 * MINUTE);
    const first = aws.recorder.of('answer').find(({ logicalId, data }) => logicalId === 'A' && data?.Value === '2');
    expect(first?.problem).toBe(siblingsOnFailure === 'cancelled' ? 'nobody waits for it any more' : undefined);
    expect(aws.violations()).toEqual([]);
  });
});

test('a failed update goes back by an Update with the properties swapped, also for the resource that failed', async () => {
  const aws = await harness.start();
  await harness.deploy(aws, { A: custom({ Value: 'old' }), B: custom({ Value: 'old', Before: { Ref: 'A' } }) });
  const result = await harness.deploy(aws, { A: custom({ Value: 'new' }), B: custom({ Value: 'new', Before: { Ref: 'A' }, FailOn: 'Update', Sleep: MINUTE }), C: custom() });
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  const back = aws.recorder.of('request').filter(({ event }) => (event.OldResourceProperties as { Value?: string })?.Value === 'new');
  expect(back.map(({ logicalId, event }) => [logicalId, (event.ResourceProperties as { Value: string }).Value])).toEqual([['A', 'old'], ['B', 'old']]);
  expect(asked(aws).at(-1)).toBe('Delete C id-of-C');
  expect(position(result, 'C', 'DELETE_IN_PROGRESS')).toBeGreaterThan(position(result, 'Shop', 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'));
  const again = await harness.deploy(aws, { A: custom({ Value: 'old' }), B: custom({ Value: 'old', Before: { Ref: 'A' } }) });
  expect(again.events).toEqual([]);
});

test.each(['swapped update', 'delete only'] as const)('a replaced custom resource is rolled back by %s', async (rollbackOfReplacement) => {
  const aws = await harness.start({ undocumented: { rollbackOfReplacement } });
  await harness.deploy(aws, { A: custom({ Id: 'first' }), B: custom() });
  const result = await harness.deploy(aws, { A: custom({ Id: 'second' }), B: custom({ FailOn: 'Update', Value: { Ref: 'A' } }) });
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  const aboutA = asked(aws, 2).filter((line) => line.includes(' A '));
  expect(aboutA).toEqual(rollbackOfReplacement === 'delete only'
    ? ['Update A first', 'Delete A second']
    : ['Update A first', 'Update A second', 'Delete A second']);
  expect(aws.resources('Shop').A.physicalId).toBe('first');
});

test('a sibling that a test makes fail rolls everything back, tables included', async () => {
  let failing = false;
  const aws = await harness.start({ resourceFaults: ({ logicalId, rollback }) => failing && logicalId === 'Topic' && !rollback ? 'no more topics' : undefined });
  const topic = (name: string) => ({ Type: 'AWS::SNS::Topic', Properties: { DisplayName: name }, DependsOn: ['T', 'A'] });
  const table = (name: string) => ({ Type: 'AWS::DynamoDB::Table', Properties: { KeySchema: [name] } });
  await harness.deploy(aws, { Topic: topic('a'), T: table('a'), A: custom({ Value: { Ref: 'T' } }) });
  const { physicalId } = aws.resources('Shop').T;
  failing = true;
  const result = await harness.deploy(aws, { Topic: topic('b'), T: table('b'), A: custom({ Value: { Ref: 'T' } }) });
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(aws.resources('Shop').T.physicalId).toBe(physicalId);
  expect(asked(aws, 1)).toEqual(['Update A id-of-A', 'Update A id-of-A']);
});

test('a rollback that fails can be continued, or the resource skipped', async () => {
  const aws = await harness.start({
    resourceFaults: ({ logicalId, rollback, action }) => logicalId === 'B' && rollback && action === 'UPDATE' ? 'still not' : undefined,
  });
  await harness.deploy(aws, { A: custom({ Value: 1 }), B: custom() });
  const failed = await harness.deploy(aws, { A: custom({ Value: 2 }), B: custom({ FailOn: 'Update', After: { Ref: 'A' } }) });
  expect(failed.status).toBe('UPDATE_ROLLBACK_FAILED');
  expect((await aws.continueUpdateRollback('Shop')).status).toBe('UPDATE_ROLLBACK_FAILED');
  expect((await aws.continueUpdateRollback('Shop', ['B'])).status).toBe('UPDATE_ROLLBACK_COMPLETE');
});

test.each(['cancelled', 'awaited'] as const)('an update that the user cancels while a resource runs: %s', async (siblingsOnCancel) => {
  const aws = await harness.start({ undocumented: { siblingsOnCancel } });
  await harness.deploy(aws, { A: custom() });
  aws.when(({ kind }) => kind === 'request', () => void aws.clock.at(aws.clock.now() + MINUTE, () => aws.cancel('Shop')));
  const result = await harness.deploy(aws, { A: custom({ Sleep: 10 * MINUTE }), B: custom({ Value: { Ref: 'A' } }) });
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(result.duration < 5 * MINUTE).toBe(siblingsOnCancel === 'cancelled');
  expect(asked(aws, 1)).toEqual(['Update A id-of-A', 'Update A id-of-A']);
});

test('a service time-out passes when nothing answers', async () => {
  const aws = await harness.start();
  const result = await harness.deploy(aws, { A: custom({ Throw: 'broken', ServiceTimeout: 600 }) });
  const failed = result.events.find(({ status, logicalId }) => status === 'CREATE_FAILED' && logicalId === 'A');
  const begun = result.events.find(({ status, logicalId }) => status === 'CREATE_IN_PROGRESS' && logicalId === 'A');
  expect((failed?.time ?? 0) - (begun?.time ?? 0)).toBe(600_000);
  expect(failed?.reason).toMatch(/^CloudFormation did not receive a response from your Custom Resource/);
  expect(result.status).toBe('ROLLBACK_FAILED');
});

test('a change of the service token is refused', async () => {
  const aws = await harness.start();
  await harness.deploy(aws, { A: custom() });
  const result = await harness.deploy(aws, { A: custom({ ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:other' }) });
  expect(result.events.find(({ status }) => status === 'UPDATE_FAILED')?.reason).toBe('Modifying service token is not allowed.');
});
