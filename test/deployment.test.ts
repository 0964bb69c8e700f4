import { OnDemandBackup, BackupSource } from '../src';
import { bootstrappedAccount, deploy, startedWith, table } from './support/shop';
import { LocalAws, Machine } from './simulator';

let machine: Machine;
let aws: LocalAws;
beforeAll(async () => { machine = await Machine.start(); });
afterAll(async () => machine.stop());
beforeEach(async () => { aws = await bootstrappedAccount({ machine }); });
afterEach(async () => aws.stop());

test('first', async () => {
  const created = await deploy(aws, (stack) => {
    new OnDemandBackup(stack, 'Backup', { source: BackupSource.fromDynamoDbTable(table(stack)) });
  });
  console.log(aws.recorder.print());
  expect(created.status).toBe('CREATE_COMPLETE');
  expect(startedWith(aws)).toHaveLength(1);
});
