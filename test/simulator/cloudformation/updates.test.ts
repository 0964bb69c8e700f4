import { custom } from '../fixtures/assembly';
import { asked, Harness, position, statuses } from '../fixtures/harness';

const harness = new Harness();

test('an unchanged custom resource hears nothing, a changed one gets an Update with both sets of properties as strings', async () => {
  const aws = await harness.start();
  await harness.deploy(aws, { A: custom({ Value: 1, List: [true, { Deep: 2 }] }), B: custom() });
  const update = await harness.deploy(aws, { A: custom({ Value: 2, List: [true, { Deep: 2 }] }), B: custom() });
  expect(update.status).toBe('UPDATE_COMPLETE');
  expect(asked(aws)).toEqual(expect.arrayContaining(['Create A', 'Create B', 'Update A id-of-A']));
  const { event } = aws.recorder.of('request').at(-1)!;
  expect(event).toMatchObject({ RequestType: 'Update', ResourceType: 'Custom::Fixture', LogicalResourceId: 'A', StackId: update.stackId });
  expect(event.ResourceProperties).toMatchObject({ Value: '2', List: ['true', { Deep: '2' }] });
  expect(event.OldResourceProperties).toMatchObject({ Value: '1' });
  expect((event.ResourceProperties as { ServiceToken: string }).ServiceToken).toMatch(/^arn:aws:lambda:/);
});

test('a new physical id makes the old one go in the clean-up', async () => {
  const aws = await harness.start();
  await harness.deploy(aws, { A: custom({ Id: 'first' }) });
  const update = await harness.deploy(aws, { A: custom({ Id: 'second' }) });
  expect(asked(aws, 1)).toEqual(['Update A first', 'Delete A first']);
  expect(position(update, 'A', 'DELETE_IN_PROGRESS')).toBeGreaterThan(position(update, 'Shop', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'));
  expect(aws.resources('Shop').A.physicalId).toBe('second');
});

test('what has left the template is deleted in the clean-up, dependents first', async () => {
  const aws = await harness.start();
  await harness.deploy(aws, { A: custom(), B: custom({ Value: { Ref: 'A' } }), C: custom() });
  const update = await harness.deploy(aws, { C: custom() });
  expect(asked(aws, 3)).toEqual(['Delete B id-of-B', 'Delete A id-of-A']);
  expect(position(update, 'B', 'DELETE_IN_PROGRESS')).toBeGreaterThan(position(update, 'Shop', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'));
  expect(aws.resources('Shop').A).toBeUndefined();
});

test('a Delete that fails in the clean-up is tried three times, then the clean-up goes on', async () => {
  const aws = await harness.start();
  await harness.deploy(aws, { A: custom(), B: custom({ FailOn: 'Delete', Value: { Ref: 'A' } }) });
  const update = await harness.deploy(aws, {});
  expect(update.status).toBe('UPDATE_COMPLETE');
  expect(asked(aws, 2)).toEqual(['Delete B id-of-B', 'Delete B id-of-B', 'Delete B id-of-B', 'Delete A id-of-A']);
  const requests = aws.recorder.of('request').slice(2, 5).map(({ requestId }) => requestId);
  expect(new Set(requests).size).toBe(3);
});

test('an ordinary resource is replaced before the old one goes, unless it is to be retained', async () => {
  const aws = await harness.start();
  const key = (name: string) => ({ KeySchema: [{ AttributeName: name, KeyType: 'HASH' }] });
  const table = (name: string, policy?: string) => ({ Type: 'AWS::DynamoDB::Table', Properties: key(name), UpdateReplacePolicy: policy });
  await harness.deploy(aws, { T: table('a'), A: custom({ Value: { Ref: 'T' } }) });
  const before = aws.resources('Shop').T;
  const { physicalId: oldId, attributes: { Arn: oldArn } } = { ...before };
  const update = await harness.deploy(aws, { T: table('b', 'Retain'), A: custom({ Value: { Ref: 'T' } }) });
  expect(aws.resources('Shop').T.physicalId).not.toBe(oldId);
  expect(statuses(update, 'T')).toEqual(['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE', 'DELETE_IN_PROGRESS', 'DELETE_COMPLETE']);
  expect(aws.sources.state(String(oldArn))).toBe('gone');
  const { attributes: { Arn: keptArn } } = { ...aws.resources('Shop').T };
  const retained = await harness.deploy(aws, { T: table('c', 'Retain'), A: custom({ Value: { Ref: 'T' } }) });
  expect(statuses(retained, 'T').at(-1)).toBe('DELETE_SKIPPED');
  expect(aws.sources.state(String(keptArn))).toBe('exists');
});

test('conditions, parameters, mappings and outputs follow the parameters of each deployment', async () => {
  const aws = await harness.start({ ssm: { '/path': 'from the store' } });
  const rest = {
    Parameters: { Stage: { Type: 'String', Default: 'dev' }, Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/path' } },
    Mappings: { Map: { dev: { size: 'small' }, prod: { size: 'large' } } },
    Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    Outputs: { Extra: { Condition: 'IsProd', Value: { 'Fn::GetAtt': ['B', 'Value'] } }, Stored: { Value: { Ref: 'Stored' } } },
  };
  const value = { 'Fn::If': ['IsProd', { 'Fn::FindInMap': ['Map', { Ref: 'Stage' }, 'size'] }, { Ref: 'AWS::NoValue' }] };
  const resources = { A: custom({ Value: value }), B: custom({ Value: 'b' }, { Condition: 'IsProd' }) };
  const first = await harness.deploy(aws, resources, rest);
  expect(first.outputs).toEqual({ Stored: 'from the store' });
  expect(aws.recorder.of('request')[0].event.ResourceProperties).not.toHaveProperty('Value');
  const second = await harness.deploy(aws, resources, rest, { parameters: { Stage: 'prod' } });
  expect(second.outputs).toEqual({ Stored: 'from the store', Extra: 'b' });
  expect(aws.recorder.of('request').find(({ requestType }) => requestType === 'Update')?.event.ResourceProperties).toMatchObject({ Value: 'large' });
  const third = await harness.deploy(aws, resources, rest, { parameters: { Stage: 'dev' } });
  expect(statuses(third, 'B')).toEqual(['DELETE_IN_PROGRESS', 'DELETE_COMPLETE']);
});

test('an attribute that was not answered fails the operation', async () => {
  const aws = await harness.start();
  const result = await harness.deploy(aws, { A: custom(), B: custom({ Value: { 'Fn::GetAtt': ['A', 'Missing'] } }) });
  expect(result.status).toBe('ROLLBACK_COMPLETE');
  expect(result.events.find(({ status }) => status === 'CREATE_FAILED')?.reason).toMatch(/doesn't contain Missing attribute/);
});

test('independent resources run side by side, in an order that the seed decides', async () => {
  const orders = new Set<string>();
  for (let seed = 1; seed <= 6; seed++) {
    const aws = await harness.start({ seed });
    const result = await harness.deploy(aws, { A: custom({ Sleep: 5000 }), B: custom({ Sleep: 5000 }), C: custom({ Value: { Ref: 'B' } }) });
    expect(position(result, 'C', 'CREATE_IN_PROGRESS')).toBeGreaterThan(position(result, 'B', 'CREATE_COMPLETE'));
    expect(position(result, 'A', 'CREATE_IN_PROGRESS')).toBeLessThan(position(result, 'B', 'CREATE_COMPLETE'));
    orders.add(asked(aws).join());
  }
  expect(orders.size).toBeGreaterThan(1);
});

test('the same seed gives the same history', async () => {
  const history = async (): Promise<string> => {
    const aws = await harness.start({ seed: 5 });
    await harness.deploy(aws, { A: custom({ Status: 1 }), B: custom({ Status: 1, Sleep: 700 }) });
    await harness.deploy(aws, { A: custom({ FailOn: 'Update' }), B: custom({ Status: 2 }) });
    // How often a warm module was used before is the one thing that histories pass on.
    return aws.recorder.print();
  };
  const first = await history();
  expect(await history()).toBe(first);
});
