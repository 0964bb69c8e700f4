import {
  DescribeExecutionCommand, ExecutionAlreadyExists, ExecutionDoesNotExist, InvalidArn, InvalidExecutionInput, InvalidName, StartExecutionCommand,
  StateMachineDoesNotExist, StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { Fixture, fixture, invoke, MACHINE, only } from './fixture';
import { StatesError, statesErrorAnswer } from './index';
import { settled } from '../backup/front';

const WAIT = only({ Type: 'Wait', Seconds: 60 });
const DAY = 86_400;

describe('the wire of Step Functions, spoken by its own client', () => {
  let aws: Fixture;
  beforeEach(async () => {
    aws = await fixture();
    aws.put(WAIT);
  });
  afterEach(async () => aws.close());
  const start = async (input = {}) => aws.client.send(new StartExecutionCommand({ stateMachineArn: MACHINE, ...input }));

  test('an execution from its start to its end', async () => {
    const begun = aws.clock.now();
    const { executionArn, startDate } = await start({ name: 'request-1', input: '{"a":1}' });
    expect(executionArn).toBe('arn:aws:states:eu-west-1:111122223333:execution:waiter:request-1');
    expect(startDate).toEqual(new Date(begun));
    const describeIt = async () => aws.client.send(new DescribeExecutionCommand({ executionArn }));
    const running = await describeIt();
    expect(running).toMatchObject({ status: 'RUNNING', name: 'request-1', input: '{"a":1}', stateMachineArn: MACHINE });
    expect(running.stopDate).toBeUndefined();
    await aws.clock.advance(59);
    expect((await describeIt()).status).toBe('RUNNING');
    await aws.clock.advance(1);
    expect(await describeIt()).toMatchObject({ status: 'SUCCEEDED', output: '{"a":1}', stopDate: new Date(begun + 60_000) });
    expect(aws.clock.pending()).toEqual([]);
  });

  test('the same name and input while it runs is the same execution', async () => {
    const first = await start({ name: 'n', input: '{"a":1}' });
    await aws.clock.advance(30);
    const again = await start({ name: 'n', input: '{"a":1}' });
    expect([again.executionArn, again.startDate]).toEqual([first.executionArn, first.startDate]);
    expect(aws.service.executions()).toHaveLength(1);
    await expect(start({ name: 'n', input: '{"a":2}' })).rejects.toThrow(ExecutionAlreadyExists);
    await aws.clock.advance(31);
    await expect(start({ name: 'n', input: '{"a":1}' })).rejects.toThrow(ExecutionAlreadyExists);
    await aws.clock.advance(89 * DAY);
    await expect(start({ name: 'n', input: '{"a":1}' })).rejects.toThrow(ExecutionAlreadyExists);
    await aws.clock.advance(DAY);
    await start({ name: 'n', input: '{"a":1}' });
  });

  test('an express machine has no such names', async () => {
    aws.put(WAIT, 'EXPRESS');
    const { executionArn } = await start({ name: 'n' });
    await start({ name: 'n' });
    expect(aws.service.executions().map(({ name }) => name)).toEqual(['n', 'n']);
    expect(executionArn).toMatch(/^arn:aws:states:eu-west-1:111122223333:express:waiter:n:/);
  });

  test.each(['a b', 'a:b', 'a/b', 'a#b', 'a<b', 'a*b', 'a\u0007b', 'x'.repeat(81), ''])('the name %j is invalid', async (name) => {
    await expect(start({ name })).rejects.toThrow(InvalidName);
  });
  test.each(['a-b_c.d+e=f@g!(h)', 'x'.repeat(80)])('the name %j is valid', async (name) => {
    await start({ name });
  });

  test('errors arrive as their classes', async () => {
    await expect(start({ stateMachineArn: 'nonsense' })).rejects.toThrow(InvalidArn);
    await expect(start({ stateMachineArn: `${MACHINE}2` })).rejects.toThrow(StateMachineDoesNotExist);
    await expect(start({ input: '{' })).rejects.toThrow(InvalidExecutionInput);
    await expect(start({ input: JSON.stringify('x'.repeat(262_144)) })).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(aws.client.send(new DescribeExecutionCommand({ executionArn: 'none' }))).rejects.toThrow(ExecutionDoesNotExist);
    aws.denied = 'not authorized to perform: states:StartExecution';
    await expect(start()).rejects.toMatchObject({ name: 'AccessDeniedException', message: aws.denied });
    expect(aws.service.executions()).toEqual([]);
  });

  test('a start can fail, and can be lost after it was done', async () => {
    aws.service.injectFault('StartExecution', { response: statesErrorAnswer(new StatesError('ThrottlingException', 'Rate exceeded')), done: false });
    await expect(start({ name: 'n' })).rejects.toMatchObject({ name: 'ThrottlingException' });
    aws.service.injectFault('StartExecution', { response: { kind: 'reset' }, done: true });
    await expect(start({ name: 'n' })).rejects.toThrow('ECONNRESET');
    await start({ name: 'n' });
    expect(aws.service.executions()).toHaveLength(1);
    expect(aws.calls.map(({ operation, caller }) => [operation, caller])).toEqual([['StartExecution', 'AKIACALLER'], ['StartExecution', 'AKIACALLER']]);
  });

  test('stopping and removing abort', async () => {
    const [one, two] = [await start(), await start()];
    await aws.clock.advance(1);
    const unborn = await start();
    await aws.client.send(new StopExecutionCommand({ executionArn: one.executionArn, error: 'Stop', cause: 'by hand' }));
    expect(await aws.client.send(new DescribeExecutionCommand({ executionArn: one.executionArn }))).toMatchObject({
      status: 'ABORTED', error: 'Stop', cause: 'by hand', stopDate: new Date(aws.clock.now()),
    });
    aws.service.removeStateMachine(MACHINE);
    expect(aws.service.executions().map(({ status }) => status)).toEqual(['ABORTED', 'ABORTED', 'ABORTED']);
    await aws.clock.advance(100);
    expect(aws.service.executions().map(({ arn, status, transitions }) => [arn, status, transitions])).toEqual([
      [one.executionArn, 'ABORTED', 1], [two.executionArn, 'ABORTED', 1], [unborn.executionArn, 'ABORTED', 0],
    ]);
    expect(aws.service.executions().at(-1)!.history.map(({ type }) => type)).toEqual(['ExecutionAborted']);
    await expect(start()).rejects.toThrow(StateMachineDoesNotExist);
  });

  test.each([
    ['on its way to another state', { StartAt: 'A', States: { A: { Type: 'Wait', Seconds: 9, Next: 'B' }, B: { Type: 'Wait', Seconds: 9, End: true } } }],
    ['on its way out', only({ Type: 'Wait', Seconds: 9 })],
  ])('an execution is aborted in the instant in which it is %s', async (_, definition) => {
    aws.put(definition);
    await start();
    await aws.clock.advance(1);
    aws.clock.at(aws.clock.now() + 8000, () => aws.service.removeStateMachine(MACHINE));
    await aws.clock.advance(8, true);
    await settled();
    expect(aws.service.executions()).toMatchObject([{ status: 'ABORTED', transitions: 1 }]);
    expect(aws.service.executions()[0].history.at(-1)!.type).not.toBe('ExecutionSucceeded');
  });

  test('a changed machine leaves what runs as it was', async () => {
    const { executionArn } = await start();
    await aws.clock.advance(1);
    aws.put(only({ Type: 'Fail', End: undefined }));
    await start();
    await aws.clock.advance(60);
    expect(aws.service.executions().map(({ arn, status }) => [arn === executionArn, status])).toEqual([[true, 'SUCCEEDED'], [false, 'FAILED']]);
  });

  test.each([
    [{ QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Succeed' } } }, /does not run QueryLanguage JSONata/],
    [only({ Type: 'Succeed', QueryLanguage: 'JSONata' }), /does not run QueryLanguage JSONata/],
    [{ StartAt: 'B', States: { A: { Type: 'Succeed' } } }, /StartAt names no state/],
    [only({ Type: 'Map' }), /does not run states of type Map/],
    [only({ Type: 'Pass', End: undefined, Next: 'Nowhere' }), /goes to Nowhere/],
    [only({ Type: 'Pass', End: undefined }), /needs either Next or End/],
    [only({ Type: 'Wait' }), /needs one of Seconds/],
    [only(invoke({ Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' })), /does not run the resource/],
    [only({ Type: 'Choice', Choices: [] }), /needs a Next/],
  ])('a definition that cannot be run is refused at once: %#', (definition, message) => {
    expect(() => aws.put(definition)).toThrow(message);
  });
});
