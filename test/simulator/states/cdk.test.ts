import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Choice, Condition, DefinitionBody, JsonPath, Pass, StateMachine, Succeed, TaskInput, Timeout, Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Fixture, fixture, FUNCTION, FunctionError } from './fixture';

/** A poller as one writes it with aws-cdk-lib, with what `DefinitionString` refers to put in. */
function rendered(): object {
  const stack = new Stack(new App(), 'Stack');
  const wait = new Wait(stack, 'Wait', { time: WaitTime.secondsPath('$.wait') });
  const poll = new LambdaInvoke(stack, 'Poll', {
    lambdaFunction: LambdaFunction.fromFunctionArn(stack, 'Function', FUNCTION),
    payload: TaskInput.fromObject({ input: JsonPath.entirePayload, name: JsonPath.stringAt('$$.Execution.Name') }),
    outputPath: '$.Payload',
    taskTimeout: Timeout.duration(Duration.minutes(2)),
  });
  poll.addCatch(new Pass(stack, 'Broken'), { resultPath: '$.error' });
  const done = Condition.and(Condition.isPresent('$.done'), Condition.booleanEquals('$.done', true));
  const choice = new Choice(stack, 'Done?').when(done, new Succeed(stack, 'Done')).otherwise(wait);
  new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(wait.next(poll).next(choice)), timeout: Duration.hours(1) });
  const [machine] = Object.values(Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine'));
  const [, parts] = machine.Properties.DefinitionString['Fn::Join'] as [string, (string | object)[]];
  return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'aws')).join('')) as object;
}

describe('what aws-cdk-lib renders', () => {
  const definition = rendered();
  let aws: Fixture;
  beforeEach(async () => { aws = await fixture(); });
  afterEach(async () => aws.close());

  test('polls until it is done', async () => {
    aws.code = ({ input }, attempt) => (attempt < 5 ? { wait: input.wait * 2 } : { done: true });
    const execution = await aws.run(definition, { wait: 10 }, 10 + 20 + 40 + 80 + 160);
    expect(execution).toMatchObject({ status: 'SUCCEEDED', output: '{"done":true}', stoppedAt: execution.startedAt + 310_000, transitions: 16 });
    expect(aws.clock.pending()).toEqual([]);
    expect(aws.invocations.at(-1)!.payload).toEqual({ input: { wait: 160 }, name: execution.name });
  });

  test('its default retry covers the service, its catch everything else', async () => {
    aws.code = (_, attempt) => {
      if (attempt === 1) throw new FunctionError('Lambda.ServiceException');
      throw new FunctionError('TypeError', 'x is not a function');
    };
    const execution = await aws.run(definition, { wait: 1 }, 10);
    expect(aws.invocations.map(({ time }) => time - execution.startedAt)).toEqual([1000, 3000]);
    expect(JSON.parse(execution.output!)).toMatchObject({ wait: 1, error: { Error: 'TypeError', Cause: expect.stringContaining('x is not a function') } });
  });

  test('times out with its hour', async () => {
    aws.code = () => ({ wait: 600 });
    expect(await aws.run(definition, { wait: 600 }, 3600)).toMatchObject({ status: 'TIMED_OUT' });
  });
});
