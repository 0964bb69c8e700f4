import { Fixture, fixture, FunctionError, invoke, only } from './fixture';

describe('states other than Task, and executions as a whole', () => {
  let aws: Fixture;
  beforeEach(async () => { aws = await fixture(); });
  afterEach(async () => aws.close());
  const output = async (definition: object, input: unknown = {}, seconds = 0) => {
    const execution = await aws.run(definition, input, seconds);
    if (execution.status !== 'SUCCEEDED') throw new Error(`${execution.status} ${execution.error}: ${execution.cause}`);
    return JSON.parse(execution.output!) as unknown;
  };

  describe('Wait', () => {
    const minutes = (count: number) => new Date(aws.clock.now() + count * 60_000).toISOString();
    test.each([
      ['Seconds', () => ({ Seconds: 120 })],
      ['SecondsPath', () => ({ SecondsPath: '$.seconds' })],
      ['Timestamp', () => ({ Timestamp: minutes(2) })],
      ['TimestampPath', () => ({ TimestampPath: '$.until' })],
    ])('%s', async (_, how) => {
      const execution = await aws.run(only({ Type: 'Wait', ...how() }), { seconds: 120, until: minutes(2) }, 119);
      expect(execution.status).toBe('RUNNING');
      await aws.clock.advance(1);
      expect(execution).toMatchObject({ status: 'SUCCEEDED', stoppedAt: execution.startedAt + 120_000 });
    });

    test('a time in the past does not wait', async () => {
      await output(only({ Type: 'Wait', TimestampPath: '$.until' }), { until: minutes(-2) });
    });

    test.each([-1, 1.5, '7', 1e9])('%p is not a number of seconds', async (seconds) => {
      expect(await aws.run(only({ Type: 'Wait', SecondsPath: '$.s' }), { s: seconds })).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    });
  });

  describe('Choice', () => {
    const choose = async (rule: object, input: unknown) => output({
      StartAt: 'Choice',
      States: {
        Choice: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
        Yes: { Type: 'Pass', Result: true, End: true },
        No: { Type: 'Pass', Result: false, End: true },
      },
    }, input);
    const on = (Variable: string, test: object) => ({ Variable, ...test });
    const data = { s: 'COMPLETED', n: 5, b: true, t: '2026-01-01T00:00:00Z', z: null, m: 5 };

    test.each<[object, boolean]>([
      [on('$.s', { StringEquals: 'COMPLETED' }), true],
      [on('$.s', { StringEquals: 'FAILED' }), false],
      [on('$.s', { StringMatches: 'COMP*ED' }), true],
      [on('$.s', { StringMatches: 'COMP' }), false],
      [on('$.s', { StringLessThan: 'D' }), true],
      [on('$.n', { NumericEquals: 5 }), true],
      [on('$.n', { NumericGreaterThan: 5 }), false],
      [on('$.n', { NumericGreaterThanEquals: 5 }), true],
      [on('$.n', { NumericLessThanEqualsPath: '$.m' }), true],
      [on('$.n', { NumericEquals: '5' }), false],
      [on('$.s', { NumericEquals: 5 }), false],
      [on('$.s', { NumericEqualsPath: '$.s' }), false],
      [on('$.b', { BooleanEquals: true }), true],
      [on('$.b', { BooleanEquals: false }), false],
      [on('$.t', { TimestampLessThan: '2026-01-01T00:00:01.5Z' }), true],
      [on('$.t', { TimestampEquals: '2026-01-01T01:00:00+01:00' }), true],
      [on('$$.Execution.StartTime', { TimestampGreaterThanPath: '$.t' }), false],
      [on('$.none', { IsPresent: true }), false],
      [on('$.none', { IsPresent: false }), true],
      [on('$.z', { IsNull: true }), true],
      [on('$.s', { IsString: true }), true],
      [on('$.n', { IsNumeric: false }), false],
      [on('$.b', { IsBoolean: true }), true],
      [on('$.t', { IsTimestamp: true }), true],
      [{ And: [on('$.none', { IsPresent: true }), on('$.none', { BooleanEquals: true })] }, false],
      [{ Or: [on('$.b', { BooleanEquals: false }), on('$.n', { NumericEquals: 5 })] }, true],
      [{ Not: on('$.s', { StringEquals: 'COMPLETED' }) }, false],
    ])('%j is %p', async (rule, expected) => {
      expect(await choose(rule, data)).toBe(expected);
    });

    test('a variable that is not there, and no choice at all', async () => {
      await expect(choose(on('$.none', { StringEquals: 'x' }), data)).rejects.toThrow(/States\.Runtime.*\$\.none/);
      const states = { Only: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericEquals: 6, Next: 'End' }] }, End: { Type: 'Succeed' } };
      expect(await aws.run({ StartAt: 'Only', States: states }, data)).toMatchObject({ error: 'States.NoChoiceMatched' });
    });
  });

  test('Fail, with its reasons from the data', async () => {
    expect(await aws.run(only({ Type: 'Fail', End: undefined, ErrorPath: '$.e', Cause: 'fixed' }), { e: 'Named' })).toMatchObject({
      status: 'FAILED', error: 'Named', cause: 'fixed',
    });
  });

  test('the output of a state is limited as well', async () => {
    const state = only({ Type: 'Pass', Result: 'x'.repeat(140_000), ResultPath: '$.more' });
    expect(await aws.run(state, { some: 'x'.repeat(100_000) })).toMatchObject({ status: 'SUCCEEDED' });
    expect(await aws.run(state, { some: 'x'.repeat(140_000) })).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  test('history and transitions', async () => {
    aws.code = (_, attempt) => { if (attempt === 1) throw new FunctionError('X'); };
    const states = { Wait: { Type: 'Wait', Seconds: 3, Next: 'Task' }, Task: { ...invoke({ Retry: [{ ErrorEquals: ['X'] }] }), End: true } };
    const execution = await aws.run({ StartAt: 'Wait', States: states }, {}, 10);
    expect(execution.history.map(({ time, type, state }) => `${(time - execution.startedAt) / 1000} ${type} ${state ?? ''}`.trim())).toEqual([
      '0 ExecutionStarted', '0 WaitStateEntered Wait', '3 WaitStateExited Wait', '3 TaskStateEntered Task', '3 TaskScheduled Task', '3 TaskFailed Task',
      '4 TaskStateRetried Task', '4 TaskScheduled Task', '4 TaskSucceeded Task', '4 TaskStateExited Task', '4 ExecutionSucceeded',
    ]);
    expect(execution.transitions).toBe(3);
  });

  test('a machine that never stops is stopped by the length of its history', async () => {
    const states = { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } };
    const execution = await aws.run({ StartAt: 'A', States: states });
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(execution.history.length).toBeLessThan(25_010);
  });
});
