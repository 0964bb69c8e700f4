import * as assert from 'assert';
import * as fs from 'fs';
import * as path from 'path';
import { Duration, Stack } from 'aws-cdk-lib';
import { Scenario } from '../scenario';
import { shop } from './shop';
import { BackupCompletion, BackupTrigger } from 'cdk-on-demand-backup';

const waiting = BackupCompletion.waitFor({ timeout: Duration.minutes(10) });

export const WAITING: readonly Scenario[] = [
  {
    name: '20 stacks with a waiting backup each, deployed at once',
    stack: 'Fleet',
    run: async (lab) => {
      lab.script({ runningFor: 15 });
      await lab.deploy((_, app) => {
        for (let number = 1; number <= 20; number++) shop({ completion: waiting })(new Stack(app, `Fleet-${number}`));
      }, { select: ['Fleet-*'], args: ['--concurrency', '20'] });
      assert.deepStrictEqual(lab.states(), Array.from({ length: 20 }, () => 'COMPLETED'));
    },
  },
  {
    name: 'a wait longer than one invocation, through the state machine',
    stack: 'Long',
    run: async (lab) => {
      lab.script({ runningFor: 40 });
      const { text } = await lab.deploy(shop({ completion: waiting }));
      const [job] = lab.jobs();
      assert.strictEqual(job.state, 'COMPLETED');
      assert.match(text, new RegExp(`BackupJobId\\w* = ${job.id}`));
      const log = (await lab.account.functionLogs('Long')).join('\n');
      assert.match(log, /"waiting"/);
      assert.ok(log.split('"COMPLETED"').length > 1 && log.split('"RUNNING"').length > 3, 'the job was not looked at repeatedly');
    },
  },
  {
    name: 'examples/pre-migration: a changed migration runs after a COMPLETED backup; not at all after a failed one; then after a new one',
    stack: 'PreMigration',
    run: async (lab) => {
      const folder = lab.example('pre-migration');
      await lab.deployExample(folder);
      // The table is as new as the gate.
      assert.deepStrictEqual(lab.states(), []);
      const table = await lab.physicalId('AWS::DynamoDB::Table');
      await lab.account.putItem(table, { id: 'order-1', schema: '1' });

      changeMigration(folder, '2');
      await lab.deployExample(folder);
      await lab.happened(/UPDATE_COMPLETE Custom::OnDemandBackup /, /UPDATE_IN_PROGRESS AWS::Lambda::Function Migration/, /UPDATE_COMPLETE Custom::Trigger/);
      assert.deepStrictEqual(lab.states(), ['COMPLETED']);
      assert.match(await lab.account.items(table), /"schema":\{"S":"2"\}/);
      assert.match(lab.recoveryPoints()[0].content!, /"schema":\{"S":"1"\}/);

      lab.script({ runningFor: 3, outcome: { state: 'FAILED', statusMessage: 'The table is being restored.' } }, { times: 1 });
      changeMigration(folder, '3');
      const third = await lab.deployExampleFails(folder);
      third.says(/The table is being restored\./);
      await lab.happened(/UPDATE_FAILED Custom::OnDemandBackup /, /UPDATE_ROLLBACK_COMPLETE/);
      assert.match(await lab.account.items(table), /"schema":\{"S":"2"\}/);
      assert.deepStrictEqual(lab.states(), ['COMPLETED', 'FAILED']);

      await lab.deployExample(folder);
      assert.deepStrictEqual(lab.states(), ['COMPLETED', 'FAILED', 'COMPLETED']);
      assert.match(await lab.account.items(table), /"schema":\{"S":"3"\}/);
      assert.match(lab.recoveryPoints().at(-1)!.content!, /"schema":\{"S":"2"\}/);
    },
  },
  {
    name: 'everyDeployment and waiting: the second backup is another job',
    stack: 'EveryWait',
    run: async (lab) => {
      const build = () => shop({ trigger: BackupTrigger.everyDeployment(), completion: waiting });
      const first = await lab.deploy(build());
      const second = await lab.deploy(build());
      assert.deepStrictEqual(lab.jobs().map(({ id }) => id), [first, second].flatMap(({ outputs }) => Object.values(outputs)));
      assert.deepStrictEqual(lab.states(), ['COMPLETED', 'COMPLETED']);
    },
  },
];

/** As a developer does it. */
function changeMigration(example: string, schema: string): void {
  const file = path.join(example, 'migration', 'index.js');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(/SCHEMA = '\d+'/, `SCHEMA = '${schema}'`));
}
