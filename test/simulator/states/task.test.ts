import { Fixture, fixture, FUNCTION, FunctionError, invoke, LAMBDA_INVOKE, only, ROLE } from './fixture';

describe('Task states', () => {
  let aws: Fixture;
  beforeEach(async () => { aws = await fixture(); });
  afterEach(async () => aws.close());
  const output = async (definition: object, input: unknown = {}, seconds = 0) => {
    const execution = await aws.run(definition, input, seconds);
    if (execution.status !== 'SUCCEEDED') throw new Error(`${execution.status} ${execution.error}: ${execution.cause}`);
    return JSON.parse(execution.output!) as unknown;
  };

  describe('Task', () => {
    test('the integration wraps the payload, the function alone does not', async () => {
      aws.code = () => ({ done: true });
      expect(await output(only(invoke()), { a: 1 })).toEqual({ ExecutedVersion: '$LATEST', StatusCode: 200, Payload: { done: true } });
      expect(await output(only({ Type: 'Task', Resource: FUNCTION }), { a: 1 })).toEqual({ done: true });
      expect(await output(only({ Type: 'Task', Resource: LAMBDA_INVOKE, Parameters: { FunctionName: 'poll' } }))).toMatchObject({ StatusCode: 200 });
      expect(aws.invocations).toEqual([{ a: 1 }, { a: 1 }, {}].map((payload) => ({ time: aws.clock.now(), arn: FUNCTION, payload, role: ROLE })));
    });

    test('the role of the machine is asked', async () => {
      aws.roleDenied = 'machine may not lambda:InvokeFunction';
      expect(await aws.run(only(invoke()))).toMatchObject({ status: 'FAILED', error: 'Lambda.AWSLambdaException', cause: expect.stringContaining(aws.roleDenied) });
      expect(aws.invocations).toEqual([]);
    });

    test('a host that breaks is a client error', async () => {
      aws.code = () => { throw new Error('socket'); };
      expect(await aws.run(only(invoke()))).toMatchObject({ error: 'Lambda.SdkClientException' });
    });

    test('too much data', async () => {
      aws.code = () => 'x'.repeat(262_145);
      const catcher = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Only' }] };
      expect(await aws.run(only(invoke(catcher)))).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
      aws.code = () => 'x'.repeat(262_000);
      expect((await aws.run(only(invoke({ OutputPath: '$.Payload' })))).status).toBe('SUCCEEDED');
    });
  });

  describe('Retry and Catch', () => {
    const seconds = () => aws.invocations.map(({ time }) => (time - aws.invocations[0].time) / 1000);
    const fail = (type: string) => () => { throw new FunctionError(type); };
    const retry = (...Retry: object[]) => only(invoke({ Retry }));

    test('defaults: three more attempts after 1, 2 and 4 seconds', async () => {
      aws.code = fail('Lambda.Unknown');
      const execution = await aws.run(retry({ ErrorEquals: ['States.ALL'] }), {}, 60);
      expect(seconds()).toEqual([0, 1, 3, 7]);
      expect(execution).toMatchObject({ status: 'FAILED', error: 'Lambda.Unknown', transitions: 4 });
    });

    test('interval, rate, most attempts, longest delay', async () => {
      aws.code = fail('Lambda.TooManyRequestsException');
      await aws.run(retry({ ErrorEquals: ['Lambda.TooManyRequestsException'], IntervalSeconds: 10, BackoffRate: 3, MaxAttempts: 4, MaxDelaySeconds: 60 }), {}, 600);
      expect(seconds()).toEqual([0, 10, 40, 100, 160]);
    });

    test('full jitter stays below the delay', async () => {
      aws.code = fail('Lambda.Unknown');
      await aws.run(retry({ ErrorEquals: ['States.ALL'], IntervalSeconds: 100, BackoffRate: 1, MaxAttempts: 20, JitterStrategy: 'FULL' }), {}, 3000);
      const gaps = seconds().slice(1).map((time, i) => time - seconds()[i]);
      expect(gaps).toHaveLength(20);
      expect(Math.max(...gaps)).toBeLessThan(100);
      expect(new Set(gaps).size).toBeGreaterThan(15);
    });

    test('each retrier counts for itself, and the first that fits counts', async () => {
      const errors = ['A', 'B', 'A', 'B', 'A'];
      aws.code = (_, attempt) => fail(errors[attempt - 1])();
      await aws.run(retry({ ErrorEquals: ['A'], MaxAttempts: 2, IntervalSeconds: 1, BackoffRate: 1 }, { ErrorEquals: ['States.ALL'], IntervalSeconds: 5, BackoffRate: 1 }), {}, 60);
      expect(seconds()).toEqual([0, 1, 6, 7, 12]);
    });

    test('the count of retries is in the context object', async () => {
      aws.code = (payload, attempt) => (attempt < 3 ? fail('X')() : payload);
      const parameters = { FunctionName: FUNCTION, Payload: { 'count.$': '$$.State.RetryCount' } };
      expect(await output(only(invoke({ Parameters: parameters, Retry: [{ ErrorEquals: ['X'] }] })), {}, 60)).toMatchObject({ Payload: { count: 2 } });
    });

    test.each([
      ['Mine', ['Mine'], true],
      ['Mine', ['Other'], false],
      ['Mine', ['States.TaskFailed'], true],
      ['Mine', ['States.ALL'], true],
      ['Mine', ['States.Timeout'], false],
      ['States.Timeout', ['States.TaskFailed'], false],
      ['States.Timeout', ['States.ALL'], true],
    ])('%s is caught by %p: %p', async (error, ErrorEquals, expected) => {
      aws.code = fail(error);
      const states = { Task: { ...invoke({ Catch: [{ ErrorEquals, Next: 'Caught', ResultPath: '$.error' }] }), End: true }, Caught: { Type: 'Succeed' } };
      const execution = await aws.run({ StartAt: 'Task', States: states }, { a: 1 });
      expect(execution.status).toBe(expected ? 'SUCCEEDED' : 'FAILED');
      if (!expected) return;
      expect(JSON.parse(execution.output!)).toEqual({ a: 1, error: { Error: error, Cause: JSON.stringify({ errorType: error, errorMessage: 'broken' }) } });
    });

    test('a mistake in the definition is never caught', async () => {
      const task = invoke({ Parameters: { 'FunctionName.$': '$.none' }, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Only' }], Retry: [{ ErrorEquals: ['States.ALL'] }] });
      expect(await aws.run(only(task), {}, 60)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    });
  });

  describe('timeouts', () => {
    test('of a state: what comes later is ignored', async () => {
      aws.code = async () => aws.clock.sleep(100_000).then(() => 'late');
      const execution = await aws.run(only(invoke({ TimeoutSeconds: 30, Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }] })), {}, 29);
      expect(execution.status).toBe('RUNNING');
      await aws.clock.advance(300);
      expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Timeout', stoppedAt: execution.startedAt + 61_000 });
      expect(aws.invocations).toHaveLength(2);
    });

    test('of a state, by a path', async () => {
      aws.code = async () => aws.clock.sleep(100_000);
      expect(await aws.run(only(invoke({ TimeoutSecondsPath: '$.limit' })), { limit: 7 }, 7)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    });

    test('of the machine', async () => {
      const execution = await aws.run({ ...only({ Type: 'Wait', Seconds: 100 }), TimeoutSeconds: 50 }, {}, 49);
      expect(execution.status).toBe('RUNNING');
      await aws.clock.advance(1);
      expect(execution).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
      expect(aws.clock.pending()).toEqual([]);
    });

    test('an express machine ends after five minutes', async () => {
      expect(await aws.run(only({ Type: 'Wait', Seconds: 1000 }), {}, 301, 'EXPRESS')).toMatchObject({ status: 'TIMED_OUT' });
    });
  });
});
