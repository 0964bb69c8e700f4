import * as assert from 'assert';
import { Duration, Stack } from 'aws-cdk-lib';
import { Scenario } from '../scenario';
import { failing, shop, table } from './shop';
import { BackupCompletion, BackupSource, BackupTrigger, OnDemandBackup } from 'cdk-on-demand-backup';

export const FAILING: readonly Scenario[] = [
  {
    name: 'a job that dies in its first minute fails the deployment with the message of AWS Backup; deployed again: another job',
    stack: 'Dying',
    run: async (lab) => {
      lab.script({ runningFor: 5, outcome: { state: 'FAILED', statusMessage: 'KMS key is disabled.' } }, { times: 1 });
      const first = await lab.deployFails(shop());
      first.says(/KMS key is disabled\./).says(/ROLLBACK_COMPLETE/);
      assert.ok(first.text.includes(lab.jobs()[0].id), 'the CLI did not print the id of the job');
      // It deletes the stack that was rolled back, and creates it anew.
      const second = await lab.deploy(shop());
      assert.deepStrictEqual(lab.states(), ['FAILED', 'COMPLETED']);
      assert.strictEqual(Object.values(second.outputs)[0], lab.jobs()[1].id);
    },
  },
  {
    name: 'a waiting deployment fails with a job that fails after a while',
    stack: 'FailingWait',
    run: async (lab) => {
      lab.script({ runningFor: 12, outcome: { state: 'ABORTED', statusMessage: 'Backup job was stopped by user.' } }, { times: 1 });
      const first = await lab.deployFails(shop({ completion: BackupCompletion.waitFor({ timeout: Duration.minutes(5) }) }));
      first.says(/ended ABORTED/).says(/Backup job was stopped by user\./);
      assert.deepStrictEqual(lab.states(), ['ABORTED']);
    },
  },
  {
    name: 'a sibling that fails after the backup: the rollback starts no job; deployed again: one job',
    stack: 'Sibling',
    run: async (lab) => {
      const release = (value: string, extra: (stack: Stack, backup: OnDemandBackup) => void = () => undefined) => (stack: Stack) => {
        const backup = new OnDemandBackup(stack, 'Backup', {
          source: BackupSource.fromDynamoDbTable(table(stack)), trigger: BackupTrigger.onChangeOf(value), keepForever: true,
        });
        extra(stack, backup);
      };
      const first = await lab.deploy(release('1'));
      const second = await lab.deployFails(release('2', (stack, backup) => failing(stack).node.addDependency(backup)));
      second.says(/the sibling fails as it was told to/);
      await lab.happened(/UPDATE_COMPLETE Custom::OnDemandBackup/, /_FAILED AWS::CloudFormation::CustomResource/, /UPDATE_ROLLBACK_COMPLETE/);
      assert.strictEqual(lab.jobs().length, 2);
      const third = await lab.deploy(release('2'));
      assert.deepStrictEqual(lab.states(), ['COMPLETED', 'COMPLETED', 'COMPLETED']);
      assert.deepStrictEqual([first, third].map(({ outputs }) => Object.values(outputs)[0]), [lab.jobs()[0].id, lab.jobs()[2].id]);
    },
  },
];
