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
