import { App, Aspects, CfnParameter, CfnResource, Duration, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { extensionOf, idOf, newStack, templateOf } from './app';
import { newFunction } from './sources';
import { comesAfter, graphOf } from './template-graph';
import { BackupSource, OnDemandBackup } from '../../src';

function table(stack: Stack, id = 'Table') {
  return new dynamodb.Table(stack, id, { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
}

const idOfBackup = (construct: OnDemandBackup) => idOf(construct.node.findChild('Resource'));

describe('what is gated in another stack', () => {
  const build = (value: string) => {
    const stack = newStack();
    const other = new Stack(stack.node.root as App, 'Other');
    const fn = newFunction(other);
    const source = table(stack);
    fn.addEnvironment('TABLE', source.tableName);
    fn.addEnvironment('VALUE', value);
    const gate = new OnDemandBackup(stack, 'Gate', { source: BackupSource.fromDynamoDbTable(source), executeBefore: [fn] });
    return { stack, other, gate };
  };

  test('makes its stack wait', () => {
    const stack = newStack();
    const other = new Stack(stack.node.root as App, 'Other');
    new OnDemandBackup(stack, 'Gate', { source: BackupSource.fromDynamoDbTable(table(stack)), executeBefore: [newFunction(other)] });
    const { dependencies } = (stack.node.root as App).synth().getStackByName('Other');
    expect(dependencies.map(({ id }) => id)).toContain('Stack');
  });

  test('is looked into, but cannot be watched', () => {
    const gated = (value: string) => {
      const { stack, gate } = build(value);
      return extensionOf(templateOf(stack), gate);
    };
    expect(gated('a')).not.toHaveProperty('Watch');
    expect(gated('a').Gated).toEqual(gated('a').Gated);
    expect(gated('a').Gated).not.toEqual(gated('b').Gated);
  });

  test.each([['in another stack', false], ['in a nested stack', true]])('changes with what it refers to there, which may be replaced: %s', (_, isNested) => {
    const gated = (value: string, own = false) => {
      const stack = newStack();
      const other = isNested ? new NestedStack(stack, 'Nested') : new Stack(stack.node.root as App, 'Other');
      const far = new CfnResource(other, 'Far', { type: 'Test::Thing::Thing', properties: { Value: value } });
      const near = new CfnResource(other, 'Near', { type: 'Test::Thing::Thing', properties: { Far: far.ref } });
      const inner = new CfnResource(other, 'Inner', { type: 'Test::Thing::Thing', properties: { Near: near.getAtt('Arn') } });
      const ofOther = new OnDemandBackup(other, 'Own', { source: BackupSource.fromDynamoDbTable(table(other)), deleteAfter: Duration.days(own ? 1 : 2) });
      inner.addPropertyOverride('Backup', ofOther.backupJobId);
      const gate = new OnDemandBackup(stack, 'Gate', { source: BackupSource.fromDynamoDbTable(table(stack)), executeBefore: [inner] });
      return extensionOf(templateOf(stack), gate).Gated;
    };
    expect(gated('a')).toEqual(gated('a'));
    expect(gated('a')).not.toEqual(gated('b'));
    expect(gated('a', true)).toEqual(gated('a', false));
  });

  test('can be a whole stack, whose own backups and function do not count, nor what CDK reports of it', () => {
    const gated = (own: boolean) => {
      // As the CLI has it: then each stack reports the libraries that it uses, with their versions.
      const app = new App({ analyticsReporting: true });
      const [stack, other] = [new Stack(app, 'Stack'), new Stack(app, 'Other')];
      const source = table(other);
      if (own) {
        new OnDemandBackup(other, 'Backup', { source: BackupSource.fromDynamoDbTable(source) });
      }
      const gate = new OnDemandBackup(stack, 'Gate', { source: BackupSource.fromDynamoDbTable(table(stack)), executeBefore: [other] });
      return extensionOf(templateOf(stack), gate).Gated;
    };
    expect(gated(true)).toEqual(gated(false));
  });
});

describe('nested stacks', () => {
  const build = (change: (nested: NestedStack) => void = () => undefined) => {
    const stack = newStack();
    const source = table(stack);
    const parameter = new CfnParameter(stack, 'Size');
    const nested = new NestedStack(stack, 'Nested');
    const inner = new CfnResource(nested, 'Inner', { type: 'Test::Thing::Thing', properties: { Size: parameter.valueAsString, Table: source.tableArn } });
    change(nested);
    return { stack, source, nested, inner };
  };
  const gated = (change?: (nested: NestedStack) => void, innerOnly = false) => {
    const { stack, source, nested, inner } = build(change);
    const gate = new OnDemandBackup(stack, 'Gate', { source: BackupSource.fromDynamoDbTable(source), executeBefore: [innerOnly ? inner : nested] });
    const template = templateOf(stack);
    expect(comesAfter(graphOf(template), idOf(nested.nestedStackResource!), idOfBackup(gate))).toBe(true);
    return extensionOf(template, gate);
  };

  test.each([['as a whole', false], ['by a resource in it', true]])('%s: resources in it count, and its parameters are watched', (_, innerOnly) => {
    const before = gated(undefined, innerOnly);
    expect(before.Watch).toEqual(expect.arrayContaining([{ Ref: 'Size' }]));
    const after = gated((nested) => (nested.node.findChild('Inner') as CfnResource).addPropertyOverride('Other', 'x'), innerOnly);
    expect(after.Gated).not.toEqual(before.Gated);
  });

  test('an output or metadata in it, which change its URL, are no change', () => {
    const change = (nested: NestedStack) => (nested.node.findChild('Inner') as CfnResource).addMetadata('a', 'b');
    expect(gated(change)).toEqual(gated());
  });

  test('a backup in a nested stack holds back what is around it', () => {
    const stack = newStack();
    const nested = new NestedStack(stack, 'Nested');
    const gate = new OnDemandBackup(nested, 'Gate', { source: BackupSource.fromDynamoDbTable(table(stack)) });
    const fn = newFunction(stack);
    gate.executeBefore(fn);
    const template = templateOf(stack);
    expect(comesAfter(graphOf(template), idOf(fn), idOf(nested.nestedStackResource!))).toBe(true);
    expect(extensionOf(templateOf(nested), gate)).toMatchObject({ Gated: expect.any(String) });
  });

  test('a guard is in the nested stack of its source', () => {
    const { stack, nested } = build((each) => { table(each, 'Guarded'); });
    const guard = OnDemandBackup.guard(nested.node.findChild('Guarded'), { finalBackup: true });
    templateOf(stack);
    const template = templateOf(nested);
    expect(template.Resources[idOf(nested.node.findChild('Guarded'))].DependsOn).toEqual([idOfBackup(guard)]);
  });
});

test('vaults, roles and values of other stacks are found, and given to everyone who needs them', () => {
  const app = new App();
  const other = new Stack(app, 'Other');
  const stack = new Stack(app, 'Stack');
  const value = table(other);
  const vault = new backup.BackupVault(other, 'Vault');
  const guards = ['A', 'B'].map((id) => OnDemandBackup.guard(table(stack, id), { vault, finalBackup: true, recoveryPointTags: { of: value.tableName } }));
  const template = templateOf(stack);
  for (const guard of guards) {
    expect(template.Resources[idOfBackup(guard)].Properties).toMatchObject({
      BackupVaultName: { 'Fn::ImportValue': expect.any(String) },
      RecoveryPointTags: { of: { 'Fn::ImportValue': expect.any(String) } },
    });
  }
  expect(Object.keys(Template.fromStack(other).toJSON().Outputs)).toHaveLength(3);
});

test('in a stage, by an Aspect of the stage', () => {
  const app = new App();
  const stage = new Stage(app, 'Prod');
  const stack = new Stack(stage, 'Stack');
  const fn = newFunction(stack);
  const gate = new OnDemandBackup(stack, 'Gate', { source: BackupSource.fromDynamoDbTable(table(stack)) });
  Aspects.of(stage).add({
    visit: (node) => {
      if (node instanceof lambda.Function && node.node.scopes.includes(stack) && !node.node.path.includes('OnDemandBackup')) {
        gate.executeBefore(node);
      }
      if (node instanceof lambda.CfnFunction && node.node.scope === fn) {
        node.addPropertyOverride('Description', 'by an Aspect');
      }
    },
  });
  const template = templateOf(stack);
  expect(comesAfter(graphOf(template), idOf(fn), idOfBackup(gate))).toBe(true);
  expect(extensionOf(template, gate)).toMatchObject({ Completion: 'WAIT_FOR', Gated: expect.any(String) });
});

test('an app that is synthesized twice says the same, or what has changed since', () => {
  const stack = newStack();
  const source = table(stack);
  const guard = OnDemandBackup.guard(source, { finalBackup: true });
  const synth = () => {
    const assembly = (stack.node.root as App).synth({ force: true });
    return extensionOf(assembly.getStackByName('Stack').template, guard).Gated;
  };
  const [first, second] = [synth(), synth()];
  expect(second).toEqual(first);
  (source.node.defaultChild as CfnResource).addPropertyOverride('BillingMode', 'PAY_PER_REQUEST');
  expect(synth()).not.toEqual(first);
});
