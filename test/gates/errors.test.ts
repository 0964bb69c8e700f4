import { App, CfnResource, Duration, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as redshiftserverless from 'aws-cdk-lib/aws-redshiftserverless';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct, IConstruct } from 'constructs';
import { newStack, templateOf } from './app';
import { newFunction } from './sources';
import { BackupCompletion, BackupSource, BackupTrigger, OnDemandBackup } from '../../src';

function table(stack: Construct, id = 'Table') {
  return new dynamodb.Table(stack, id, { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
}

function backupIn(scope: Construct, executeBefore: IConstruct[] = [], completion?: BackupCompletion) {
  return new OnDemandBackup(scope, 'Backup', { source: BackupSource.fromDynamoDbTable(table(scope)), executeBefore, completion });
}

describe('what cannot wait', () => {
  test.each<[string, (stack: Stack) => void, RegExp]>([
    ['the own stack', (stack) => backupIn(stack, [stack]), /^Stack\/Backup: 1 problem[^]*executeBefore: got Stack, which holds the backup itself[^]*Name the constructs in it/],
    ['the app', (stack) => backupIn(stack, [stack.node.root]), /executeBefore: got the app, which holds the backup itself/],
    ['a parent', (stack) => {
      const parent = new Construct(stack, 'Parent');
      backupIn(parent, [parent]);
    }, /got Stack\/Parent, which holds the backup itself/],
    ['the parent of a nested stack', (stack) => backupIn(new NestedStack(stack, 'Nested'), [stack]), /got Stack, which holds the backup itself/],
    ['what another stage deploys', (stack) => backupIn(stack, [new Stack(new Stage(stack.node.root as App, 'Stage'), 'Other')]),
      /Stage\/Other, which is in another stage/],
    ['anything after a backup that nobody waits for', (stack) => backupIn(stack, [newFunction(stack)], BackupCompletion.fireAndForget()),
      /Stack\/Function with completion FIRE_AND_FORGET[^]*BackupCompletion\.waitFor\(\)/],
    ['what a trigger names, in its own words', (stack) => new OnDemandBackup(stack, 'Backup', {
      source: BackupSource.fromDynamoDbTable(table(stack)), trigger: BackupTrigger.beforeChangesOf([stack]),
    }), /trigger: got Stack, which holds the backup itself/],
    ['anything after a guard of the deletion', (stack) => {
      OnDemandBackup.guard(table(stack), { beforeChange: false, finalBackup: true }).executeBefore(newFunction(stack));
    }, /Stack\/Function with beforeChange false/],
  ])('%s, at once', (_, build, error) => {
    expect(() => build(newStack())).toThrow(error);
  });

  test('executeBefore() says the same as the prop', () => {
    const stack = newStack();
    const backup = backupIn(stack);
    expect(() => backup.executeBefore(stack)).toThrow(/executeBefore: got Stack, which holds the backup itself/);
    expect(backup.gatedConstructs).toEqual([]);
  });

  test.each<[string, (stack: Stack) => IConstruct, RegExp]>([
    ['what is imported', (stack) => lambda.Function.fromFunctionName(stack, 'Imported', 'name'), /Stack\/Imported, which has no CloudFormation resource/],
    ['another backup', (stack) => new OnDemandBackup(stack, 'Later', { source: BackupSource.fromArn('arn:aws:s3:::name') }),
      /Stack\/Later, which is a backup itself[^]*executeAfter\(\)/],
    ['what renders nothing', (stack) => new Construct(stack, 'Empty'), /Stack\/Empty, which has no CloudFormation resource/],
    ['the source', (stack) => stack.node.findChild('Table'), /Stack\/Table, which holds the source[^]*OnDemandBackup\.guard\(\)/],
  ])('%s, at synthesis', (_, gated, error) => {
    const stack = newStack();
    const backup = backupIn(stack);
    backup.executeBefore(gated(stack));
    expect(() => (stack.node.root as App).synth()).toThrow(error);
  });

  test('a construct that gets its resources later can wait', () => {
    const stack = newStack();
    const later = new Construct(stack, 'Later');
    backupIn(stack, [later]);
    newFunction(later as Stack);
    templateOf(stack);
  });
});

describe('what does not wait any more, because an override has the last word', () => {
  const thing = (stack: Stack, id: string) => new CfnResource(stack, id, { type: 'Test::Thing::Thing' });

  test.each<[string, (gated: CfnResource, other: CfnResource) => void]>([
    ['a DependsOn of its own', (gated, { logicalId }) => gated.addOverride('DependsOn', [logicalId])],
    ['none', (gated) => gated.addDeletionOverride('DependsOn')],
  ])('a gated resource with %s', (_, override) => {
    const stack = newStack();
    const gated = thing(stack, 'Gated');
    backupIn(stack, [gated]);
    override(gated, thing(stack, 'Other'));
    expect(() => templateOf(stack)).toThrow(/Stack\/Backup\] executeBefore: got Stack\/Gated, which does not wait for the backup/);
  });

  test('a guarded source', () => {
    const stack = newStack();
    const source = table(stack);
    OnDemandBackup.guard(source);
    (source.node.defaultChild as CfnResource).addDeletionOverride('DependsOn');
    expect(() => templateOf(stack)).toThrow(/Stack\/Table\/BackupGuard\] trigger: got Stack\/Table\/Resource, which does not wait for the backup/);
  });

  test('a nested stack', () => {
    const stack = newStack();
    const nested = new NestedStack(stack, 'Nested');
    thing(nested, 'Inner');
    backupIn(stack, [nested]);
    nested.nestedStackResource!.addDeletionOverride('DependsOn');
    expect(() => templateOf(stack)).toThrow(/executeBefore: got Stack\/Nested[^ ]*, which does not wait for the backup/);
  });

  test('what is around the nested stack of the backup', () => {
    const build = (override: (gated: CfnResource) => void) => {
      const stack = newStack();
      const gated = thing(stack, 'Gated');
      const nested = new NestedStack(stack, 'Nested');
      backupIn(nested, [gated, thing(nested, 'Beside')]);
      override(gated);
      templateOf(stack);
    };
    build(() => undefined);
    expect(() => build((gated) => gated.addDeletionOverride('DependsOn')))
      .toThrow(/Stack\/Nested\/Backup\] executeBefore: got Stack\/Gated, which does not wait for the backup/);
  });

  test('but not what waits for something that waits', () => {
    const stack = newStack();
    const [gated, other] = [thing(stack, 'Gated'), thing(stack, 'Other')];
    backupIn(stack, [gated, other]);
    gated.addOverride('DependsOn', [other.logicalId]);
    templateOf(stack);
  });
});

describe('what cannot be guarded', () => {
  test.each<[string, (stack: Stack) => IConstruct, RegExp]>([
    ['imported', (stack) => dynamodb.Table.fromTableName(stack, 'Imported', 'name'), /^Stack\/Imported: 1 problem[^]*in its own stack/],
    ['not backupable', (stack) => new sns.Topic(stack, 'Topic'), /got AWS::SNS::Topic[^]*What can be guarded: AWS::DSQL::Cluster, .*AWS::S3::Bucket/],
    ['an FSx volume', (stack) => new fsx.CfnVolume(stack, 'Volume', { name: 'v', volumeType: 'ONTAP' }),
      /got AWS::FSx::Volume[^]*its physical id does not[^]*What can be guarded/],
    ['a namespace', (stack) => new redshiftserverless.CfnNamespace(stack, 'Namespace', { namespaceName: 'n' }),
      /got AWS::RedshiftServerless::Namespace[^]*its physical id is the name/],
    ['a nested stack', (stack) => new NestedStack(stack, 'Nested').nestedStackResource!, /AWS::CloudFormation::Stack[^]*guard what is in it/],
    ['an application of several databases', (stack) => new CfnResource(stack, 'Sap', { type: 'AWS::SystemsManagerSAP::Application' }), /physical id names none of them/],
  ])('%s', (_, create, error) => {
    const stack = newStack();
    expect(() => OnDemandBackup.guard(create(stack))).toThrow(error);
    expect(stack.node.tryFindChild('OnDemandBackupProvider')).toBeUndefined();
  });

  test('with nothing to do', () => {
    expect(() => OnDemandBackup.guard(table(newStack()), { beforeChange: false })).toThrow(/beforeChange: got false without finalBackup/);
  });

  test('for several reasons, told at once', () => {
    expect(() => OnDemandBackup.guard(new sns.Topic(newStack(), 'Topic'), { beforeChange: false }))
      .toThrow(/^Stack\/Topic: 2 problems[^]*got AWS::SNS::Topic[^]*beforeChange: got false/);
  });

  test('a second time', () => {
    const source = table(newStack());
    OnDemandBackup.guard(source);
    expect(() => OnDemandBackup.guard(source)).toThrow(/got Stack\/Table\/Resource, which Stack\/Table\/BackupGuard guards already/);
  });
});

describe('final backups', () => {
  test('of another stack\'s source', () => {
    const stack = newStack();
    const other = new Stack(stack.node.root as App, 'Other');
    expect(() => new OnDemandBackup(other, 'Backup', { source: BackupSource.fromDynamoDbTable(table(stack)), finalBackup: true }))
      .toThrow(/Other\/Backup: 1 problem[^]*true for Stack\/Table\/Resource, which is in another stack[^]*OnDemandBackup\.guard\(\)/);
  });

  test('of what the app does not define', () => {
    expect(() => new OnDemandBackup(newStack(), 'Backup', { source: BackupSource.fromArn('arn:aws:s3:::name'), finalBackup: true }))
      .toThrow(/a source that the app does not define/);
  });

  test('two of one source', () => {
    const source = table(newStack());
    OnDemandBackup.guard(source, { finalBackup: true });
    expect(() => new OnDemandBackup(source.stack, 'Backup', { source: BackupSource.fromDynamoDbTable(source), finalBackup: true }))
      .toThrow(/Stack\/Table\/BackupGuard makes a final backup already/);
  });
});

describe('skip', () => {
  const KEY = 'cdk-on-demand-backup:skip';

  test('is said in each backup, and in no final one', () => {
    const stack = newStack({}, { [KEY]: 'AWS Backup is down' });
    const guard = OnDemandBackup.guard(table(stack), { finalBackup: true, completion: BackupCompletion.waitFor({ timeout: Duration.hours(2) }) });
    const { Resources } = templateOf(stack);
    const saying = Object.values<any>(Resources).filter((each) => JSON.stringify(each).includes('AWS Backup is down'));
    expect(saying.map(({ Type }) => Type)).toEqual(['Custom::OnDemandBackup']);
    expect(saying[0].Properties.OnDemandBackup.Skip).toBe('AWS Backup is down');
    expect(guard.skipReason).toBe('AWS Backup is down');
  });

  test('leaves the rest of the properties as it is', () => {
    const build = (context: Record<string, unknown>) => {
      const stack = newStack({}, context);
      OnDemandBackup.guard(table(stack));
      return JSON.stringify(templateOf(stack));
    };
    expect(build({ [KEY]: 'x' }).replace(',"Skip":"x"', '')).toEqual(build({}));
  });

  test.each([['', '""'], [true, 'true'], ['true', '"true"'], ['  ', '"  "'], [1, '1']])('%p is no reason', (reason, seen) => {
    const stack = newStack({}, { [KEY]: reason });
    expect(() => OnDemandBackup.guard(table(stack))).toThrow(new RegExp(`context ${KEY}: got ${seen}\\. A deployment without backups has a reason`));
  });
});

test('a trigger that looks at nothing', () => {
  expect(() => BackupTrigger.beforeChangesOf([])).toThrow(/constructs: got none\. .*BackupTrigger\.once\(\)/);
});
