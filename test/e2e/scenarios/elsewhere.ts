import * as assert from 'assert';
import { StartBackupJobCommand } from '@aws-sdk/client-backup';
import { App, Duration, NestedStack, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { ENV, Lab } from '../lab';
import { Scenario } from '../scenario';
import { JOB_ID, shop, table } from './shop';
import { BackupCompletion, BackupTrigger, OnDemandBackup } from 'cdk-on-demand-backup';

const waiting = (release: string) => shop({
  trigger: BackupTrigger.onChangeOf(release), completion: BackupCompletion.waitFor({ timeout: Duration.minutes(5) }),
});

export const ELSEWHERE: readonly Scenario[] = [
  {
    // ministack cannot update a nested stack that asks for the ARN of a log group, and does not get to the end of deleting one with
    // custom resources: what comes after the first deployment is in test/deployment/final.test.ts.
    name: 'in nested stacks: waits, and has nothing to back up of a new guarded table',
    stack: 'Nesting',
    run: async (lab) => {
      const { outputs } = await lab.deploy((stack) => {
        waiting('1')(new NestedStack(stack, 'Inner'));
        OnDemandBackup.guard(table(new NestedStack(stack, 'Guarded')), { keepForever: true, finalBackup: true });
      });
      // Those of nested stacks are not printed.
      assert.deepStrictEqual(outputs, {});
      assert.deepStrictEqual(lab.states(), ['COMPLETED']);
    },
  },
  {
    name: 'in a Stage: the same',
    stack: 'Staged',
    run: async (lab) => {
      const build = (release: string) => (_: Stack, app: App) =>
        waiting(release)(new Stack(new Stage(app, 'StagedShops', { env: ENV }), 'Shop', { stackName: 'Staged-Shop' }));
      const options = { select: ['StagedShops/*'] };
      const first = await lab.deploy(build('1'), options);
      const second = await lab.deploy(build('2'), options);
      assert.deepStrictEqual(lab.jobs().map(({ id }) => id), [first, second].flatMap(({ outputs }) => Object.values(outputs)));
    },
  },
  {
    name: 'skip: no job, and the reason in the log; the next deployment without it backs up',
    stack: 'Skipped',
    run: async (lab) => {
      const build = shop({ trigger: BackupTrigger.onChangeOf('1') });
      const context = { 'cdk-on-demand-backup:skip': 'incident 4711' };
      const skipped = await lab.deploy(build, { context });
      assert.deepStrictEqual(Object.values(skipped.outputs), ['NONE']);
      assert.deepStrictEqual(lab.states(), []);
      const next = await lab.deploy(build);
      assert.deepStrictEqual(lab.jobs().map(({ id }) => id), Object.values(next.outputs));
      // Last, because logs arrive a little late.
      assert.match((await lab.account.functionLogs('Skipped')).join('\n'), /incident 4711/);
    },
  },
  {
    name: 'AUTH=true: what the role of the function grants is enough, and it grants no other vault',
    stack: 'Enforced',
    auth: true,
    run: async (lab) => {
      const build = (release: string, timeToLiveAttribute?: string) => (stack: Stack) => {
        waiting(release)(stack);
        const customers = new dynamodb.Table(stack, 'Customers', {
          partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, removalPolicy: RemovalPolicy.DESTROY, timeToLiveAttribute,
        });
        OnDemandBackup.guard(customers, { keepForever: true, finalBackup: true });
      };
      const first = await lab.deploy(build('1'));
      const second = await lab.deploy(build('2', 'expires'));
      assert.notDeepStrictEqual(second.outputs, first.outputs);
      assert.match(Object.values(second.outputs)[0], JOB_ID);
      await enforces(lab);
      await lab.destroy(build('2', 'expires'));
    },
  },
];

/** Without this, it would be no wonder that nothing is missing. */
async function enforces(lab: Lab): Promise<void> {
  const role = (await lab.account.resources(lab.stack)).find(({ type, id }) => type === 'AWS::IAM::Role' && /Provider/.test(id) && !/Waiter/.test(id))!;
  const functionRole = await lab.account.backupAs(`arn:aws:iam::${ENV.account}:role/${role.id}`);
  const start = async (vault: string) => functionRole.send(new StartBackupJobCommand({
    BackupVaultName: vault,
    IamRoleArn: `arn:aws:iam::${ENV.account}:role/any`,
    ResourceArn: `arn:aws:dynamodb:${ENV.region}:${ENV.account}:table/any`,
  }));
  await assert.rejects(start('another'), /not authorized/);
  await start(await lab.physicalId('AWS::Backup::BackupVault'));
}
