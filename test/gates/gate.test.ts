import { App, Aspects, CfnMapping, CfnParameter, CfnResource, Fn, NestedStack, SecretValue, Stack } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Trigger } from 'aws-cdk-lib/triggers';
import { Construct } from 'constructs';
import { extensionOf, idOf, newStack, templateOf } from './app';
import { gateOf, idOfBackup, table, thing } from './gated';
import { newFunction } from './sources';
import { comesAfter, graphOf } from './template-graph';
import { BackupCompletion, BackupCompletionKind, BackupResourceType, BackupSource, BackupTrigger, BackupTriggerKind, OnDemandBackup } from '../../src';

describe('defaults', () => {
  test('what gates waits, and is repeated before changes of what it gates', () => {
    const stack = newStack();
    const gate = gateOf(stack, newFunction(stack));
    expect(gate.completion.kind).toBe(BackupCompletionKind.WAIT_FOR);
    expect(gate.trigger.kind).toBe(BackupTriggerKind.BEFORE_CHANGES_OF);
    const { Properties } = templateOf(stack).Resources[idOfBackup(gate)];
    expect(Properties).toMatchObject({
      ServiceTimeout: 3600,
      StartWindowMinutes: 60,
      OnDemandBackup: { Completion: 'WAIT_FOR', Trigger: 'BEFORE_CHANGES_OF', Timeout: 3600, StateMachineArn: expect.anything(), SourceLogicalId: expect.any(String) },
    });
  });

  test('executeBefore() makes a backup that was not waiting the same as one that gates from the start', () => {
    const build = (late: boolean) => {
      const stack = newStack();
      const source = BackupSource.fromDynamoDbTable(table(stack));
      const gated = newFunction(stack);
      const gate = new OnDemandBackup(stack, 'Gate', { source, executeBefore: late ? undefined : [gated] });
      if (late) {
        expect(gate.completion.kind).toBe(BackupCompletionKind.CONFIRM_START);
        expect(gate.trigger.kind).toBe(BackupTriggerKind.ONCE);
        gate.executeBefore(gated);
      }
      return templateOf(stack);
    };
    expect(build(true)).toEqual(build(false));
  });

  test.each<[string, string, boolean]>([
    ['a custom resource that may have looked it up', 'Custom::Lookup', false],
    ['the table', 'AWS::DynamoDB::Table', true],
    ['what CDK makes an EKS cluster with', 'Custom::AWSCDK-EKS-Cluster', true],
  ])('a gate tells by a resource that its source is new only where that is the source: %s', (_, type, expected) => {
    const stack = newStack();
    const arn = new CfnResource(stack, 'Source', { type }).getAtt('Arn').toString();
    const sources = [
      BackupSource.fromArn(arn, type.includes('EKS') ? BackupResourceType.EKS : BackupResourceType.DYNAMODB),
      ...type.includes('EKS') ? [] : [BackupSource.fromDynamoDbTable(dynamodb.Table.fromTableArn(stack, 'Imported', arn))],
    ];
    const gates = sources.map((source, i) => new OnDemandBackup(stack, `Gate${i}`, { source, executeBefore: [thing(stack, {}, `Thing${i}`)] }));
    const template = templateOf(stack);
    expect(gates.map((gate) => 'SourceLogicalId' in extensionOf(template, gate))).toEqual(gates.map(() => expected));
  });

  test('nothing about gates is in a backup that gates nothing', () => {
    const stack = newStack();
    const plain = new OnDemandBackup(stack, 'Plain', { source: BackupSource.fromDynamoDbTable(table(stack)) });
    expect(extensionOf(templateOf(stack), plain)).toEqual({ Version: '1', Trigger: 'ONCE', Completion: 'CONFIRM_START' });
  });

  test('an explicit trigger and completion stay as they are', () => {
    const stack = newStack();
    const gate = new OnDemandBackup(stack, 'Gate', {
      source: BackupSource.fromDynamoDbTable(table(stack)),
      executeBefore: [newFunction(stack)],
      trigger: BackupTrigger.onChangeOf('v1'),
      completion: BackupCompletion.confirmStart(),
    });
    const extension = extensionOf(templateOf(stack), gate);
    expect(extension).toMatchObject({ Trigger: 'ON_CHANGE_OF', TriggerValues: ['v1'], Completion: 'CONFIRM_START' });
    expect(extension).not.toHaveProperty('Gated');
  });

  test('what a trigger names waits too', () => {
    const stack = newStack();
    const fn = newFunction(stack);
    const gate = new OnDemandBackup(stack, 'Gate', {
      source: BackupSource.fromDynamoDbTable(table(stack)),
      trigger: BackupTrigger.beforeChangesOf([fn], { ignoreProperties: ['Description'] }),
    });
    const template = templateOf(stack);
    expect(comesAfter(graphOf(template), idOf(fn), idOfBackup(gate))).toBe(true);
    expect(extensionOf(template, gate)).toMatchObject({ Completion: 'WAIT_FOR', Gated: expect.any(String) });
  });

  test('executeAfter comes first', () => {
    const stack = newStack();
    const before = thing(stack, {});
    const backup = new OnDemandBackup(stack, 'Backup', { source: BackupSource.fromDynamoDbTable(table(stack)), executeAfter: [before] });
    const other = thing(stack, {}, 'Other');
    backup.executeAfter(other);
    const graph = graphOf(templateOf(stack));
    expect(graph.edges.get(idOfBackup(backup))).toContain(idOf(before));
    expect(graph.edges.get(idOfBackup(backup))).toContain(idOf(other));
  });

  test('a backup that is not enabled gates nothing', () => {
    const stack = newStack();
    const fn = newFunction(stack);
    const off = new OnDemandBackup(stack, 'Off', { source: BackupSource.fromDynamoDbTable(table(stack)), enabled: false, executeBefore: [fn] });
    off.executeBefore(stack);
    const { Resources } = templateOf(stack);
    expect(Object.values<any>(Resources).map(({ Type }) => Type)).not.toContain('Custom::OnDemandBackup');
    expect(off.gatedConstructs).toEqual([]);
  });
});

describe('what counts as a change', () => {
  const gatedWith = (change: (fn: lambda.Function) => void) => {
    const stack = newStack();
    const fn = newFunction(stack);
    const gate = gateOf(stack, fn);
    change(fn);
    return extensionOf(templateOf(stack), gate).Gated;
  };
  const unchanged = gatedWith(() => undefined);

  test.each<[string, (fn: lambda.Function) => void]>([
    ['a property set after the gate', (fn) => fn.addEnvironment('A', 'B')],
    ['an override', (fn) => (fn.node.defaultChild as CfnResource).addPropertyOverride('Description', 'x')],
    ['another resource in the gated construct', (fn) => fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }))],
    ['another logical id', (fn) => (fn.node.defaultChild as CfnResource).overrideLogicalId('Moved')],
  ])('%s does', (_, change) => {
    expect(gatedWith(change)).not.toEqual(unchanged);
  });

  test.each<[string, (fn: lambda.Function) => void]>([
    ['metadata', (fn) => (fn.node.defaultChild as CfnResource).addMetadata('a', 'b')],
    ['a dependency', (fn) => fn.node.addDependency(thing(Stack.of(fn), {}))],
    ['tags', (fn) => (fn.node.defaultChild as lambda.CfnFunction).tags.setTag('a', 'b')],
    ['a deletion policy', (fn) => { (fn.node.defaultChild as CfnResource).cfnOptions.deletionPolicy = 'Retain' as any; }],
  ])('%s does not', (_, change) => {
    expect(gatedWith(change)).toEqual(unchanged);
  });

  test('the fingerprint is the same in a nested stack', () => {
    const stack = newStack();
    const nested = new NestedStack(stack, 'Nested');
    const gate = gateOf(nested, newFunction(nested));
    expect(extensionOf(templateOf(nested), gate).Gated).toEqual(unchanged);
  });

  test.each([['in the same stack', false], ['in another one', true]])('a policy without statements, which CDK leaves out, does not: %s', (_, elsewhere) => {
    const gated = (empty: boolean) => {
      const stack = newStack();
      const fn = newFunction(elsewhere ? new Stack(stack.node.root as App, 'Other') : stack);
      if (empty) {
        new iam.Policy(fn, 'Empty', { roles: [fn.role!] });
      }
      const gate = gateOf(stack, fn);
      return extensionOf(templateOf(stack), gate).Gated;
    };
    expect(gated(true)).toEqual(gated(false));
  });

  test('a resource that an Aspect takes out of the tree does', () => {
    const gated = (removed: boolean) => {
      const stack = newStack();
      const group = new Construct(stack, 'Group');
      thing(group, {}, 'One');
      const other = thing(group, {}, 'Other');
      const gate = new OnDemandBackup(stack, 'Gate', { source: BackupSource.fromDynamoDbTable(table(stack)), trigger: BackupTrigger.beforeChangesOf([group, other]) });
      Aspects.of(stack).add({ visit: (node) => { removed && node === stack && group.node.tryRemoveChild('Other'); } });
      return extensionOf(templateOf(stack), gate).Gated;
    };
    expect(gated(true)).not.toEqual(gated(false));
  });

  test('a Trigger fires on the code of its function', () => {
    const gated = (code: string) => {
      const stack = newStack();
      const handler = new lambda.Function(stack, 'Migration', { code: lambda.Code.fromInline(code), handler: 'i.h', runtime: lambda.Runtime.NODEJS_22_X });
      const trigger = new Trigger(stack, 'Trigger', { handler });
      const gate = new OnDemandBackup(stack, 'Gate', { source: BackupSource.fromDynamoDbTable(table(stack)), executeBefore: [trigger] });
      return extensionOf(templateOf(stack), gate).Gated;
    };
    expect(gated('a')).not.toEqual(gated('b'));
    expect(gated('a')).toEqual(gated('a'));
  });
});

describe('what is watched', () => {
  const watch = (properties: (stack: Stack) => object) => {
    const stack = newStack();
    const gate = gateOf(stack, thing(stack, properties(stack)));
    return extensionOf(templateOf(stack), gate).Watch;
  };

  test('references and attributes, in intrinsics too, each once and in one order', () => {
    const result = watch((stack) => {
      const [a, b] = [thing(stack, {}, 'A'), thing(stack, {}, 'B')];
      return { Z: b.ref, Y: Fn.join('-', [a.ref, b.getAtt('Arn').toString()]), X: [a.ref], W: { 'Fn::Sub': '${A}/${A.Name}/${!A.Literal}/${AWS::Region}' } };
    });
    expect(result).toEqual([{ 'Fn::GetAtt': ['A', 'Name'] }, { 'Fn::GetAtt': ['B', 'Arn'] }, { Ref: 'A' }, { Ref: 'B' }]);
  });

  test('parameters, but none that must not be seen', () => {
    expect(watch((stack) => ({
      Open: new CfnParameter(stack, 'Open').valueAsString,
      Secret: new CfnParameter(stack, 'Secret', { noEcho: true }).valueAsString,
      Region: stack.region,
    }))).toEqual([{ Ref: 'Open' }]);
  });

  test('values of mappings and what conditions say', () => {
    const result = watch((stack) => {
      const kind = new CfnParameter(stack, 'Kind');
      const mapping = new CfnMapping(stack, 'Map', { mapping: { a: { x: '1' } } });
      const template = new CfnResource(stack, 'Extra', { type: 'Test::Thing::Thing' });
      template.addOverride('Condition', 'Wanted');
      return { M: mapping.findInMap(kind.valueAsString, 'x'), I: Fn.conditionIf('Wanted', 'a', template.ref) };
    });
    expect(result).toEqual([
      { 'Fn::FindInMap': ['Map', { Ref: 'Kind' }, 'x'] },
      { 'Fn::If': ['Wanted', '1', '0'] },
      { 'Fn::If': ['Wanted', { Ref: 'Extra' }, ''] },
    ]);
  });

  test('of secrets only whose they are', () => {
    const result = watch((stack) => {
      const key = new iam.CfnAccessKey(stack, 'Key', { userName: 'user' });
      const client = new cognito.CfnUserPoolClient(stack, 'Client', { userPoolId: 'pool' });
      const apiKey = new appsync.CfnApiKey(stack, 'ApiKey', { apiId: 'api' });
      return {
        A: key.attrSecretAccessKey, B: client.attrClientSecret, C: apiKey.attrApiKey, D: SecretValue.secretsManager('name').unsafeUnwrap(), E: apiKey.attrArn,
      };
    });
    expect(result).toEqual([{ 'Fn::GetAtt': ['ApiKey', 'Arn'] }, { Ref: 'ApiKey' }, { Ref: 'Client' }, { Ref: 'Key' }]);
  });

  test('the name or ARN of a resource in a nested stack, though it sounds like a secret', () => {
    const stack = newStack();
    const resets = table(new NestedStack(stack, 'Nested'), 'PasswordResets');
    const gate = gateOf(stack, thing(stack, { Name: resets.tableName, Arn: resets.tableArn }));
    const outputs = (extensionOf(templateOf(stack), gate).Watch as any[]).map((each) => each['Fn::GetAtt'][1]);
    expect(outputs).toEqual([expect.stringMatching(/^Outputs\..*PasswordResets.*Arn$/), expect.stringMatching(/^Outputs\..*PasswordResets.*Ref$/)]);
  });

  test('not what the backup itself answers', () => {
    const stack = newStack();
    const gated = thing(stack, {});
    const gate = gateOf(stack, gated);
    gated.addPropertyOverride('RecoveryPoint', gate.recoveryPointArn);
    expect(extensionOf(templateOf(stack), gate)).not.toHaveProperty('Watch');
  });

  test('of a neighbour that waits for the backup the body instead, and what that refers to', () => {
    const build = (value: string) => {
      const stack = newStack();
      const parameter = new CfnParameter(stack, 'P');
      const gated = thing(stack, {});
      const gate = gateOf(stack, gated);
      const neighbour = thing(stack, { Value: value, Waits: gate.backupJobId, P: parameter.valueAsString }, 'Neighbour');
      gated.addPropertyOverride('Neighbour', neighbour.ref);
      return extensionOf(templateOf(stack), gate);
    };
    expect(build('a').Watch).toEqual([{ Ref: 'P' }]);
    expect(build('a').Gated).not.toEqual(build('b').Gated);
    expect(build('a').Gated).toEqual(build('a').Gated);
  });
});
