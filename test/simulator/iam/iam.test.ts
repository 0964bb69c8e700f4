import { IamAccount } from './account';
import { judge, matches, PolicyDocument, Statement } from './policy';
import { custom, functionResources } from '../fixtures/assembly';
import { Harness } from '../fixtures/harness';

const judged = (statement: Partial<Statement> | Partial<Statement>[], action: string, resource = '*', context: Record<string, string> = {}): string =>
  judge([{ Statement: [statement].flat().map((one) => ({ Effect: 'Allow', ...one })) as Statement[] }], { action, resource, context });

test.each([
  ['backup:*', 'backup:StartBackupJob', true],
  ['BACKUP:startbackupjob', 'backup:StartBackupJob', true],
  ['backup:Start?ackupJob', 'backup:StartBackupJob', true],
  ['backup:Describe*', 'backup:StartBackupJob', false],
  ['*', 'backup:StartBackupJob', true],
])('the action %s covers %s: %s', (Action, action, covers) => {
  expect(judged({ Action, Resource: '*' }, action) === 'allowed').toBe(covers);
});

test('resources match with wildcards, dots and all', () => {
  expect(matches('arn:aws:s3:::a.b*', 'arn:aws:s3:::a.b/c')).toBe(true);
  expect(matches('arn:aws:s3:::a.b*', 'arn:aws:s3:::aXb/c')).toBe(false);
  expect(judged({ Action: 'x:y', Resource: ['arn:1', 'arn:2'] }, 'x:y', 'arn:2')).toBe('allowed');
  expect(judged({ Action: 'x:y', Resource: 'ARN:2' }, 'x:y', 'arn:2')).toBe('silent');
});

test('Not… turns round, and Deny wins', () => {
  expect(judged({ NotAction: 'iam:*', Resource: '*' }, 'backup:Stop')).toBe('allowed');
  expect(judged({ NotAction: 'iam:*', Resource: '*' }, 'iam:PassRole')).toBe('silent');
  expect(judged({ Action: 'x:y', NotResource: 'arn:secret*' }, 'x:y', 'arn:secret/1')).toBe('silent');
  expect(judged([{ Action: '*', Resource: '*' }, { Effect: 'Deny', Action: 'x:y', Resource: '*' }], 'x:y')).toBe('denied');
});

test.each<[string, Statement['Condition'], Record<string, string>, boolean]>([
  ['equal', { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } }, { 'iam:PassedToService': 'backup.amazonaws.com' }, true],
  ['another', { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } }, { 'iam:PassedToService': 'ec2.amazonaws.com' }, false],
  ['absent', { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } }, {}, false],
  ['absent, if it exists', { StringEqualsIfExists: { 'iam:PassedToService': 'backup.amazonaws.com' } }, {}, true],
  ['a key in other letters', { StringLike: { 'IAM:passedToService': 'backup.*' } }, { 'iam:PassedToService': 'backup.amazonaws.com' }, true],
  ['an ARN', { ArnLike: { 'aws:SourceArn': 'arn:aws:*:*:1:*' } }, { 'aws:SourceArn': 'arn:aws:backup:eu-west-1:1:x' }, true],
  ['not', { StringNotEquals: { k: 'a' } }, { k: 'a' }, false],
  ['not, absent', { StringNotEquals: { k: 'a' } }, {}, true],
  ['any of', { 'ForAnyValue:StringEquals': { k: ['a', 'b'] } }, { k: 'b' }, true],
  ['null', { Null: { k: 'true' } }, {}, true],
  ['several keys', { StringEquals: { a: '1', b: '2' } }, { a: '1' }, false],
])('a condition that is %s', (_, Condition, context, allowed) => {
  expect(judged({ Action: '*', Resource: '*', Condition }, 'x:y', '*', context) === 'allowed').toBe(allowed);
});

describe('an account', () => {
  const ARN = 'arn:aws:iam::111122223333:role/r';
  const allow = (Action: string): PolicyDocument => ({ Statement: { Effect: 'Allow', Action, Resource: '*' } });
  let now = 0;
  const account = (propagation = 0): IamAccount => {
    now = 0;
    const made = new IamAccount({ now: () => now, at: () => { throw new Error('unused'); }, sleep: async () => {} }, propagation, () => ({ roleArn: ARN, session: 's' }));
    made.putRole(ARN, 'r', {}, []);
    return made;
  };
  const allowed = (iam: IamAccount, action: string): boolean => iam.denial('KEY', { action, resource: '*' }) === undefined;

  test('policies count while they exist', () => {
    const iam = account();
    expect(iam.denial('KEY', { action: 'x:y', resource: 'arn:z' })).toBe(
      'User: arn:aws:sts::111122223333:assumed-role/r/s is not authorized to perform: x:y on resource: arn:z because no identity-based policy allows the x:y action',
    );
    iam.putInline(ARN, 'p', allow('x:*'));
    expect(allowed(iam, 'x:y')).toBe(true);
    iam.removeInline(ARN, 'p');
    expect(allowed(iam, 'x:y')).toBe(false);
    iam.putManaged('arn:p', allow('x:*'));
    iam.attach(ARN, 'arn:p');
    expect(allowed(iam, 'x:y')).toBe(true);
    iam.removeRole(ARN);
    expect(allowed(iam, 'x:y')).toBe(false);
  });

  test('a boundary limits what policies allow', () => {
    const iam = account();
    iam.putManaged('arn:b', allow('x:y'));
    iam.putRole(ARN, 'r', { own: allow('*') }, [], 'arn:b');
    expect([allowed(iam, 'x:y'), allowed(iam, 'x:z')]).toEqual([true, false]);
  });

  test('a new policy counts once it has propagated; until then the one before it does', () => {
    const iam = account(10_000);
    iam.putInline(ARN, 'p', allow('x:a'));
    expect(allowed(iam, 'x:a')).toBe(false);
    now = 10_000;
    expect(allowed(iam, 'x:a')).toBe(true);
    iam.putInline(ARN, 'p', allow('x:b'));
    expect([allowed(iam, 'x:a'), allowed(iam, 'x:b')]).toEqual([true, false]);
    now = 20_000;
    expect([allowed(iam, 'x:a'), allowed(iam, 'x:b')]).toEqual([false, true]);
  });
});

describe('in stacks', () => {
  const harness = new Harness();
  const describing = { Statement: [{ Effect: 'Allow', Action: 'cloudformation:DescribeStacks', Resource: '*' }] };

  test('a policy that leaves with an update is gone in the clean-up', async () => {
    const aws = await harness.start();
    const { Policy, ...others } = functionResources();
    const own = { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: describing, Roles: [{ Ref: 'Role' }] } };
    const base = { ...others, Function: { ...others.Function, DependsOn: ['Role'] } };
    const with_ = { ...base, Own: own, A: custom({ Status: 1 }, { DependsOn: 'Own' }) };
    expect(Policy.Type).toBe('AWS::IAM::Policy');
    expect((await aws.deploy('Shop', { template: { Resources: with_ }, assembly: harness.assembly.directory })).status).toBe('CREATE_COMPLETE');
    expect((await aws.deploy('Shop', { template: { Resources: { ...base, A: custom({ Status: 2, ServiceTimeout: 300 }) } } })).status).toBe('UPDATE_COMPLETE');
    const after = await aws.deploy('Shop', { template: { Resources: { ...base, A: custom({ Status: 3, ServiceTimeout: 300 }) } } });
    expect(after.status).toBe('UPDATE_ROLLBACK_FAILED');
    expect(aws.recorder.of('call').at(-1)?.outcome).toBe('AccessDenied');
  });

  test('with a delay, a function is refused at first and allowed when Lambda tries again', async () => {
    const aws = await harness.start({ propagation: { policies: 45_000 } });
    expect((await harness.deploy(aws, { A: custom({ Status: 1 }) })).status).toBe('CREATE_COMPLETE');
    expect(aws.recorder.of('call').map(({ outcome }) => outcome)).toEqual(['AccessDenied', 'success']);
  });
});
