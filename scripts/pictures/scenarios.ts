import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { BackupCompletion, BackupSource, BackupTrigger, OnDemandBackup, OnDemandBackupProps } from '../../src';
import { LocalAws, LocalAwsOptions, Machine, Recorded } from '../../test/simulator';
import { synthesize, table } from '../../test/support/shop';

/** A history that docs/lifecycle.md tells and shows. */
export interface Scenario {
  /** Of the picture: lifecycle-NAME.svg. */
  readonly name: string;
  readonly title: string;
  readonly account?: LocalAwsOptions;
  /** What has happened before the picture begins. */
  readonly before?: (aws: LocalAws) => Promise<unknown>;
  readonly history: (aws: LocalAws) => Promise<unknown>;
}

export const STACK = 'Shop';

const jobs = (aws: LocalAws, runningFor: number, outcome?: { state: 'FAILED'; statusMessage: string }): void =>
  void aws.backup.plans.script({ queuedFor: 2, runningFor, ...outcome ? { outcome } : {} });
const deploy = (aws: LocalAws, assembly: string): Promise<unknown> => aws.deploy(STACK, assembly);
/** The migration runs once more with each release. */
const gated = (release: number, wanted: Partial<OnDemandBackupProps> = {}): string => shop((stack, source) => {
  const migration = new CustomResource(stack, 'Migration', {
    serviceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:migration', resourceType: 'Custom::Migration', properties: { release },
  });
  new OnDemandBackup(stack, 'Backup', { source, deleteAfter: Duration.days(35), executeBefore: [migration], ...wanted });
});
const ungated = (release: number): string => shop((stack, source) =>
  void new OnDemandBackup(stack, 'Backup', { source, deleteAfter: Duration.days(35), trigger: BackupTrigger.onChangeOf(String(release)) }));

function shop(build: (stack: Stack, source: BackupSource) => void): string {
  return synthesize((stack) => build(stack, BackupSource.fromDynamoDbTable(table(stack))));
}

/** In the order of the page. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'create',
    title: 'A first deployment with a backup of a new table',
    history: async (aws) => {
      jobs(aws, 40);
      await deploy(aws, ungated(1));
    },
  },
  {
    name: 'update',
    title: 'An update with a backup before a migration',
    before: (aws) => deploy(aws, gated(1)),
    history: async (aws) => {
      jobs(aws, 240);
      await deploy(aws, gated(2));
    },
  },
  {
    name: 'rollback',
    title: 'The migration fails, and the update is rolled back',
    account: { resourceFaults: ({ logicalId, action, rollback }) => logicalId === 'Migration' && action === 'UPDATE' && !rollback ? 'column exists already' : undefined },
    before: (aws) => deploy(aws, gated(1)),
    history: async (aws) => {
      jobs(aws, 20);
      await deploy(aws, gated(2));
    },
  },
  {
    name: 'crash',
    title: 'The function crashes after it has started a job',
    account: { lambdaFaults: { crash: ({ attempt, payload }) => attempt === 1 && payload.includes('"RequestType":"Update"') ? { call: 2, when: 'after' } : undefined } },
    before: async (aws) => {
      jobs(aws, 20);
      await deploy(aws, ungated(1));
    },
    history: async (aws) => {
      jobs(aws, 150);
      await deploy(aws, ungated(2));
    },
  },
  {
    name: 'long-wait',
    title: 'A job of two and a half hours, with a timeout of three',
    before: (aws) => deploy(aws, gated(1, { completion: BackupCompletion.waitFor({ timeout: Duration.hours(3) }) })),
    history: async (aws) => {
      jobs(aws, 9000);
      await deploy(aws, gated(2, { completion: BackupCompletion.waitFor({ timeout: Duration.hours(3) }) }));
    },
  },
  {
    name: 'failure',
    title: 'The job fails, so the migration does not run',
    before: (aws) => deploy(aws, gated(1)),
    history: async (aws) => {
      jobs(aws, 65, { state: 'FAILED', statusMessage: 'The key of the vault is disabled.' });
      await deploy(aws, gated(2));
    },
  },
];

/** What was recorded while the history was played. */
export async function play(scenario: Scenario): Promise<readonly Recorded[]> {
  const machine = Machine.inline();
  const aws = await LocalAws.start({ machine, seed: 1, ssm: { '/cdk-bootstrap/hnb659fds/version': '30' }, ...scenario.account });
  try {
    await scenario.before?.(aws);
    const { length } = aws.recorder.all();
    await scenario.history(aws);
    return aws.recorder.all().slice(length);
  } finally {
    await aws.stop();
    await machine.stop();
  }
}
