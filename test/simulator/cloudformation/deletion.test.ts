import { backupResources, custom } from '../fixtures/assembly';
import { asked, Harness, statuses } from '../fixtures/harness';

const harness = new Harness();

test('a Delete that fails keeps what it depends on; independent siblings go; a second deletion may leave it behind', async () => {
  const aws = await harness.start();
  await harness.deploy(aws, { A: custom(), B: custom({ FailOn: 'Delete', Value: { Ref: 'A' } }), C: custom(), D: custom({ Value: { Ref: 'C' } }) });
  const failed = await aws.destroy('Shop');
  expect(failed.status).toBe('DELETE_FAILED');
  expect(failed.reason).toBe('The following resource(s) failed to delete: [B]. ');
  expect(Object.keys(aws.resources('Shop')).sort()).toEqual(['A', 'B', 'Function', 'Logs', 'Policy', 'Role']);
  expect(asked(aws, 4).sort()).toEqual(['Delete B id-of-B', 'Delete C id-of-C', 'Delete D id-of-D']);
  await expect(harness.deploy(aws, {})).rejects.toThrow(/DELETE_FAILED state and can not be updated/);
  const again = await aws.destroy('Shop', { retainResources: ['B'] });
  expect(again.status).toBe('DELETE_COMPLETE');
  expect(statuses(again, 'B')).toEqual(['DELETE_SKIPPED']);
  expect(asked(aws).at(-1)).toBe('Delete A id-of-A');
  expect(aws.violations()).toEqual([]);
});

test('a forced deletion leaves behind what cannot be deleted', async () => {
  const aws = await harness.start();
  await harness.deploy(aws, { A: custom({ FailOn: 'Delete' }) });
  expect((await aws.destroy('Shop', { force: true })).status).toBe('DELETE_COMPLETE');
});

test.each([
  ['Retain', 'DELETE_SKIPPED', 'DELETE_SKIPPED'],
  ['RetainExceptOnCreate', 'DELETE_COMPLETE', 'DELETE_SKIPPED'],
  ['Delete', 'DELETE_COMPLETE', 'DELETE_COMPLETE'],
])('DeletionPolicy %s: %s when its creation is rolled back, %s when the stack is deleted', async (policy, rolledBack, deleted) => {
  const aws = await harness.start();
  const topic = { Type: 'AWS::SNS::Topic', DeletionPolicy: policy };
  const failed = await harness.deploy(aws, { Topic: topic, A: custom({ FailOn: 'Create', Value: { Ref: 'Topic' } }) });
  expect(statuses(failed, 'Topic').at(-1)).toBe(rolledBack);
  await harness.deploy(aws, { A: custom() });
  const added = await harness.deploy(aws, { Topic: topic, A: custom({ FailOn: 'Update', Value: { Ref: 'Topic' } }) });
  expect(statuses(added, 'Topic').at(-1)).toBe(rolledBack);
  await harness.deploy(aws, { Topic: topic });
  expect(statuses(await aws.destroy('Shop'), 'Topic').at(-1)).toBe(deleted);
});

test('a retained vault keeps its name', async () => {
  const aws = await harness.start();
  await harness.deploy(aws, backupResources());
  await aws.destroy('Shop');
  const again = await harness.deploy(aws, backupResources());
  expect(again.status).toBe('ROLLBACK_COMPLETE');
  expect(again.events.find(({ status }) => status === 'CREATE_FAILED')?.reason).toMatch(/identifier 'fixture' already exists/);
});

test('the functions of custom resources that go with their role or log group break a rule', async () => {
  const aws = await harness.start();
  const { Function: called, ...others } = harness.template({}).Resources!;
  const careless = { ...called, DependsOn: [], Properties: { ...called.Properties, LoggingConfig: { LogGroup: 'careless' } } };
  const group = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'careless' } };
  const resources = { ...others, Function: careless, Group: group, Last: custom({ Sleep: 20_000 }, { DependsOn: 'First' }), First: custom() };
  await aws.deploy('Shop', { template: { Resources: resources }, assembly: harness.assembly.directory });
  await aws.destroy('Shop');
  expect(aws.violations()).toEqual(expect.arrayContaining([expect.stringMatching(/Delete of .*: the log group careless of its function is gone/)]));
});

test('what is deleted with auto-delete is empty before it is gone, and says so to AWS Backup', async () => {
  const aws = await harness.start();
  const eater = { Type: 'Custom::S3AutoDeleteObjects', Properties: { ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:cdk', BucketName: { Ref: 'Bucket' } } };
  await harness.deploy(aws, { Bucket: { Type: 'AWS::S3::Bucket' }, Eater: eater });
  const arn = String(aws.resources('Shop').Bucket.attributes.Arn);
  aws.sources.write(arn);
  expect(aws.sources.content(arn)).toBe('version 2');
  const contents: unknown[] = [];
  aws.recorder.listen((entry) => entry.kind === 'stack' && entry.logicalId === 'Bucket' && contents.push(entry.status, aws.sources.content(arn)));
  await aws.destroy('Shop');
  expect(contents).toEqual(['DELETE_IN_PROGRESS', 'empty', 'DELETE_COMPLETE', undefined]);
  expect(aws.sources.state(arn)).toBe('gone');
});
