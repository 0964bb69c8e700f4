import { custom, functionResources } from '../fixtures/assembly';
import { Harness } from '../fixtures/harness';
import { LocalAws, LocalAwsOptions } from '../index';

const harness = new Harness();
const MINUTE = 60_000;

/** A stack with the function alone, and a way to call it. */
async function ready(options: LocalAwsOptions = {}, timeout = 60): Promise<{ aws: LocalAws; call: (properties?: object) => Promise<string> }> {
  const aws = await harness.start(options);
  await aws.deploy('Shop', { template: { Resources: functionResources(timeout) }, assembly: harness.assembly.directory });
  const arn = String(aws.resources('Shop').Function.attributes.Arn);
  return {
    aws,
    call: async (properties = {}) => {
      const event = { RequestType: 'Create', ResponseURL: `${aws.endpoint}/nowhere`, LogicalResourceId: 'X', RequestId: 'r', ResourceProperties: properties };
      const { payload, error } = await aws.clock.drive(aws.world.lambda.invoke(arn, JSON.stringify(event)));
      return error ? `${error.errorType}: ${error.errorMessage}` : payload;
    },
  };
}

const ends = (aws: LocalAws) => aws.recorder.of('invocation').filter(({ phase }) => phase === 'end').map(({ attempt, outcome, time }) => ({ attempt, outcome, time }));
const crashOnce = (crash: NonNullable<LocalAwsOptions['lambdaFaults']>['crash']): LocalAwsOptions => ({ lambdaFaults: { crash } });

test('what a function throws is its answer', async () => {
  const { call } = await ready();
  expect(await call({ Throw: 'broken' })).toBe('Error: broken');
});

test('twelve hours in timers take no real time, and the function sees them pass', async () => {
  const { aws, call } = await ready({}, 13 * 3600);
  const [before, began] = [aws.clock.now(), Date.now()];
  await call({ Sleep: 12 * 60 * MINUTE });
  expect(aws.clock.now() - before).toBeGreaterThan(12 * 60 * MINUTE);
  expect(Date.now() - began).toBeLessThan(5000);
  const [line] = aws.logs()[0].lines;
  expect(line.line).toBe(`Create X at ${new Date(line.time).toISOString()} with ${13 * 60 * MINUTE} ms left`);
});

test('at its time limit a function is gone', async () => {
  const { aws, call } = await ready({}, 30);
  const before = aws.clock.now();
  expect(await call({ Sleep: 10 * MINUTE })).toMatch(/^Sandbox.Timedout: .*Task timed out after 30.00 seconds/);
  expect(aws.clock.now() - before).toBeLessThan(31_000);
  await aws.clock.advance(20 * MINUTE);
  expect(aws.recorder.of('call').filter(({ service }) => service === 'answer')).toEqual([]);
});

test('an asynchronous event is tried again after one and two minutes, in a sandbox without memories', async () => {
  const aws = await harness.start(crashOnce(({ attempt }) => attempt < 3 ? { call: 0, when: 'before' } : undefined));
  const result = await harness.deploy(aws, { A: custom() }, { Outputs: { Invocations: { Value: { 'Fn::GetAtt': ['A', 'Invocations'] } } } });
  expect(result.status).toBe('CREATE_COMPLETE');
  const [first, second, third] = ends(aws);
  expect([first, second, third].map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  expect(first.outcome).toMatch(/signal: killed/);
  expect(Math.round((second.time - first.time) / MINUTE)).toBe(1);
  expect(Math.round((third.time - second.time) / MINUTE)).toBe(2);
  expect(result.outputs.Invocations).toBe('1');
});

test('after the third failure nothing more comes', async () => {
  const aws = await harness.start();
  await harness.deploy(aws, { A: custom({ Throw: 'always', ServiceTimeout: 900 }) }, {}, { rollback: false });
  expect(ends(aws)).toHaveLength(3);
});

test.each(['before', 'after'] as const)('a crash %s a call happens exactly there', async (when) => {
  const aws = await harness.start(crashOnce(({ attempt }) => attempt === 1 ? { call: 0, when } : undefined));
  await harness.deploy(aws, { A: custom({ Status: 1 }) });
  const described = aws.recorder.of('call').filter(({ operation }) => operation === 'DescribeStacks');
  expect(described).toHaveLength(when === 'before' ? 1 : 2);
});

test('a crash after the answer: the event comes again, its answer is not taken', async () => {
  const aws = await harness.start(crashOnce(({ attempt }) => attempt === 1 ? { call: 0, when: 'after' } : undefined));
  await harness.deploy(aws, { A: custom() });
  await aws.clock.advance(2 * MINUTE);
  expect(aws.recorder.of('answer').map(({ accepted }) => accepted)).toEqual([true, false]);
});

test('a crash at a moment', async () => {
  const { call } = await ready(crashOnce(() => ({ afterMilliseconds: 5000 })));
  expect(await call({ Sleep: 10_000 })).toMatch(/signal: killed/);
});

test('events may come late and in another order', async () => {
  const aws = await harness.start({ lambdaFaults: { deliver: ({ payload }) => payload.includes('"Update"') ? { delay: 30 * MINUTE } : undefined } });
  await harness.deploy(aws, { A: custom({ Value: 1 }) });
  const update = await harness.deploy(aws, { A: custom({ Value: 2 }) });
  expect(update.duration).toBeGreaterThan(30 * MINUTE);
});

test('asynchronous events queue when the account is busy, synchronous ones are refused', async () => {
  const aws = await harness.start({ concurrency: 1 });
  const many = Object.fromEntries(Array.from({ length: 4 }, (_, index) => [`R${index}`, custom({ Sleep: MINUTE, ServiceTimeout: 3600 })]));
  const refused: (string | undefined)[] = [];
  aws.when(({ kind }) => kind === 'log', () => void aws.world.lambda.invoke(String(aws.resources('Shop').Function.attributes.Arn), '{}')
    .then(({ error }) => refused.push(error?.errorType)));
  const result = await harness.deploy(aws, many);
  expect(result.status).toBe('CREATE_COMPLETE');
  expect(result.duration).toBeGreaterThan(4 * MINUTE);
  expect(refused).toEqual(['Lambda.TooManyRequestsException']);
  const running = aws.recorder.of('invocation').reduce<number[]>((list, { phase }) => [...list, (list.at(-1) ?? 0) + (phase === 'start' ? 1 : -1)], []);
  expect(Math.max(...running)).toBe(1);
});

test('several executions at once have sandboxes of their own', async () => {
  const aws = await harness.start();
  const outputs = { A: { Value: { 'Fn::GetAtt': ['A', 'Invocations'] } }, B: { Value: { 'Fn::GetAtt': ['B', 'Invocations'] } } };
  const result = await harness.deploy(aws, { A: custom({ Sleep: MINUTE }), B: custom({ Sleep: MINUTE }) }, { Outputs: outputs });
  const lines = aws.logs().map(({ lines: [{ line }] }) => line.slice(0, 8));
  expect(lines.sort()).toEqual(['Create A', 'Create B']);
  expect(result.duration).toBeLessThan(2 * MINUTE);
});

test('credentials name the role of the function', async () => {
  const aws = await harness.start();
  const { Policy, ...rest } = functionResources();
  const without = { ...rest, Function: { ...rest.Function, DependsOn: ['Role'] } };
  const result = await aws.deploy('Shop', { template: { Resources: { ...without, A: custom({ Status: 1, ServiceTimeout: 600 }) } }, assembly: harness.assembly.directory });
  expect(Policy).toBeDefined();
  expect(result.ok).toBe(false);
  expect(ends(aws)[0].outcome).toMatch(
    /AccessDenied: User: arn:aws:sts::111122223333:assumed-role\/Shop-Role-\w+\/Shop-Function-\w+ is not authorized to perform: cloudformation:DescribeStacks on resource: arn:aws:cloudformation:eu-west-1:111122223333:stack\/Shop\//,
  );
});

test('a service that never answers costs simulated time only', async () => {
  const aws = await harness.start({ networkFaults: ({ service }) => service === 'cloudformation' ? { kind: 'hang' } : undefined });
  await aws.deploy('Shop', { template: { Resources: { ...functionResources(120), A: custom({ Status: 1, ServiceTimeout: 900 }) } }, assembly: harness.assembly.directory }, { rollback: false });
  expect(ends(aws).map(({ outcome }) => outcome?.includes('timed out'))).toEqual([true, true, true]);
});

test('throttling and lost connections are retried by the SDK in simulated time', async () => {
  const aws = await harness.start({
    networkFaults: ({ operation, index }) => operation !== 'DescribeStacks' || index > 1 ? undefined
      : index === 0 ? { kind: 'reset' } : { kind: 'error', type: 'Throttling', message: 'Rate exceeded', status: 400 },
  });
  const result = await harness.deploy(aws, { A: custom({ Status: 1 }) });
  expect(result.status).toBe('CREATE_COMPLETE');
  expect(ends(aws)).toHaveLength(1);
});
