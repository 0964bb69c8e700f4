import { heading, narrate } from './narrate';
import { synthesizeExample } from './synthesize-example';
import { LocalAws, OperationResult } from '../test/simulator';

const STACK = 'OnDemand';

/** The main job, end to end: the example is synthesized, deployed, deployed again unchanged, changed and deleted. */
async function demo(): Promise<void> {
  console.log('The example examples/on-demand on an AWS that runs inside this process, with simulated time.');
  const release1 = synthesizeExample('on-demand', { release: '1.0.0' });
  const release2 = synthesizeExample('on-demand', { release: '2.0.0' });
  const aws = await LocalAws.start({ ssm: { '/cdk-bootstrap/hnb659fds/version': '30' } });
  try {
    narrate(aws);

    heading('First deployment: the table is created and backed up.');
    expectOk(await aws.deploy(STACK, release1));
    showOutputs(aws);
    expectJobs(aws, 1);

    heading('Second deployment, nothing changed:');
    expectOk(await aws.deploy(STACK, release1));
    expectJobs(aws, 1);
    console.log('  No resource was touched, and no backup job was started.');

    heading('Third deployment, with release 2.0.0 as the value of the trigger: one more backup.');
    expectOk(await aws.deploy(STACK, release2));
    showOutputs(aws);
    expectJobs(aws, 2);

    heading('The stack is deleted.');
    expectOk(await aws.destroy(STACK));
    expectJobs(aws, 2);
    showWhatIsLeft(aws);
    if (aws.violations().length > 0) {
      throw new Error(`the protocol of CloudFormation was violated: ${aws.violations().join('; ')}`);
    }
  } finally {
    await aws.stop();
  }
}

function expectOk({ ok, status, reason }: OperationResult): void {
  if (!ok) {
    throw new Error(`the stack is ${status}: ${reason ?? 'no reason given'}`);
  }
}

function expectJobs(aws: LocalAws, count: number): void {
  const states = aws.backup.jobs().map(({ state }) => state);
  if (states.length !== count || states.some((state) => state !== 'COMPLETED')) {
    throw new Error(`expected ${count} backup jobs that are COMPLETED, and AWS Backup has: ${states.join(', ') || 'none'}`);
  }
}

function showOutputs(aws: LocalAws): void {
  for (const [name, value] of Object.entries(aws.outputs(STACK))) {
    console.log(`  Output ${name} = ${value}`);
  }
}

function showWhatIsLeft(aws: LocalAws): void {
  heading('What is left:');
  for (const point of aws.backup.recoveryPoints()) {
    console.log(`  recovery point ${point.arn} (${point.status})`);
  }
  for (const { type, physicalId } of aws.events(STACK).filter(({ status }) => status === 'DELETE_SKIPPED')) {
    console.log(`  ${type} ${physicalId} (retained)`);
  }
}

demo().catch((error: Error) => {
  console.error(`\nThe demo failed: ${error.message}`);
  process.exitCode = 1;
});
