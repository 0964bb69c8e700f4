import { custom, functionResources } from '../fixtures/assembly';
import { Harness, position, statuses } from '../fixtures/harness';
import { LocalAws, OperationResult } from '../index';
import { Template } from './template';

const harness = new Harness();

const inner = (properties: object, more: Template['Resources'] = {}): Template => ({
  Parameters: { Value: { Type: 'String' } },
  Resources: { ...functionResources(), Inner: custom({ Value: { Ref: 'Value' }, Status: 1, ...properties }), ...more },
  Outputs: { Answer: { Value: { 'Fn::GetAtt': ['Inner', 'Value'] } } },
});

async function deploy(aws: LocalAws, child: Template, value: string, outer: Template['Resources'] = {}): Promise<OperationResult> {
  const nested = { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: harness.assembly.child(child), Parameters: { Value: value } } };
  return harness.deploy(aws, { Nested: nested, Outer: custom({ Value: { 'Fn::GetAtt': ['Nested', 'Outputs.Answer'] } }), ...outer }, {
    Outputs: { Answer: { Value: { 'Fn::GetAtt': ['Outer', 'Value'] } } },
  });
}

const child = (aws: LocalAws) => aws.world.cloudFormation.all().find(({ family }) => family.parentId !== undefined)!;
/** What the stack's status was at each request to the inner resource. */
const seen = (aws: LocalAws): unknown[] => aws.recorder.of('answer').filter(({ logicalId }) => logicalId === 'Inner').map(({ data }) => data?.StackStatus);

test('a nested stack has its own id, its parent, and gives its outputs', async () => {
  const aws = await harness.start();
  const result = await deploy(aws, inner({}), 'deep');
  expect(result.outputs).toEqual({ Answer: 'deep' });
  expect(child(aws).family).toEqual({ parentId: result.stackId, rootId: result.stackId });
  expect(child(aws).name).toMatch(/^Shop-Nested-[A-Z0-9]{13}$/);
  expect((await aws.destroy('Shop')).ok).toBe(true);
  expect(child(aws).status).toBe('DELETE_COMPLETE');
});

test('an update goes down, and tidying up waits for the parent', async () => {
  const aws = await harness.start();
  await deploy(aws, inner({}, { Old: custom() }), 'one');
  const result = await deploy(aws, inner({}), 'two', { Last: custom({ Value: { Ref: 'Nested' } }) });
  expect(result.outputs).toEqual({ Answer: 'two' });
  const tidy = aws.recorder.all().findIndex((entry) => entry.kind === 'request' && entry.logicalId === 'Old' && entry.requestType === 'Delete');
  const arrived = aws.recorder.all().findIndex((entry) => entry.kind === 'stack' && entry.logicalId === 'Shop' && entry.status === 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  expect(tidy).toBeGreaterThan(arrived);
  expect(child(aws).status).toBe('UPDATE_COMPLETE');
});

test('a failure in the parent takes the nested update back', async () => {
  const aws = await harness.start();
  await deploy(aws, inner({}), 'one', { Last: custom() });
  const result = await deploy(aws, inner({}), 'two', { Last: custom({ FailOn: 'Update', Value: { Ref: 'Nested' }, DependsOn: { 'Fn::GetAtt': ['Nested', 'Outputs.Answer'] } }) });
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(child(aws).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(child(aws).resources.get('Inner')?.properties.Value).toBe('one');
  expect(child(aws).outputs).toEqual({ Answer: 'one' });
  expect(seen(aws)).toEqual(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS']);
});

test('a failure in the nested stack takes the parent back', async () => {
  const aws = await harness.start();
  await deploy(aws, inner({}), 'one');
  const result = await deploy(aws, inner({ FailOn: 'Update' }), 'two');
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(child(aws).resources.get('Inner')?.properties.Value).toBe('one');
});

test.each([
  ['rolls back itself', ['ROLLBACK_IN_PROGRESS', 'DELETE_IN_PROGRESS']],
  ['left to the parent', ['DELETE_IN_PROGRESS']],
] as const)('a nested stack whose creation fails %s', async (nestedCreateFailure, taken) => {
  const aws = await harness.start({ undocumented: { nestedCreateFailure } });
  const result = await deploy(aws, inner({ FailOn: 'Create' }), 'one');
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(statuses(result, 'Nested')).toEqual(['CREATE_IN_PROGRESS', 'CREATE_FAILED', 'DELETE_IN_PROGRESS', 'DELETE_COMPLETE']);
  const own = child(aws).events.filter(({ type, status }) => type === 'AWS::CloudFormation::Stack' && /^(ROLLBACK|DELETE)_IN_PROGRESS/.test(status));
  expect(own.map(({ status }) => status)).toEqual(taken);
});

test('a nested stack that was created is deleted when its parent rolls back', async () => {
  const aws = await harness.start();
  const result = await deploy(aws, inner({}), 'one', { Last: custom({ FailOn: 'Create', Value: { Ref: 'Nested' } }) });
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(position(result, 'Nested', 'DELETE_COMPLETE')).toBeGreaterThan(0);
  expect(seen(aws)).toHaveLength(2);
  expect(child(aws).events.some(({ logicalId, status }) => logicalId === 'Inner' && status === 'DELETE_COMPLETE')).toBe(true);
});

test('a nested stack stops when its parent is cancelled', async () => {
  const aws = await harness.start();
  await deploy(aws, inner({}), 'one');
  aws.when(({ kind }) => kind === 'request', () => void aws.clock.at(aws.clock.now() + 60_000, () => aws.cancel('Shop')));
  const result = await deploy(aws, inner({ Sleep: 20 * 60_000 }), 'two');
  expect(result.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(child(aws).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(child(aws).resources.get('Inner')?.properties.Value).toBe('one');
  expect(result.duration).toBeLessThan(10 * 60_000);
});
