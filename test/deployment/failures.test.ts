import { BackupProblemAction, BackupSource, OnDemandBackup, OnDemandBackupProps } from '../../src';
import { LocalAws } from '../simulator';
import { FAULTS } from '../simulator/backup';
import { accounts } from '../support/account';
import { deploy, failures, jobStates, startedWith, table } from '../support/shop';

const account = accounts();

async function deployBackup(aws: LocalAws, props: Partial<OnDemandBackupProps> = {}) {
  return deploy(aws, (stack) => {
    new OnDemandBackup(stack, 'Backup', { source: BackupSource.fromDynamoDbTable(table(stack)), ...props });
  });
}

const ADVICE: Record<string, RegExp> = {
  InvalidParameterValueException: /A value of the request is not valid for this resource type/,
  InvalidRequestException: /AWS Backup cannot do this for this resource/,
  LimitExceededException: /A quota of AWS Backup is reached/,
  MissingParameterValueException: /A value that AWS Backup needs is missing/,
  ResourceNotFoundException: /Check that the source exists/,
  ServiceUnavailableException: /AWS Backup did not take the request in time/,
};

test.each(Object.keys(ADVICE))('%s fails the resource with the message of the service, the resource, the vault and an advice', async (type) => {
  const aws = await account();
  aws.backup.faults.inject(FAULTS.error(type, 'These are the words of the service: 4711'), { operation: 'StartBackupJob' });
  const created = await deployBackup(aws);
  expect(created.status).toBe('ROLLBACK_COMPLETE');
  const [reason] = failures(created);
  expect(reason).toContain(`${type}: These are the words of the service: 4711`);
  expect(reason).toMatch(/Resource: arn:aws:dynamodb:eu-west-1:111122223333:table\/Shop-Orders/);
  expect(reason).toMatch(/Vault: on-demand-/);
  expect(reason).toMatch(ADVICE[type]);
  expect(jobStates(aws)).toEqual([]);
  expect(aws.violations()).toEqual([]);
});

test('each of the six exceptions has an advice of its own', () => {
  expect(new Set(Object.values(ADVICE).map(String)).size).toBe(6);
});

test.each([
  ['throttled', FAULTS.throttled()],
  ['a server error', FAULTS.unavailable()],
  ['a bad gateway', FAULTS.badGateway()],
  ['a connection that is reset', FAULTS.reset()],
  ['a job whose answer was lost', FAULTS.resetAfterwards()],
  ['a role that is not authorized yet', FAULTS.accessDenied()],
  ['a vault that is not known yet', FAULTS.error('ResourceNotFoundException', 'Backup vault not found')],
  ['a role that cannot be assumed yet', FAULTS.error('InvalidParameterValueException', 'IAM Role arn cannot be assumed by AWS Backup')],
])('%s three times, then well: one job', async (_what, fault) => {
  const aws = await account();
  aws.backup.faults.inject(fault, { operation: 'StartBackupJob', times: 3 });
  const created = await deployBackup(aws);
  expect(created.status).toBe('CREATE_COMPLETE');
  expect(jobStates(aws)).toEqual(['COMPLETED']);
  expect(aws.violations()).toEqual([]);
});

test('what is denied for good is answered within four minutes', async () => {
  const aws = await account();
  aws.backup.faults.inject(FAULTS.accessDenied('User: x is not authorized to perform: backup:StartBackupJob'), { operation: 'StartBackupJob' });
  const created = await deployBackup(aws);
  const [request] = aws.recorder.of('request');
  const [answer] = aws.recorder.of('answer');
  expect(answer.time - request.time).toBeLessThan(240_000);
  expect(failures(created)[0]).toContain('User: x is not authorized to perform: backup:StartBackupJob');
});

test.each([3, 30, 55])('a job that dies %i seconds after its start fails the deployment with the message of the service', async (seconds) => {
  const aws = await account();
  aws.backup.plans.script({ queuedFor: 1, runningFor: seconds, outcome: { state: 'FAILED', statusMessage: 'KMS key is disabled', messageCategory: 'KMS' } });
  const created = await deployBackup(aws);
  expect(created.status).toBe('ROLLBACK_COMPLETE');
  const [reason] = failures(created);
  expect(reason).toContain('ended FAILED (KMS): KMS key is disabled');
  expect(reason).toContain(aws.backup.jobs()[0].id);
  expect(reason).toContain('Let the role use the KMS keys');
});

test.each([5, 40])('a role that AWS Backup may use only %i seconds later: the job is started again, and the deployment succeeds', async (seconds) => {
  const aws = await account({ propagation: { backupRoles: seconds * 1000 }, backupUndocumented: { roleNotPermitted: { in: 'job', afterSeconds: 3 } } });
  const created = await deployBackup(aws);
  expect(created.status).toBe('CREATE_COMPLETE');
  const states = jobStates(aws);
  expect(states.at(-1)).toBe('COMPLETED');
  expect(states.filter((state) => state === 'COMPLETED')).toHaveLength(1);
});

test('onFailure: WARN goes on, the state and the message are in the answer, and the next update tries again', async () => {
  const aws = await account();
  aws.backup.plans.script({ runningFor: 5, outcome: { state: 'FAILED', statusMessage: 'The disk is full.' } }, { times: 1 });
  const created = await deployBackup(aws, { onFailure: BackupProblemAction.WARN });
  expect(created.status).toBe('CREATE_COMPLETE');
  const [answer] = aws.recorder.of('answer');
  expect(answer.data).toMatchObject({ State: 'FAILED', StatusMessage: 'The disk is full.' });
  const answered = aws.recorder.of('log').map(({ line }) => line).find((line) => line.includes('"answered"'));
  expect(answered).toContain('The disk is full.');
  await deployBackup(aws, { onFailure: BackupProblemAction.WARN, recoveryPointTags: { release: '2' } });
  expect(jobStates(aws)).toEqual(['FAILED', 'COMPLETED']);
});

test('a message of any length leaves the answer within its limit, with the beginning of the message', async () => {
  const aws = await account();
  const message = `Müller & Söhne: "${'ñ'.repeat(5000)}"`;
  aws.backup.plans.script({ runningFor: 5, outcome: { state: 'FAILED', statusMessage: message } });
  const created = await deployBackup(aws);
  const [answer] = aws.recorder.of('answer');
  expect(answer.bytes).toBeLessThanOrEqual(4096);
  expect(answer.bytes).toBeGreaterThan(3900);
  expect(failures(created)[0]).toContain('Müller & Söhne: "ñññññññ');
  expect(aws.violations()).toEqual([]);
});

test('a token that AWS Backup has seen before is refused, not taken for a backup', async () => {
  const aws = await account({ backupUndocumented: { tokenLifetimeMinutes: Infinity } });
  await deployBackup(aws, { idempotencyToken: 'mine' });
  await aws.clock.drive(aws.clock.sleep(3_600_000));
  const updated = await deploy(aws, (stack) => {
    new OnDemandBackup(stack, 'Backup', { source: BackupSource.fromDynamoDbTable(table(stack, 'Invoices')), idempotencyToken: 'mine' });
  });
  expect(updated.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(failures(updated)[0]).toMatch(/which is older than this deployment\. The idempotencyToken has been used before/);
});

test('the PUT of the answer is tried again', async () => {
  let puts = 0;
  const aws = await account({
    networkFaults: ({ service }) => service === 'answer' && puts++ < 3 ? { kind: 'status', status: 503 } : undefined,
  });
  const created = await deployBackup(aws);
  expect(created.status).toBe('CREATE_COMPLETE');
  expect(puts).toBe(4);
});

test('neither the response URL nor the values of tags reach a log', async () => {
  const aws = await account();
  await deployBackup(aws, { recoveryPointTags: { owner: 'secret-value-4711' } });
  aws.backup.faults.inject(FAULTS.accessDenied(), { operation: 'DescribeBackupJob', times: 2 });
  await deployBackup(aws, { recoveryPointTags: { owner: 'secret-value-4711' }, idempotencyToken: 'other' });
  await aws.destroy('Shop');
  const text = JSON.stringify(aws.logs());
  expect(text).toContain('job started');
  expect(text).not.toContain('secret-value-4711');
  expect(text).not.toContain('X-Amz-Date');
  expect(startedWith(aws)[0].RecoveryPointTags).toEqual({ owner: 'secret-value-4711' });
});
