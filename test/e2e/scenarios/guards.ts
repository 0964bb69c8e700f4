import * as assert from 'assert';
import { CfnParameter, Stack, Tags } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Lab } from '../lab';
import { Scenario } from '../scenario';
import { table } from './shop';
import { BackupGuardOptions, OnDemandBackup } from 'cdk-on-demand-backup';

const GUARD_FIRST = [/UPDATE_COMPLETE Custom::OnDemandBackup /, /UPDATE_IN_PROGRESS AWS::DynamoDB::Table/];

function guarded(props: Partial<dynamodb.TableProps> = {}, options: BackupGuardOptions = {}): (stack: Stack) => void {
  return (stack) => void OnDemandBackup.guard(table(stack, props), { keepForever: true, ...options });
}

/** A guarded table that expires by what somebody else decides. */
function expiring(attribute: (stack: Stack) => string): (stack: Stack) => void {
  return (stack) => guarded({ timeToLiveAttribute: attribute(stack) })(stack);
}

export const GUARDS: readonly Scenario[] = [
  {
    name: 'a guarded table: none for what is new, untouched or only tagged; changed in place and replaced: first a backup of the old table',
    stack: 'Guarded',
    run: async (lab) => {
      await lab.deploy(guarded());
      const old = await filled(lab);
      await lab.deploy((stack) => {
        guarded()(stack);
        Tags.of(stack).add('build', '7');
      });
      assert.deepStrictEqual(lab.states(), []);

      await lab.deploy(guarded({ timeToLiveAttribute: 'expires' }));
      await lab.happened(...GUARD_FIRST);
      assert.deepStrictEqual(sources(lab), [old]);

      const replacement = { timeToLiveAttribute: 'expires', partitionKey: { name: 'number', type: dynamodb.AttributeType.STRING } };
      await lab.deploy(guarded(replacement));
      await lab.happened(...GUARD_FIRST);
      assert.deepStrictEqual(sources(lab), [old, old]);
      assert.deepStrictEqual(lab.recoveryPoints().map(({ content }) => content?.includes('order-1')), [true, true]);
      // ministack replaces nothing here, it changes the table in place; the replacement is in test/deployment/gates.test.ts.
    },
  },
  {
    name: 'a guarded table whose parameter changes: first a backup',
    stack: 'Parameter',
    run: async (lab) => {
      const build = expiring((stack) => new CfnParameter(stack, 'Attribute').valueAsString);
      await lab.deploy(build, { parameters: { Attribute: 'expires' } });
      assert.deepStrictEqual(lab.states(), []);
      await lab.deploy(build, { parameters: { Attribute: 'expires' }, args: ['--force'] });
      assert.deepStrictEqual(lab.states(), []);
      // ministack tells of no update of the table, whose template did not change: what CloudFormation does
      // is in test/deployment and in the simulator's own tests of updates.
      await lab.deploy(build, { parameters: { Attribute: 'ends' } });
      assert.deepStrictEqual(lab.states(), ['COMPLETED']);
    },
  },
  {
    name: 'a guarded table that refers to what is replaced: first a backup',
    stack: 'Neighbour',
    run: async (lab) => {
      const build = (parameterName: string) =>
        expiring((stack) => new ssm.StringParameter(stack, 'Attribute', { parameterName, stringValue: 'any' }).parameterName);
      await lab.deploy(build('expires'));
      assert.deepStrictEqual(lab.states(), []);
      await lab.deploy(build('ends'));
      await lab.happened(...GUARD_FIRST);
      assert.deepStrictEqual(lab.states(), ['COMPLETED']);
    },
  },
  {
    name: 'final backup on cdk destroy: COMPLETED before the table goes',
    stack: 'Final',
    run: async (lab) => {
      const build = guarded({}, { finalBackup: true });
      await lab.deploy(build);
      const old = await filled(lab);
      await lab.destroy(build);
      await lab.happened(/DELETE_COMPLETE Custom::OnDemandBackupFinal/, /DELETE_IN_PROGRESS AWS::DynamoDB::Table/);
      assert.deepStrictEqual(sources(lab), [old]);
      assert.deepStrictEqual(lab.recoveryPoints().map(({ content, status }) => [content?.includes('order-1'), status]), [[true, 'COMPLETED']]);
      assert.ok(!await lab.account.hasTable(old), 'the table is still there');
    },
  },
  {
    name: 'a final backup that fails: the CLI fails and says why',
    stack: 'FinalFailing',
    run: async (lab) => {
      lab.script({ runningFor: 2, outcome: { state: 'FAILED', statusMessage: 'KMS key is disabled.' } });
      const build = guarded({}, { finalBackup: true });
      await lab.deploy(build);
      const destroyed = await lab.destroyFails(build);
      destroyed.says(/KMS key is disabled\./).says(/DELETE_FAILED/);
      assert.deepStrictEqual(lab.states(), ['FAILED']);
      // ministack goes on deleting what the failed resource depends on, which CloudFormation does not: that everything
      // stays in place is in test/deployment/final.test.ts.
    },
  },
  {
    name: 'a guarded table removed from the template: backed up before anything is deleted',
    stack: 'Removed',
    run: async (lab) => {
      const others = (stack: Stack) => OnDemandBackup.guard(
        new dynamodb.Table(stack, 'Customers', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } }), { keepForever: true, finalBackup: true });
      await lab.deploy((stack) => {
        others(stack);
        guarded({}, { finalBackup: true })(stack);
      });
      const [old] = (await lab.account.resources(lab.stack)).map(({ id }) => id).filter((id) => id.includes('Orders'));
      await lab.account.putItem(old, { id: 'order-1' });
      await lab.deploy((stack) => void others(stack));
      await lab.happened(/UPDATE_COMPLETE Custom::OnDemandBackupFinal/);
      // ministack tells of no clean-up, but a job whose table is deleted under it fails.
      assert.deepStrictEqual(sources(lab), [old]);
      assert.deepStrictEqual(lab.recoveryPoints().map(({ content }) => content?.includes('order-1')), [true]);
      assert.ok(!await lab.account.hasTable(old), 'the table is still there');
    },
  },
];

/** Puts something into the table, and tells its name. */
async function filled(lab: Lab): Promise<string> {
  const name = await lab.physicalId('AWS::DynamoDB::Table');
  await lab.account.putItem(name, { id: 'order-1' });
  return name;
}

/** Names of the tables that were backed up. */
function sources(lab: Lab): string[] {
  return lab.jobs().filter(({ state }) => state === 'COMPLETED').map(({ request }) => request.ResourceArn.split('/').pop()!);
}
