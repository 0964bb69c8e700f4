import * as eks from 'aws-cdk-lib/aws-eks';
import { OnDemandBackup } from '../../src';
import { accounts } from '../support/account';
import { deploy, failures, jobStates, table } from '../support/shop';

const account = accounts();

/** An account whose CloudFormation says this of a guard's source. */
async function saying(message: (logicalId: string) => string) {
  return account({
    networkFaults: ({ operation, request }) => operation === 'DescribeStackResource'
      ? { kind: 'error', type: 'ValidationError', status: 400, message: message(new URLSearchParams(request.body).get('LogicalResourceId')!) }
      : undefined,
  });
}

test.each([
  ['CloudFormation', (id: string) => `Resource ${id} does not exist for stack Shop`],
  ['ministack', (id: string) => `Resource [${id}] does not exist in stack [Shop]`],
])('a source that does not exist yet, in the words of %s, needs no backup', async (_, message) => {
  const aws = await saying(message);
  const result = await deploy(aws, (stack) => void OnDemandBackup.guard(table(stack), { keepForever: true }));
  expect(result).toMatchObject({ ok: true });
  expect(jobStates(aws)).toEqual([]);
});

test.each([
  ['the stack', () => 'Stack with id Shop does not exist'],
  ['a resource whose name only begins like it', (id: string) => `Resource ${id}Archive does not exist for stack Shop`],
])('that %s does not exist says nothing of the source', async (_, message) => {
  const result = await deploy(await saying(message), (stack) => void OnDemandBackup.guard(table(stack), { keepForever: true }));
  expect(failures(result).join()).toMatch(/cannot be found out/);
});

test('an event that is delivered once more when the source has been created starts nothing', async () => {
  const aws = await account({
    lambdaFaults: { deliver: ({ payload }) => /"ResourceType":"Custom::OnDemandBackup"/.test(payload) ? { duplicates: [120_000] } : undefined },
  });
  const result = await deploy(aws, (stack) => {
    OnDemandBackup.guard(table(stack), { keepForever: true });
    // Takes minutes, so the second delivery comes while the stack is still being created.
    new eks.CfnCluster(stack, 'Slow', { roleArn: 'arn:aws:iam::111122223333:role/cluster', resourcesVpcConfig: { subnetIds: ['subnet-1', 'subnet-2'] } });
  });
  expect(result.ok).toBe(true);
  expect(aws.recorder.of('request').filter(({ event }) => event.ResourceType === 'Custom::OnDemandBackup')).toHaveLength(1);
  expect(aws.recorder.of('invocation').filter(({ phase, payload }) => phase === 'start' && JSON.stringify(payload).includes('Custom::OnDemandBackup')).length).toBeGreaterThan(1);
  expect(jobStates(aws)).toEqual([]);
});
