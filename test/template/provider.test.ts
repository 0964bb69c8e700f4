import { App, IPropertyInjector, NestedStack, PropertyInjectors, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { BackupCompletion, BackupSource, OnDemandBackup, OnDemandBackupProvider, OnDemandBackupProviderProps } from '../../src';

function backUp(scope: Construct, waits = true): OnDemandBackup {
  return new OnDemandBackup(scope, 'Backup', {
    source: BackupSource.fromArn('arn:aws:s3:::bucket'),
    completion: waits ? BackupCompletion.waitFor() : undefined,
  });
}

/** The template of a stack with one backup; `settings` may make what it needs in another stack. */
function configured(settings: (shared: Stack) => OnDemandBackupProviderProps): Template {
  const app = new App();
  OnDemandBackupProvider.configure(app, settings(new Stack(app, 'Shared')));
  const stack = new Stack(app, 'Shop');
  backUp(stack);
  return Template.fromStack(stack);
}

function functionOf(template: Template): Record<string, any> {
  return Object.values(template.findResources('AWS::Lambda::Function'))[0].Properties as Record<string, any>;
}

/** The actions that the function's own role has in itself. */
function actions(template: Template): string[] {
  const roles = Object.values(template.findResources('AWS::IAM::Role')) as { Properties: any }[];
  const [role] = roles.filter(({ Properties }) => JSON.stringify(Properties.AssumeRolePolicyDocument).includes('lambda'));
  return role.Properties.Policies[0].PolicyDocument.Statement.flatMap(({ Action }: any) => [Action].flat()).sort();
}

const PLAIN = actions(configured(() => ({})));

test.each<[string, (shared: Stack) => OnDemandBackupProviderProps, object, string[]]>([
  ['a VPC', (stack) => ({ vpc: new ec2.Vpc(stack, 'Vpc') }), { VpcConfig: expect.objectContaining({ SubnetIds: expect.anything() }) },
    ['ec2:AssignPrivateIpAddresses', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets',
      'ec2:UnassignPrivateIpAddresses']],
  ['a dead-letter queue', (stack) => ({ deadLetterQueue: new sqs.Queue(stack, 'Queue') }), { DeadLetterConfig: expect.anything() }, ['sqs:SendMessage']],
  ['an encrypted dead-letter queue', (stack) => ({ deadLetterQueue: new sqs.Queue(stack, 'Queue', { encryptionMasterKey: new kms.Key(stack, 'Key') }) }),
    { DeadLetterConfig: expect.anything() }, ['kms:Decrypt', 'kms:GenerateDataKey', 'sqs:SendMessage']],
  ['reserved concurrency', () => ({ reservedConcurrentExecutions: 5 }), { ReservedConcurrentExecutions: 5 }, []],
  ['tracing', () => ({ tracing: lambda.Tracing.ACTIVE }), { TracingConfig: { Mode: 'Active' } }, ['xray:PutTelemetryRecords', 'xray:PutTraceSegments']],
  ['no tracing', () => ({ tracing: lambda.Tracing.DISABLED }), {}, []],
  ['a key for the environment', (stack) => ({ environmentEncryption: new kms.Key(stack, 'Key') }), { KmsKeyArn: expect.anything() }, ['kms:Decrypt']],
  ['memory', () => ({ memorySize: 512 }), { MemorySize: 512 }, []],
  ['code signing', (stack) => ({ codeSigningConfig: lambda.CodeSigningConfig.fromCodeSigningConfigArn(stack, 'Signing', 'arn:aws:lambda:::code-signing-config:csc-1') }),
    { CodeSigningConfigArn: 'arn:aws:lambda:::code-signing-config:csc-1' }, []],
])('%s comes with exactly the permissions that it needs', (_, settings, properties, more) => {
  const template = configured(settings);
  expect(functionOf(template)).toEqual(expect.objectContaining(properties));
  expect(actions(template)).toEqual([...PLAIN, ...more].sort());
});

test('a log group of your own serves the function and the state machine', () => {
  const template = configured((stack) => ({ logGroup: new logs.LogGroup(stack, 'Log') }));
  template.resourceCountIs('AWS::Logs::LogGroup', 0);
  expect(JSON.stringify(functionOf(template).LoggingConfig)).toContain('Shared:ExportsOutputRefLog');
  const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
  expect(JSON.stringify(machine.Properties.LoggingConfiguration)).toContain('Shared:ExportsOutputFnGetAttLog');
});

test('a permissions boundary is on every role that the library makes', () => {
  const template = configured((stack) => ({ permissionsBoundary: iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'company') }));
  const roles = Object.values(template.findResources('AWS::IAM::Role'));
  expect(roles).toHaveLength(3);
  roles.forEach(({ Properties }) => expect(JSON.stringify(Properties.PermissionsBoundary)).toContain('policy/company'));
});

test('a role of your own is not changed, and nothing is granted to anybody else', () => {
  const template = configured((stack) => ({ role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/company-function') }));
  expect(functionOf(template).Role).toBe('arn:aws:iam::111122223333:role/company-function');
  template.resourceCountIs('AWS::IAM::Policy', 0);
  // Those of the state machine and of AWS Backup.
  template.resourceCountIs('AWS::IAM::Role', 2);
});

test('a role of your own in the same stack is there, with its policies, before the function', () => {
  const stack = new Stack(new App(), 'Shop');
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(new iam.PolicyStatement({ actions: ['backup:*'], resources: ['*'] }));
  OnDemandBackupProvider.configure(stack, { role });
  backUp(stack, false);
  const [fn] = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  expect(fn.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^RoleDefaultPolicy/)]));
});

test('the nearest scope wins as a whole', () => {
  const app = new App();
  OnDemandBackupProvider.configure(app, { memorySize: 300, tracing: lambda.Tracing.ACTIVE });
  const stage = new Stage(app, 'Prod');
  OnDemandBackupProvider.configure(stage, { memorySize: 400 });
  const [one, two, three] = [new Stack(app, 'One'), new Stack(stage, 'Two'), new Stack(stage, 'Three')];
  OnDemandBackupProvider.configure(three, { memorySize: 500 });
  const nested = new NestedStack(three, 'Nested');
  [one, two, nested].forEach((stack) => backUp(stack));
  const seen = [one, two, nested].map((stack) => functionOf(Template.fromStack(stack)));
  expect(seen.map(({ MemorySize }) => MemorySize)).toEqual([300, 400, 500]);
  expect(seen.map(({ TracingConfig }) => TracingConfig?.Mode)).toEqual(['Active', undefined, undefined]);
});

test.each<[RegExp, (app: App, stack: Stack) => void]>([
  [/^Shop\/Group: .*configure: 1 problem\n.*scope: got a construct in a stack\. .*Configure an app, a stage or a stack/, (_, stack) => OnDemandBackupProvider.configure(new Construct(stack, 'Group'), {})],
  [/^App: .*configure: 1 problem\n.*a scope that has settings already/, (app) => [1, 2].forEach(() => OnDemandBackupProvider.configure(app, {}))],
  [/^App: .*configure: 1 problem\n.*a scope in which Shop has a backup already/, (app, stack) => {
    backUp(stack);
    OnDemandBackupProvider.configure(app, {});
  }],
  [/got vpcSubnets without vpc/, (app) => OnDemandBackupProvider.configure(app, { vpcSubnets: {} })],
  [/got securityGroups without vpc/, (app) => OnDemandBackupProvider.configure(app, { securityGroups: [] })],
  [/memorySize: got 64\. A function has 128 to 10240 MiB/, (app) => OnDemandBackupProvider.configure(app, { memorySize: 64 })],
  [/reservedConcurrentExecutions: got 0\. .*at least 1/, (app) => OnDemandBackupProvider.configure(app, { reservedConcurrentExecutions: 0 })],
])('what would have no effect is refused: %s', (message, configure) => {
  const app = new App();
  expect(() => configure(app, new Stack(app, 'Shop'))).toThrow(message);
});

test('the settings of a function have no influence on any logical id', () => {
  const ids = (template: Template) => Object.keys(template.toJSON().Resources as object).filter((id) => !id.includes('SecurityGroup')).sort();
  const settings = (stack: Stack): OnDemandBackupProviderProps => ({ vpc: new ec2.Vpc(stack, 'Vpc'), memorySize: 512, tracing: lambda.Tracing.ACTIVE });
  expect(ids(configured(settings))).toEqual(ids(configured(() => ({}))));
});

test('what a property injector for functions sets comes with its permissions too', () => {
  const app = new App();
  const vpc = new ec2.Vpc(new Stack(app, 'Network'), 'Vpc');
  const injector: IPropertyInjector = {
    constructUniqueId: lambda.Function.PROPERTY_INJECTION_ID,
    inject: (props) => ({ ...props, vpc, tracing: lambda.Tracing.ACTIVE }),
  };
  PropertyInjectors.of(app).add(injector);
  const stack = new Stack(app, 'Shop');
  backUp(stack, false);
  const granted = actions(Template.fromStack(stack));
  expect(granted).toEqual(expect.arrayContaining(['ec2:CreateNetworkInterface', 'xray:PutTraceSegments']));
});
