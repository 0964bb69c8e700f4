import { Fixture, fixture, FUNCTION, invoke, MACHINE, only, ROLE } from './fixture';

describe('data in the Amazon States Language', () => {
  let aws: Fixture;
  beforeEach(async () => { aws = await fixture(); });
  afterEach(async () => aws.close());
  const output = async (definition: object, input: unknown = {}, seconds = 0) => {
    const execution = await aws.run(definition, input, seconds);
    if (execution.status !== 'SUCCEEDED') throw new Error(`${execution.status} ${execution.error}: ${execution.cause}`);
    return JSON.parse(execution.output!) as unknown;
  };
  const pass = async (Parameters: object, input: unknown = {}) => output(only({ Type: 'Pass', Parameters }), input);

  describe('data', () => {
    const input = { 'a': { b: [1, 2, { c: 'x' }] }, 'odd name': true, 'list': [{ n: 1 }, { n: 2 }] };

    test('paths', async () => {
      expect(await pass({
        'all.$': '$', 'b.$': '$.a.b[1]', 'c.$': "$['a']['b'][2].c", 'odd.$': "$['odd name']", 'many.$': '$.list[*].n', 'fixed': { 'x.$': '$.a.b[0]', 'y': '$.a' },
      }, input)).toEqual({ all: input, b: 2, c: 'x', odd: true, many: [1, 2], fixed: { x: 1, y: '$.a' } });
    });

    test('a path that leads nowhere ends the execution', async () => {
      const execution = await aws.run(only({ Type: 'Pass', Parameters: { 'x.$': '$.none' } }), { a: 1 });
      expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause: expect.stringContaining("'$.none'") });
    });

    test('the context object', async () => {
      const begun = new Date(aws.clock.now()).toISOString();
      const definition = {
        StartAt: 'Wait',
        States: {
          Wait: { Type: 'Wait', Seconds: 5, Next: 'Look' },
          Look: { Type: 'Pass', Parameters: { 'context.$': '$$', 'name.$': '$$.Execution.Name' }, End: true },
        },
      };
      const execution = await aws.run(definition, { a: 1 }, 5);
      expect(JSON.parse(execution.output!)).toEqual({
        name: execution.name,
        context: {
          Execution: { Id: execution.arn, Input: { a: 1 }, Name: execution.name, RoleArn: ROLE, StartTime: begun, RedriveCount: 0 },
          State: { Name: 'Look', EnteredTime: new Date(aws.clock.now()).toISOString(), RetryCount: 0 },
          StateMachine: { Id: MACHINE, Name: 'waiter' },
        },
      });
    });

    test.each([
      ["States.Format('{} of {}: {}', $.n, 2, $.o)", '1 of 2: {"a":"x"}'],
      ["States.Format('it\\'s \\{{}\\}', $.s)", "it's {text, with (signs)}"],
      ['States.MathAdd($.n, -3)', -2],
      ['States.StringToJson($.j)', { k: [1] }],
      ['States.JsonToString($.o)', '{"a":"x"}'],
      ["States.Array(1, 'two', true, null, $.n)", [1, 'two', true, null, 1]],
      ['States.ArrayGetItem($.l, 1)', 'b'],
      ['States.ArrayLength($.l)', 3],
      ["States.ArrayContains($.l, 'c')", true],
      ['States.ArrayUnique(States.Array(1, 1, 2))', [1, 2]],
      ['States.ArrayPartition($.l, 2)', [['a', 'b'], ['c']]],
      ['States.ArrayRange(1, 9, 3)', [1, 4, 7]],
      ['States.JsonMerge($.o, States.StringToJson($.j), false)', { a: 'x', k: [1] }],
      ["States.StringSplit('a-b.c', '-.')", ['a', 'b', 'c']],
      ["States.Base64Decode(States.Base64Encode('grün'))", 'grün'],
      ["States.Hash('a', 'SHA-1')", '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8'],
      ['States.UUID()', expect.stringMatching(/^[0-9a-f-]{36}$/)],
      ['States.MathRandom(5, 6)', 5],
      ['States.Format($$.State.Name)', 'Only'],
    ])('%s', async (text, expected) => {
      const data = { n: 1, s: 'text, with (signs)', o: { a: 'x' }, j: '{"k":[1]}', l: ['a', 'b', 'c'] };
      expect(await pass({ 'v.$': text }, data)).toEqual({ v: expected });
    });

    test.each(['States.StringToJson($.s)', 'States.MathAdd($.s, 1)', 'States.Nonsense()', "States.Format('{}')", 'States.UUID() x'])('%s fails', async (text) => {
      expect(await aws.run(only({ Type: 'Pass', Parameters: { 'v.$': text } }), { s: '{' })).toMatchObject({ status: 'FAILED', error: 'States.IntrinsicFailure' });
    });

    test('InputPath, Parameters, ResultSelector, ResultPath and OutputPath, in this order', async () => {
      aws.code = (payload) => ({ got: payload, more: 'dropped' });
      expect(await output(only(invoke({
        InputPath: '$.in',
        Parameters: { FunctionName: FUNCTION, Payload: { 'n.$': '$.n' } },
        ResultSelector: { 'kept.$': '$.Payload.got' },
        ResultPath: '$.out.deep',
        OutputPath: '$.out',
      })), { in: { n: 7 }, out: { old: 1 } })).toEqual({ old: 1, deep: { kept: { n: 7 } } });
    });

    test('null paths: nothing goes in, nothing is kept', async () => {
      expect(await output(only(invoke({ InputPath: null, ResultPath: null })), { a: 1 })).toEqual({ a: 1 });
      expect(aws.invocations[0].payload).toEqual({});
      expect(await output(only({ Type: 'Pass', OutputPath: null }), { a: 1 })).toEqual({});
    });

    test('Pass: a result, in its place', async () => {
      expect(await output(only({ Type: 'Pass', Result: { r: 1 }, ResultPath: '$.x' }), { a: 1 })).toEqual({ a: 1, x: { r: 1 } });
      expect(await aws.run(only({ Type: 'Pass', Result: 1, ResultPath: '$.a.b' }), { a: 'text' })).toMatchObject({ error: 'States.Runtime' });
    });
  });
});
