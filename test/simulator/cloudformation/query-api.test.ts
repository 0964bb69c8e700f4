import { CloudFormationClient, DescribeStackResourceCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { custom } from '../fixtures/assembly';
import { Harness } from '../fixtures/harness';
import { LocalAws } from '../index';

const harness = new Harness();
const clients: CloudFormationClient[] = [];

function client(aws: LocalAws): CloudFormationClient {
  const made = new CloudFormationClient({
    region: 'eu-west-1', endpoint: aws.endpoint, credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }, maxAttempts: 1,
  });
  clients.push(made);
  return made;
}

afterEach(() => clients.splice(0).forEach((made) => made.destroy()));

test('stacks are described by name and by id, also when they are gone', async () => {
  const aws = await harness.start();
  const template = { Outputs: { Out: { Value: { Ref: 'A' } } }, Parameters: { Secret: { Type: 'String', NoEcho: true, Default: 'x' } } };
  const { stackId } = await harness.deploy(aws, { A: custom() }, template);
  const real = client(aws);
  const byName = await real.send(new DescribeStacksCommand({ StackName: 'Shop' }));
  expect(byName.Stacks?.[0]).toMatchObject({
    StackId: stackId,
    StackName: 'Shop',
    StackStatus: 'CREATE_COMPLETE',
    CreationTime: new Date(aws.stack('Shop')!.creationTime),
    Outputs: [{ OutputKey: 'Out', OutputValue: 'id-of-A' }],
    Parameters: [{ ParameterKey: 'Secret', ParameterValue: '****' }],
  });
  expect(byName.Stacks?.[0].LastUpdatedTime).toBeUndefined();
  await aws.destroy('Shop');
  expect((await real.send(new DescribeStacksCommand({ StackName: stackId }))).Stacks?.[0].StackStatus).toBe('DELETE_COMPLETE');
  await expect(real.send(new DescribeStacksCommand({ StackName: 'Shop' }))).rejects.toMatchObject({
    name: 'ValidationError', message: 'Stack with id Shop does not exist', $fault: 'client', $metadata: { httpStatusCode: 400 },
  });
});

test('resources are described while they stand', async () => {
  const aws = await harness.start();
  await harness.deploy(aws, { A: custom() });
  const real = client(aws);
  const { StackResourceDetail } = await real.send(new DescribeStackResourceCommand({ StackName: 'Shop', LogicalResourceId: 'A' }));
  expect(StackResourceDetail).toMatchObject({
    PhysicalResourceId: 'id-of-A', ResourceStatus: 'CREATE_COMPLETE', ResourceType: 'Custom::Fixture', LastUpdatedTimestamp: new Date(aws.resources('Shop').A.timestamp),
  });
  await expect(real.send(new DescribeStackResourceCommand({ StackName: 'Shop', LogicalResourceId: 'B' })))
    .rejects.toMatchObject({ name: 'ValidationError', message: 'Resource B does not exist for stack Shop' });
});

test.each(['described', 'unknown'] as const)('a resource that an update has deleted is %s', async (deletedResource) => {
  const aws = await harness.start({ undocumented: { deletedResource } });
  await harness.deploy(aws, { A: custom() });
  await harness.deploy(aws, {});
  const answer = client(aws).send(new DescribeStackResourceCommand({ StackName: 'Shop', LogicalResourceId: 'A' }));
  if (deletedResource === 'unknown') await expect(answer).rejects.toThrow('Resource A does not exist for stack Shop');
  else expect((await answer).StackResourceDetail?.ResourceStatus).toBe('DELETE_COMPLETE');
});

test.each([
  ['AccessDenied', { kind: 'error', type: 'AccessDenied', message: 'no', status: 403 }, { name: 'AccessDenied' }],
  ['Throttling', { kind: 'error', type: 'Throttling', message: 'Rate exceeded', status: 400 }, { name: 'Throttling' }],
  ['5xx', { kind: 'error', type: 'InternalFailure', message: 'oops', status: 500 }, { $fault: 'server' }],
  ['a reset', { kind: 'reset' }, { message: expect.stringContaining('ECONNRESET') as string }],
] as const)('%s reaches the client', async (_, fault, error) => {
  const aws = await harness.start({ networkFaults: ({ service, caller }) => service === 'cloudformation' && caller === '' ? fault : undefined });
  await harness.deploy(aws, { A: custom() });
  await expect(client(aws).send(new DescribeStacksCommand({ StackName: 'Shop' }))).rejects.toMatchObject(error);
});
