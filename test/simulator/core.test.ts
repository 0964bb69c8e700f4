import { backedUp, backupResources, custom, FixtureAssembly, fixtureAssembly, functionResources } from './fixtures/assembly';
import { LocalAws, Machine } from './index';

let machine: Machine;
let assembly: FixtureAssembly;
let aws: LocalAws;

beforeAll(async () => {
  machine = await Machine.start();
  assembly = fixtureAssembly();
});
afterAll(async () => {
  await machine.stop();
  assembly.remove();
});
beforeEach(async () => { aws = await LocalAws.start({ machine }); });
afterEach(async () => aws.stop());

test('creates, changes and deletes a stack whose custom resource backs up a table', async () => {
  const template = {
    Resources: { ...functionResources(), ...backupResources(), Backup: custom({ ...backedUp, Status: 'yes', Number: 3, Flag: true }) },
    Outputs: { Job: { Value: { 'Fn::GetAtt': ['Backup', 'JobId'] } }, Status: { Value: { 'Fn::GetAtt': ['Backup', 'StackStatus'] } } },
  };
  const created = await aws.deploy('Shop', { template, assembly: assembly.directory });
  if (!created.ok) throw new Error(aws.recorder.print());
  expect(created.status).toBe('CREATE_COMPLETE');
  expect(created.outputs.Status).toBe('CREATE_IN_PROGRESS');
  expect(aws.backup.jobs().map(({ id, state }) => [id, state])).toEqual([[created.outputs.Job, 'COMPLETED']]);
  const [request] = aws.recorder.of('request');
  expect(request.event.ResourceProperties).toMatchObject({ Number: '3', Flag: 'true' });
  expect(aws.violations()).toEqual([]);

  const unchanged = await aws.deploy('Shop', { template });
  expect(unchanged.events).toEqual([]);
  const gone = await aws.destroy('Shop');
  expect(gone.status).toBe('DELETE_COMPLETE');
  expect(aws.violations()).toEqual([]);
});
