import { backedUp, backupResources, custom } from '../fixtures/assembly';
import { Harness, statuses } from '../fixtures/harness';

const harness = new Harness();

test('a role without trust in AWS Backup, or without its policies, makes a job fail', async () => {
  const aws = await harness.start();
  const { BackupRole, ...rest } = backupResources();
  const powerless = { ...BackupRole, Properties: { ...BackupRole.Properties, ManagedPolicyArns: [] } };
  const failing = { ...rest, BackupRole: powerless, Backup: custom({ ...backedUp, ServiceTimeout: 900 }) };
  await harness.deploy(aws, failing, {}, { rollback: false });
  expect(aws.backup.jobs().map(({ state }) => state)).toContain('FAILED');
});

test('a lock of the vault counts', async () => {
  const aws = await harness.start();
  const resources = backupResources();
  const locked = { ...resources.Vault, Properties: { BackupVaultName: 'fixture', LockConfiguration: { MinRetentionDays: 7, MaxRetentionDays: 30 } } };
  await harness.deploy(aws, { ...resources, Vault: locked, Backup: custom({ ...backedUp, ServiceTimeout: 900 }) }, {}, { rollback: false });
  expect(aws.backup.jobs()[0].statusMessage).toMatch(/lifecycle is outside the valid range/);
});

test('recovery points hold what was in the source when they were made; a vault that has some cannot be deleted', async () => {
  const aws = await harness.start();
  const resources = backupResources();
  const vault = { ...resources.Vault, DeletionPolicy: 'Delete' };
  await harness.deploy(aws, { ...resources, Vault: vault });
  const table = String(aws.resources('Shop').Table.attributes.Arn);
  aws.sources.write(table);
  await harness.deploy(aws, { ...resources, Vault: vault, Backup: custom(backedUp) });
  aws.sources.write(table);
  expect(aws.backup.recoveryPoints().map(({ content }) => content)).toEqual(['version 2']);
  expect(aws.sources.content(table)).toBe('version 3');
  const destroyed = await aws.destroy('Shop');
  expect(destroyed.status).toBe('DELETE_FAILED');
  expect(destroyed.events.find(({ status }) => status === 'DELETE_FAILED')?.reason).toMatch(/contains 1 recovery points/);
});

test('a source that is gone cannot be backed up any more', async () => {
  const aws = await harness.start();
  await harness.deploy(aws, backupResources());
  aws.sources.gone(String(aws.resources('Shop').Table.attributes.Arn));
  const late = { ...backupResources(), Backup: custom({ ...backedUp, ServiceTimeout: 900 }) };
  expect((await harness.deploy(aws, late)).ok).toBe(false);
});

test('a state machine calls the function back, with the rights of its role', async () => {
  const aws = await harness.start();
  const machine = (action: string) => ({
    MachineRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {},
        Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: { Effect: 'Allow', Action: action, Resource: { 'Fn::GetAtt': ['Function', 'Arn'] } } } }],
      },
    },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        RoleArn: { 'Fn::GetAtt': ['MachineRole', 'Arn'] },
        DefinitionString: {
          'Fn::Join': ['', [
            '{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":600,"Next":"Call"},"Call":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",'
          + '"Parameters":{"FunctionName":"${called}","Payload":{"RequestType":"Create","ResponseURL.$":"$.event.ResponseURL","StackId.$":"$.event.StackId",'
          + '"RequestId.$":"$.event.RequestId","LogicalResourceId.$":"$.event.LogicalResourceId","ResourceProperties":{}}},"End":true}}}',
          ]],
        },
        DefinitionSubstitutions: { called: { 'Fn::GetAtt': ['Function', 'Arn'] } },
      },
    },
    Waiting: custom({ Machine: { Ref: 'Machine' }, ServiceTimeout: 1800 }),
  });
  const result = await harness.deploy(aws, machine('lambda:InvokeFunction'));
  expect(result.status).toBe('CREATE_COMPLETE');
  expect(result.duration).toBeGreaterThan(600_000);
  expect(aws.states.executions().map(({ status }) => status)).toEqual(['SUCCEEDED']);
  expect(aws.recorder.of('invocation').filter(({ phase, mode }) => phase === 'start' && mode === 'sync')).toHaveLength(1);
  const refused = await harness.start();
  await harness.deploy(refused, machine('lambda:GetFunction'), {}, { rollback: false });
  expect(refused.states.executions().map(({ status }) => status)).toEqual(['FAILED']);
});

test('resources of many kinds get plausible ids, and attributes that nobody knows too', async () => {
  const aws = await harness.start();
  const kinds = ['S3::Bucket', 'RDS::DBCluster', 'RDS::DBInstance', 'EFS::FileSystem', 'EC2::Volume', 'EC2::Instance', 'IAM::ManagedPolicy', 'SNS::Topic', 'Unheard::Of'];
  const resources = Object.fromEntries(kinds.map((kind) => [kind.replace('::', ''), { Type: `AWS::${kind}`, Properties: { PolicyDocument: { Statement: [] } } }]));
  const rest = { Outputs: { Arn: { Value: { 'Fn::GetAtt': ['UnheardOf', 'SomeArn'] } }, Port: { Value: { 'Fn::GetAtt': ['RDSDBCluster', 'Endpoint.Port'] } } } };
  const result = await harness.deploy(aws, resources, rest);
  const ids = Object.fromEntries(kinds.map((kind) => [kind, aws.resources('Shop')[kind.replace('::', '')].physicalId]));
  expect(ids).toEqual({
    'S3::Bucket': expect.stringMatching(/^shop-s3bucket-[a-z0-9]{12}$/),
    'RDS::DBCluster': expect.stringMatching(/^shop-rdsdbcluster-[a-z0-9]{12}$/),
    'RDS::DBInstance': expect.stringMatching(/^shop-rdsdbinstance-/),
    'EFS::FileSystem': expect.stringMatching(/^fs-0[0-9a-f]{16}$/),
    'EC2::Volume': expect.stringMatching(/^vol-0[0-9a-f]{16}$/),
    'EC2::Instance': expect.stringMatching(/^i-0[0-9a-f]{16}$/),
    'IAM::ManagedPolicy': expect.stringMatching(/^arn:aws:iam::111122223333:policy\/Shop-IAMManagedPolicy-/),
    'SNS::Topic': expect.stringMatching(/^arn:aws:sns:eu-west-1:111122223333:Shop-SNSTopic-/),
    'Unheard::Of': expect.stringMatching(/^Shop-UnheardOf-[A-Z0-9]{12}$/),
  });
  expect(result.outputs).toEqual({ Arn: expect.stringMatching(/^arn:aws:unheard:eu-west-1:111122223333:of\//), Port: '3306' });
});

test('values are shared between stacks by exports', async () => {
  const aws = await harness.start();
  await harness.deploy(aws, { A: custom() }, { Outputs: { Out: { Value: { Ref: 'A' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-out' } } } } });
  const topic = { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { 'Fn::ImportValue': 'Shop-out' } } };
  const other = await aws.deploy('Other', { template: { Resources: { Topic: topic } } });
  expect(statuses(other, 'Topic').at(-1)).toBe('CREATE_COMPLETE');
  expect(aws.resources('Other').Topic.properties.DisplayName).toBe('id-of-A');
});
