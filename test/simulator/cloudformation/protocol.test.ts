import { custom } from '../fixtures/assembly';
import { asked, Harness } from '../fixtures/harness';
import { LocalAwsOptions } from '../index';

const harness = new Harness();
const override = (answer: object): string => JSON.stringify(answer);

test.each([
  ['an id that is empty', { PhysicalResourceId: '' }, /Invalid PhysicalResourceId/],
  ['an id longer than 1 KB', { PhysicalResourceId: 'x'.repeat(1025) }, /PhysicalResourceId is longer than 1 KB/],
  ['more than 4,096 bytes', { Data: { Long: 'x'.repeat(4000) } }, /Response object is too long: \d+ bytes/],
  ['a failure without a reason', { Status: 'FAILED' }, /FAILED without a Reason/],
  ['another request', { RequestId: 'other' }, /RequestId is "other"/],
  ['another stack', { StackId: 'other' }, /StackId is "other"/],
  ['another resource', { LogicalResourceId: 'other' }, /LogicalResourceId is "other"/],
  ['a status that does not exist', { Status: 'OK' }, /Status is "OK"/],
  ['data that is not simple', { Data: { Deep: { er: 1 } } }, /Value of property Data must be an object with String/],
])('an answer with %s fails the resource and is written down', async (_, answer, problem) => {
  const aws = await harness.start();
  const result = await harness.deploy(aws, { A: custom({ Override: override(answer) }) });
  expect(result.events.find(({ status }) => status === 'CREATE_FAILED')?.reason).toMatch(problem);
  expect(aws.violations()[0]).toMatch(problem);
  expect(aws.recorder.of('answer')[0].accepted).toBe(false);
});

test('the largest answer that fits is taken', async () => {
  const aws = await harness.start();
  const measure = await harness.deploy(aws, { A: custom({ Override: override({ Data: { Long: '' } }) }) });
  const [{ bytes }] = aws.recorder.of('answer');
  const again = await harness.start();
  const result = await harness.deploy(again, { A: custom({ Override: override({ Data: { Long: 'x'.repeat(4096 - bytes) } }) }) });
  expect([measure.ok, result.ok, again.recorder.of('answer')[0].bytes]).toEqual([true, true, 4096]);
});

test('the URL says when it was made and how long it lives', async () => {
  const aws = await harness.start();
  await harness.deploy(aws, { A: custom() });
  const [{ event, time }] = aws.recorder.of('request');
  const query = new URL(String(event.ResponseURL)).searchParams;
  expect(query.get('X-Amz-Date')).toBe(new Date(time).toISOString().replace(/[-:]|\.\d+/g, ''));
  expect(query.get('X-Amz-Expires')).toBe('7199');
});

test('an event that arrives twice may be answered twice with the same words; only one answer is taken', async () => {
  const aws = await harness.start({ lambdaFaults: { deliver: ({ index }) => index === 0 ? { duplicates: [60_000] } : undefined } });
  await harness.deploy(aws, { A: custom({ Override: override({ Data: {} }) }) });
  await aws.clock.advance(2 * 60_000);
  expect(aws.recorder.of('answer').map(({ accepted, problem }) => [accepted, problem])).toEqual([[true, undefined], [false, 'answered already']]);
  expect(aws.violations()).toEqual([]);
});

test('a second answer that differs breaks a rule', async () => {
  const aws = await harness.start({ lambdaFaults: { deliver: () => ({ duplicates: [30_000] }) } });
  await harness.deploy(aws, { A: custom() });
  await aws.clock.advance(2 * 60_000);
  expect(aws.violations().join()).toMatch(/Shop A: a second answer that differs from the first/);
});

test.each<[string, LocalAwsOptions['networkFaults'], RegExp]>([
  ['5xx', ({ service, index }) => service === 'answer' && index === 0 ? { kind: 'status', status: 503 } : undefined, /the answer was not taken: 503/],
  ['403', ({ service, index }) => service === 'answer' && index === 0 ? { kind: 'status', status: 403 } : undefined, /the answer was not taken: 403/],
  ['a reset', ({ service, index }) => service === 'answer' && index === 0 ? { kind: 'reset' } : undefined, /fetch failed/],
])('an answer may be lost by %s: Lambda tries again after a minute', async (_, networkFaults, error) => {
  const aws = await harness.start({ networkFaults });
  const result = await harness.deploy(aws, { A: custom() });
  expect(result.status).toBe('CREATE_COMPLETE');
  const ends = aws.recorder.of('invocation').filter(({ phase }) => phase === 'end');
  expect(ends[0].outcome).toMatch(error);
  expect(ends.at(-1)?.outcome).toBe('success');
});

test('an answer after the URL has expired is refused', async () => {
  const aws = await harness.start({ lambdaFaults: { deliver: ({ index }) => index === 0 ? { delay: 3 * 3_600_000 } : undefined } });
  await harness.deploy(aws, { A: custom({ ServiceTimeout: 60 }) }, {}, { rollback: false });
  await aws.clock.advance(4 * 3_600_000);
  const late = aws.recorder.of('answer').find(({ problem }) => problem !== undefined);
  expect(late).toMatchObject({ accepted: false, problem: 'the URL has expired' });
});

test('custom resources of others are answered for', async () => {
  const foreign = { Type: 'Custom::Trigger', Properties: { ServiceToken: 'arn:aws:sns:eu-west-1:111122223333:elsewhere', HandlerArn: 'x' } };
  const fine = await harness.start();
  expect((await harness.deploy(fine, { Foreign: foreign })).ok).toBe(true);
  expect(asked(fine)).toEqual(['Create Foreign']);
  const failing = await harness.start({ foreignCustomResources: ({ RequestType }) => ({ status: RequestType === 'Create' ? 'FAILED' : 'SUCCESS', reason: 'the migration failed' }) });
  const result = await harness.deploy(failing, { Foreign: foreign });
  expect(result.events.find(({ status }) => status === 'CREATE_FAILED')?.reason).toBe('the migration failed');
});
