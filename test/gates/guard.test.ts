import { Aspects, CfnCondition, CfnParameter, CfnResource, Duration, Fn, Lazy, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as timestream from 'aws-cdk-lib/aws-timestream';
import { extensionOf, idOf, newStack, templateOf } from './app';
import { comesAfter, graphOf } from './template-graph';
import { BackupCompletion, BackupSource, OnDemandBackup } from '../../src';
import { arnFromFormat } from '../../src/source-arn-format';

function table(stack: Stack, id = 'Table') {
  return new dynamodb.Table(stack, id, { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
}

const idOfBackup = (backup: OnDemandBackup) => idOf(backup.node.findChild('Resource'));

describe('place and id', () => {
  test('beside a default child', () => {
    expect(OnDemandBackup.guard(table(newStack())).node.path).toBe('Stack/Table/BackupGuard');
  });

  test('beside an L1 that is no default child', () => {
    const bucket = new s3.CfnBucket(newStack(), 'Bucket');
    expect(OnDemandBackup.guard(bucket).node.path).toBe('Stack/BucketBackupGuard');
  });

  test('the L1 of an L2 and the L2 meet', () => {
    const source = table(newStack());
    OnDemandBackup.guard(source.node.defaultChild!);
    expect(() => OnDemandBackup.guard(source)).toThrow(/Stack\/Table: 1 problem[^]*Stack\/Table\/BackupGuard guards already/);
  });

  test('an Aspect may guard', () => {
    const stack = newStack();
    const source = table(stack);
    Aspects.of(stack).add({
      visit(node) {
        if (CfnResource.isCfnResource(node) && node.cfnResourceType === 'AWS::DynamoDB::Table') {
          OnDemandBackup.guard(node);
        }
      },
    });
    const template = templateOf(stack);
    expect(template.Resources[idOf(source)].DependsOn).toEqual([idOfBackup(source.node.findChild('BackupGuard') as OnDemandBackup)]);
  });

  test('no output', () => {
    const stack = newStack();
    OnDemandBackup.guard(table(stack));
    expect(templateOf(stack).Outputs).toBeUndefined();
  });
});

describe('what the function is told', () => {
  test('everything but the ARN', () => {
    const stack = newStack();
    const source = table(stack);
    const guard = OnDemandBackup.guard(source);
    const { Properties } = templateOf(stack).Resources[idOfBackup(guard)];
    expect(Properties).not.toHaveProperty('ResourceArn');
    expect(Properties.OnDemandBackup).toMatchObject({
      SourceLogicalId: idOf(source),
      SourceResourceType: 'DynamoDB',
      SourceArnFormat: { 'Fn::Sub': 'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/{PhysicalId}' },
      Trigger: 'BEFORE_CHANGES_OF',
      Completion: 'WAIT_FOR',
    });
    expect(JSON.stringify(Properties)).not.toContain(`"Ref":"${idOf(source)}"`);
  });

  test('physical ids that hold several ids', () => {
    const stack = newStack();
    const guard = OnDemandBackup.guard(new timestream.CfnTable(stack, 'Table', { databaseName: 'db' }));
    const { 'Fn::Sub': format } = extensionOf(templateOf(stack), guard).SourceArnFormat;
    expect(arnFromFormat(format.replaceAll(/\$\{AWS::(\w+)\}/g, '$1'), 'shop|orders'))
      .toBe('arn:Partition:timestream:Region:AccountId:database/shop/table/orders');
  });

  test('ARNs without a place', () => {
    const stack = newStack();
    const guard = OnDemandBackup.guard(new s3.Bucket(stack, 'Bucket', { versioned: true }));
    expect(extensionOf(templateOf(stack), guard).SourceArnFormat).toEqual({ 'Fn::Sub': 'arn:${AWS::Partition}:s3:::{PhysicalId}' });
    expect(arnFromFormat('arn:aws:s3:::{PhysicalId}', 'name')).toBe('arn:aws:s3:::name');
  });
});

describe('what counts as a change', () => {
  const gatedWith = (change: (source: dynamodb.Table) => void, ignoreProperties?: string[]) => {
    const stack = newStack();
    const source = table(stack);
    const guard = OnDemandBackup.guard(source, { ignoreProperties });
    change(source);
    const { Gated, Watch } = extensionOf(templateOf(stack), guard);
    return { Gated, Watch };
  };
  const unchanged = gatedWith(() => undefined);

  test.each<[string, (source: dynamodb.Table) => void]>([
    ['an added index', (source) => source.addGlobalSecondaryIndex({ indexName: 'i', partitionKey: { name: 'k', type: dynamodb.AttributeType.STRING } })],
    ['an Aspect', (source) => Aspects.of(source).add({
      visit: (node) => node instanceof dynamodb.CfnTable && node.addPropertyOverride('BillingMode', 'PAY_PER_REQUEST'),
    })],
    ['a Lazy', (source) => (source.node.defaultChild as CfnResource).addPropertyOverride('TableName', Lazy.string({ produce: () => 'late' }))],
    ['the name of a parameter', (source) => {
      (source.node.defaultChild as CfnResource).addPropertyOverride('TableName', new CfnParameter(Stack.of(source), 'Name').valueAsString);
    }],
  ])('%s is one', (_, change) => {
    expect(gatedWith(change).Gated).not.toEqual(unchanged.Gated);
  });

  test.each<[string, (source: dynamodb.Table) => void]>([
    ['tags', (source) => Tags.of(source).add('build', '2')],
    ['permissions', (source) => source.grantReadData(new iam.User(Stack.of(source), 'User'))],
  ])('%s are none', (_, change) => {
    expect(gatedWith(change)).toEqual(unchanged);
  });

  test('ignored properties, and what they refer to, are none', () => {
    const change = (source: dynamodb.Table) => {
      (source.node.defaultChild as CfnResource).addPropertyOverride('BillingMode', new CfnParameter(Stack.of(source), 'Mode').valueAsString);
    };
    expect(gatedWith(change).Watch).toEqual([{ Ref: 'Mode' }]);
    expect(gatedWith(change, ['BillingMode'])).toEqual(unchanged);
  });

  test('tags in properties of other names', () => {
    const build = (tag: string) => {
      const stack = newStack();
      Tags.of(stack).add('build', tag);
      const fileSystem = OnDemandBackup.guard(new efs.CfnFileSystem(stack, 'Files', { fileSystemTags: [{ key: 'a', value: tag }] }));
      const global = OnDemandBackup.guard(new dynamodb.TableV2(stack, 'Table', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } }));
      const launched = new OnDemandBackup(stack, 'Gate', {
        source: BackupSource.fromArn('arn:aws:s3:::name'), executeBefore: [new ec2.LaunchTemplate(stack, 'Launch', { instanceType: new ec2.InstanceType('t3.small') })],
      });
      const template = templateOf(stack);
      return [fileSystem, global, launched].map((guard) => extensionOf(template, guard).Gated);
    };
    expect(build('1')).toEqual(build('2'));
  });
});

describe('conditions', () => {
  function conditional() {
    const stack = newStack();
    const condition = new CfnCondition(stack, 'Wanted', { expression: Fn.conditionEquals(new CfnParameter(stack, 'P').valueAsString, 'x') });
    const source = table(stack);
    const guard = OnDemandBackup.guard(source, { finalBackup: true, completion: BackupCompletion.waitFor({ timeout: Duration.minutes(90) }) });
    const plain = new OnDemandBackup(stack, 'Plain', { source: BackupSource.fromDynamoDbTable(source) });
    const resource = source.node.defaultChild as CfnResource;
    // After the guard, as an Aspect would.
    resource.cfnOptions.condition = condition;
    resource.applyRemovalPolicy(RemovalPolicy.DESTROY);
    return { stack, source, guard, plain };
  }

  test('of the source are those of all that backs it up', () => {
    const { stack, source, guard, plain } = conditional();
    const template = templateOf(stack);
    const ids = [idOfBackup(guard), idOf(guard.node.findChild('Wait1')), idOfBackup(plain)];
    expect(ids.map((id) => template.Resources[id].Condition)).toEqual(['Wanted', 'Wanted', 'Wanted']);
    expect(Object.values<any>(template.Outputs)[0].Value).toEqual({ 'Fn::If': ['Wanted', { 'Fn::GetAtt': [idOfBackup(plain), 'BackupJobId'] }, 'NONE'] });
    const [final] = Object.values<any>(template.Resources).filter(({ Type }) => Type === 'Custom::OnDemandBackupFinal');
    expect(final).not.toHaveProperty('Condition');
    expect(final.Properties.OnDemandBackup).toMatchObject({
      Entries: [{ 'Fn::If': ['Wanted', { LogicalId: idOf(source) }, { Ref: 'AWS::NoValue' }] }],
      Present: [{ 'Fn::If': ['Wanted', idOf(source), { Ref: 'AWS::NoValue' }] }],
    });
  });

  test('of the source are not watched: the guard goes with it', () => {
    const { stack, guard } = conditional();
    expect(extensionOf(templateOf(stack), guard)).not.toHaveProperty('Watch');
  });
});

test('a guard can hold back other constructs too', () => {
  const stack = newStack();
  const source = table(stack);
  const other = new CfnResource(stack, 'Other', { type: 'Test::Thing::Thing', properties: { Table: source.tableName } });
  const guard = OnDemandBackup.guard(source);
  guard.executeBefore(other);
  const template = templateOf(stack);
  expect(comesAfter(graphOf(template), idOf(other), idOfBackup(guard))).toBe(true);
  // Its trigger remains the source alone.
  expect(guard.gatedConstructs).toHaveLength(2);
  expect(extensionOf(template, guard)).not.toHaveProperty('Watch');
});
