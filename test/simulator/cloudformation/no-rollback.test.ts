import { custom } from '../fixtures/assembly';
import { asked, Harness, statuses } from '../fixtures/harness';

const harness = new Harness();
const without = { rollback: false };

test.each(['delete and create', 'update'] as const)('a failed creation stays, independent resources go on, the next operation tries again by %s', async (retryOfFailedCreate) => {
  const aws = await harness.start({ undocumented: { retryOfFailedCreate } });
  const failed = await harness.deploy(aws, { A: custom({ FailOn: 'Create' }), B: custom({ Sleep: 60_000 }), C: custom({ Value: { Ref: 'A' } }) }, {}, without);
  expect(failed.status).toBe('CREATE_FAILED');
  expect([aws.resources('Shop').A.status, aws.resources('Shop').B.status, aws.resources('Shop').C]).toEqual(['CREATE_FAILED', 'CREATE_COMPLETE', undefined]);
  const before = asked(aws).length;
  const again = await harness.deploy(aws, { A: custom(), B: custom({ Sleep: 60_000 }), C: custom({ Value: { Ref: 'A' } }) }, {}, without);
  expect(again.status).toBe('UPDATE_COMPLETE');
  expect(asked(aws, before)).toEqual(retryOfFailedCreate === 'update'
    ? ['Update A id-of-A', 'Create C']
    : ['Delete A id-of-A', 'Create A', 'Create C']);
});

test.each(['last success', 'last attempt'] as const)('the Update after a failed one carries the properties of the %s', async (oldPropertiesAfterFailure) => {
  const aws = await harness.start({ undocumented: { oldPropertiesAfterFailure } });
  await harness.deploy(aws, { A: custom({ Value: 'one' }) });
  const failed = await harness.deploy(aws, { A: custom({ Value: 'two', FailOn: 'Update' }) }, {}, without);
  expect(failed.status).toBe('UPDATE_FAILED');
  const again = await harness.deploy(aws, { A: custom({ Value: 'two', FailOn: 'Update' }) }, {}, without);
  expect(again.status).toBe('UPDATE_FAILED');
  const { event } = aws.recorder.of('request').at(-1)!;
  expect(event.OldResourceProperties).toMatchObject({ Value: oldPropertiesAfterFailure === 'last success' ? 'one' : 'two' });
  expect((await harness.deploy(aws, { A: custom({ Value: 'three' }) })).status).toBe('UPDATE_COMPLETE');
});

test('a later failure with rollback goes back to what was last stable, over both operations', async () => {
  const aws = await harness.start();
  await harness.deploy(aws, { A: custom({ Value: 'one' }), B: custom() });
  await harness.deploy(aws, { A: custom({ Value: 'two' }), B: custom({ FailOn: 'Update' }), C: custom() }, {}, without);
  expect(aws.stack('Shop')?.status).toBe('UPDATE_FAILED');
  const back = await harness.deploy(aws, { A: custom({ Value: 'two' }), B: custom({ FailOn: 'Update', Value: 1 }), C: custom() });
  expect(back.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(aws.resources('Shop').A.properties.Value).toBe('one');
  expect(aws.resources('Shop').C).toBeUndefined();
});

test('RollbackStack goes back from a failure that was left', async () => {
  const aws = await harness.start();
  await harness.deploy(aws, { A: custom({ Value: 'one' }) });
  await harness.deploy(aws, { A: custom({ Value: 'two', FailOn: 'Update' }) }, {}, without);
  const back = await aws.rollback('Shop');
  expect(back.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(aws.recorder.of('request').at(-1)?.event).toMatchObject({ ResourceProperties: { Value: 'one' }, OldResourceProperties: { Value: 'two' } });
});

test('a creation may be left to itself, or be deleted at once', async () => {
  const aws = await harness.start();
  const result = await harness.deploy(aws, { A: custom({ FailOn: 'Create' }) }, {}, { onFailure: 'DELETE' });
  expect(result.status).toBe('DELETE_COMPLETE');
  expect(statuses(result, 'A').at(-1)).toBe('DELETE_COMPLETE');
});
