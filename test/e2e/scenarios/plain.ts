import * as assert from 'assert';
import { Duration } from 'aws-cdk-lib';
import { Scenario } from '../scenario';
import { JOB_ID, shop } from './shop';
import { BackupTrigger } from 'cdk-on-demand-backup';

export const PLAIN: readonly Scenario[] = [
  {
    name: 'first deployment: one job, whose id is an output; deployed unchanged: none',
    stack: 'First',
    run: async (lab) => {
      const first = await lab.deploy(shop());
      const id = Object.values(first.outputs)[0];
      assert.match(id, JOB_ID);
      first.says(new RegExp(`First\\.\\w*BackupJobId\\w* = ${id}`));
      assert.deepStrictEqual(lab.jobs().map((job) => job.id), [id]);
      assert.deepStrictEqual(lab.states(), ['COMPLETED']);
      (await lab.deploy(shop())).says(/no changes/);
      const forced = await lab.deploy(shop(), { args: ['--force'] });
      assert.strictEqual(Object.values(forced.outputs)[0], id);
      assert.strictEqual(lab.jobs().length, 1);
    },
  },
  {
    name: 'changed tags and retention: no job; they apply from the next one on',
    stack: 'Retagged',
    run: async (lab) => {
      const release = (trigger: string, days: number, owner: string) =>
        shop({ trigger: BackupTrigger.onChangeOf(trigger), keepForever: undefined, deleteAfter: Duration.days(days), recoveryPointTags: { owner } });
      const first = await lab.deploy(release('1', 35, 'shop'));
      const second = await lab.deploy(release('1', 70, 'warehouse'));
      second.says(/UPDATE_COMPLETE .*Custom::OnDemandBackup/);
      assert.deepStrictEqual(second.outputs, first.outputs);
      assert.strictEqual(lab.jobs().length, 1);
      await lab.deploy(release('2', 70, 'warehouse'));
      assert.deepStrictEqual(lab.jobs().map(({ request }) => [request.Lifecycle?.DeleteAfterDays, request.RecoveryPointTags]), [
        [35, { owner: 'shop' }], [70, { owner: 'warehouse' }],
      ]);
    },
  },
  {
    name: 'changed trigger value: one job',
    stack: 'Released',
    run: async (lab) => {
      const first = await lab.deploy(shop({ trigger: BackupTrigger.onChangeOf('1.0.0') }));
      const second = await lab.deploy(shop({ trigger: BackupTrigger.onChangeOf('2.0.0') }));
      assert.notDeepStrictEqual(second.outputs, first.outputs);
      assert.deepStrictEqual(lab.jobs().map(({ id }) => id), [...Object.values(first.outputs), ...Object.values(second.outputs)]);
    },
  },
  {
    name: 'everyDeployment twice: two jobs',
    stack: 'Every',
    run: async (lab) => {
      await lab.deploy(shop({ trigger: BackupTrigger.everyDeployment() }));
      await lab.deploy(shop({ trigger: BackupTrigger.everyDeployment() }));
      assert.deepStrictEqual(lab.states(), ['COMPLETED', 'COMPLETED']);
    },
  },
  {
    name: 'destroyed and deployed again, beside the vault and the role that were left',
    stack: 'Again',
    run: async (lab) => {
      await lab.deploy(shop());
      const [vault, role] = [await lab.physicalId('AWS::Backup::BackupVault'), lab.jobs()[0].request.IamRoleArn];
      const gone = await lab.destroy(shop());
      gone.says(/DELETE_SKIPPED .*AWS::Backup::BackupVault/);
      assert.strictEqual(lab.recoveryPoints().length, 1);
      await lab.deploy(shop());
      assert.deepStrictEqual(lab.states(), ['COMPLETED', 'COMPLETED']);
      assert.notStrictEqual(await lab.physicalId('AWS::Backup::BackupVault'), vault);
      assert.ok(await lab.account.hasVault(vault) && await lab.account.hasRole(role), 'vault and role are gone');
    },
  },
];
