import { App, CfnResource, Duration, NestedStack, RemovalPolicy, Stack, Stage, Tags } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { check } from './check';
import { BackupCompletion, BackupProtection, BackupSource, BackupTrigger, OnDemandBackup } from '../../src';

const deleteAfter = Duration.days(35);

function table(scope: Construct, id: string, props: Partial<dynamodb.TableProps> = {}): dynamodb.Table {
  return new dynamodb.Table(scope, id, { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING }, ...props });
}

/** What is found to be unprotected in one stack. */
function unprotected(build: (stack: Stack) => void, by?: BackupProtection[]): string[] {
  return check({ protectedResources: { by } }, (app) => build(new Stack(app, 'Shop'))).found;
}

test('a resource with nothing that protects it is found, with where it was made and what to write', () => {
  const { violations, success } = check({ protectedResources: {} }, (app) => void table(new Stack(app, 'Shop'), 'Orders'));
  expect(success).toBe(false);
  expect(violations).toEqual([expect.objectContaining({
    ruleName: 'ResourceProtected[Shop/Orders]',
    severity: 'error',
    description: 'Shop/Orders: got AWS::DynamoDB::Table without a guard or a backup plan in this app or point-in-time recovery or a Snapshot policy. '
      + 'A resource that AWS Backup can back up has to be protected.',
    suggestedFix: 'OnDemandBackup.guard(orders, { deleteAfter: Duration.days(35) });',
    violatingConstructs: [expect.objectContaining({ constructPath: 'Shop/Orders/Resource' })],
  })]);
});

test('stages, stacks and nested stacks are all looked at', () => {
  const { found, report } = check({ protectedResources: {} }, (app) => {
    table(new Stack(app, 'Shop'), 'Orders');
    const stage = new Stage(new Stage(app, 'Prod'), 'Europe');
    const nested = new NestedStack(new NestedStack(new Stack(stage, 'Shop'), 'Data'), 'Deep');
    table(nested, 'Orders');
    OnDemandBackup.guard(table(nested, 'Guarded'), { deleteAfter });
  });
  expect(found).toEqual(['ResourceProtected Prod/Europe/Shop/Data/Deep/Orders', 'ResourceProtected Shop/Orders']);
  expect(report.resources.map(({ path }: any) => path).sort())
    .toEqual(['Prod/Europe/Shop/Data/Deep/Guarded', 'Prod/Europe/Shop/Data/Deep/Orders', 'Shop/Orders']);
});

test.each<[string, (stack: Stack) => void, BackupProtection[]]>([
  ['a guard', (stack) => OnDemandBackup.guard(table(stack, 'T'), { deleteAfter }), [BackupProtection.GUARD]],
  ['a guard with a final backup', (stack) => OnDemandBackup.guard(table(stack, 'T'), { deleteAfter, finalBackup: true }),
    [BackupProtection.GUARD, BackupProtection.FINAL_BACKUP]],
  ['only a final backup', (stack) => OnDemandBackup.guard(table(stack, 'T'), { deleteAfter, beforeChange: false, finalBackup: true }),
    [BackupProtection.FINAL_BACKUP]],
  ['a guard that is off', (stack) => OnDemandBackup.guard(table(stack, 'T'), { deleteAfter, enabled: false }), []],
  ['one backup', (stack) => new OnDemandBackup(stack, 'B', { source: BackupSource.fromDynamoDbTable(table(stack, 'T')) }), []],
  ['a backup before changes of something else', (stack) => new OnDemandBackup(stack, 'B', {
    source: BackupSource.fromDynamoDbTable(table(stack, 'T')),
    deleteAfter,
    executeBefore: [new CfnResource(stack, 'Migration', { type: 'Custom::Migration' })],
  }), []],
  ['point-in-time recovery', (stack) => table(stack, 'T', { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } }),
    [BackupProtection.POINT_IN_TIME_RECOVERY]],
  ['point-in-time recovery that an override turned off', (stack) => {
    const cfn = table(stack, 'T', { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } }).node.defaultChild as CfnResource;
    cfn.addPropertyOverride('PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', false);
  }, []],
  ['a Snapshot policy', (stack) => new ec2.CfnVolume(stack, 'V', { availabilityZone: 'a' }).applyRemovalPolicy(RemovalPolicy.SNAPSHOT),
    [BackupProtection.SNAPSHOT_POLICY]],
  ['a Snapshot policy for its deletion only', (stack) => {
    new ec2.CfnVolume(stack, 'V', { availabilityZone: 'a' }).cfnOptions.deletionPolicy = 'Snapshot' as never;
  }, []],
  ['automatic backups of EFS', (stack) => new efs.CfnFileSystem(stack, 'F', { backupPolicy: { status: 'ENABLED' } }), [BackupProtection.BACKUP_PLAN]],
  ['automated backups that are said', (stack) => new rds.CfnDBInstance(stack, 'D', { engine: 'mysql', backupRetentionPeriod: 7 }),
    [BackupProtection.POINT_IN_TIME_RECOVERY]],
  ['automated backups that are not said', (stack) => new rds.CfnDBInstance(stack, 'D', { engine: 'mysql' }), []],
  ['a global table of which one replica recovers', (stack) => new dynamodb.CfnGlobalTable(stack, 'G', {
    attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
    keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
    replicas: [
      { region: 'eu-west-1', pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } },
      { region: 'eu-central-1' },
    ],
  }), []],
])('%s protects with just that', (_, build, kinds) => {
  const { report } = check({}, (app) => build(new Stack(app, 'Shop')));
  expect(report.resources).toHaveLength(1);
  expect(report.resources[0].protectedBy.map(({ kind }: any) => kind)).toEqual(kinds);
});

describe('backup plans', () => {
  function selected(build: (app: App, plan: backup.BackupPlan) => void): string[] {
    const { report } = check({}, (app) => {
      const stack = new Stack(app, 'Plans');
      build(app, new backup.BackupPlan(stack, 'Plan', {
        backupPlanRules: [backup.BackupPlanRule.daily()],
        backupVault: backup.BackupVault.fromBackupVaultName(stack, 'Vault', 'company-vault'),
      }));
    });
    return report.resources.filter(({ protectedBy }: any) => protectedBy.length > 0).map(({ path }: any) => path);
  }

  test('by reference, in the same stack and in another', () => {
    expect(selected((app, plan) => {
      const here = table(Stack.of(plan), 'Here');
      const there = table(new Stack(app, 'Other'), 'There');
      table(Stack.of(plan), 'Neither');
      plan.addSelection('S', { resources: [backup.BackupResource.fromDynamoDbTable(here), backup.BackupResource.fromArn(there.tableArn)] });
    })).toEqual(['Plans/Here', 'Other/There']);
  });

  test('everything in a construct', () => {
    expect(selected((app, plan) => {
      const shop = new Stack(app, 'Shop');
      const database = new Construct(shop, 'Database');
      table(database, 'Orders');
      table(shop, 'Beside');
      plan.addSelection('S', { resources: [backup.BackupResource.fromConstruct(database)] });
    })).toEqual(['Shop/Database/Orders']);
  });

  test('a resource by an id within an ARN', () => {
    expect(selected((_, plan) => {
      const stack = Stack.of(plan);
      const volume = new ec2.CfnVolume(stack, 'Volume', { availabilityZone: 'a' });
      plan.addSelection('S', { resources: [backup.BackupResource.fromArn(stack.formatArn({ service: 'ec2', resource: 'volume', resourceName: volume.ref }))] });
    })).toEqual(['Plans/Volume']);
  });

  test('by tag: any of those in the list, also tags that Aspects put there', () => {
    expect(selected((app, plan) => {
      const shop = new Stack(app, 'Shop');
      const tagged = table(shop, 'Tagged');
      Tags.of(tagged).add('backup', 'daily');
      Tags.of(table(shop, 'Weekly')).add('backup', 'weekly');
      table(shop, 'Untagged');
      plan.addSelection('S', { resources: [backup.BackupResource.fromTag('backup', 'daily'), backup.BackupResource.fromTag('x', 'y')] });
    })).toEqual(['Shop/Tagged']);
  });

  test.each<[string, Partial<backup.CfnBackupSelection.BackupSelectionResourceTypeProperty>, string[]]>([
    ['everything', { resources: ['*'] }, ['Plans/Bucket', 'Plans/Orders', 'Plans/Users']],
    ['nothing said, which is everything', {}, ['Plans/Bucket', 'Plans/Orders', 'Plans/Users']],
    ['a type', { resources: ['arn:aws:dynamodb:*:*:table/*'] }, ['Plans/Orders', 'Plans/Users']],
    ['a name', { resources: ['arn:aws:dynamodb:*:*:table/ord*'] }, ['Plans/Orders']],
    ['a global ARN', { resources: ['arn:aws:s3:::*'] }, ['Plans/Bucket']],
    ['another Region', { resources: ['arn:aws:dynamodb:us-east-1:*:table/*'] }, []],
    ['all but a type', { resources: ['*'], notResources: ['arn:aws:s3:::*'] }, ['Plans/Orders', 'Plans/Users']],
    ['all conditions', {
      resources: ['*'],
      conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/stage', ConditionValue: 'prod' }], StringLike: [{ ConditionKey: 'aws:ResourceTag/team', ConditionValue: 'sh*' }] },
    }, ['Plans/Orders']],
    ['not a tag', { resources: ['*'], conditions: { StringNotEquals: [{ ConditionKey: 'aws:ResourceTag/team', ConditionValue: 'shop' }] } }, ['Plans/Users']],
  ])('an L1 selection of %s', (_, selection, expected) => {
    expect(selected((app, plan) => {
      const stack = Stack.of(plan);
      const tag = (name: string, team: string) => [{ key: 'stage', value: 'prod' }, { key: 'team', value: team }].map((each) => ({ name, each }));
      for (const [id, team] of [['Orders', 'shop'], ['Users', 'identity']]) {
        const cfn = table(stack, id, { tableName: id.toLowerCase() });
        tag(id, team).forEach(({ each }) => Tags.of(cfn).add(each.key, each.value));
      }
      new s3.Bucket(stack, 'Bucket');
      new backup.CfnBackupSelection(stack, 'S', {
        backupPlanId: plan.backupPlanId,
        backupSelection: { iamRoleArn: 'arn:aws:iam::111122223333:role/r', selectionName: 's', ...selection },
      });
      expect(app).toBeDefined();
    }).sort()).toEqual(expected);
  });

  test('by tag only in its own account and Region', () => {
    const { report } = check({}, (app) => {
      const env = { account: '111122223333', region: 'eu-west-1' };
      const plans = new Stack(app, 'Plans', { env });
      [plans, new Stack(app, 'Same', { env }), new Stack(app, 'Else', { env: { ...env, region: 'us-east-1' } })].forEach((stack) => table(stack, 'T'));
      Tags.of(app).add('backup', 'daily');
      backup.BackupPlan.dailyWeeklyMonthly5YearRetention(plans, 'Plan').addSelection('S', { resources: [backup.BackupResource.fromTag('backup', 'daily')] });
    });
    expect(report.resources.map(({ path, protectedBy }: any) => [path, protectedBy.length]).sort()).toEqual([['Else/T', 0], ['Plans/T', 1], ['Same/T', 1]]);
  });
});

test('only what the requirement counts, counts', () => {
  const build = (stack: Stack) => {
    OnDemandBackup.guard(table(stack, 'Guarded'), { deleteAfter });
    table(stack, 'Recovers', { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } });
    table(stack, 'Bare');
  };
  expect(unprotected(build)).toEqual(['ResourceProtected Shop/Bare']);
  expect(unprotected(build, [BackupProtection.GUARD])).toEqual(['ResourceProtected Shop/Bare', 'ResourceProtected Shop/Recovers']);
  expect(unprotected(build, [BackupProtection.FINAL_BACKUP]))
    .toEqual(['ResourceProtected Shop/Bare', 'ResourceProtected Shop/Guarded', 'ResourceProtected Shop/Recovers']);
});

test('only the types that are asked for, and none that AWS Backup does not know', () => {
  const { found } = check({ protectedResources: { types: ['AWS::S3::Bucket'] } }, (app) => {
    const stack = new Stack(app, 'Shop');
    table(stack, 'Orders');
    new s3.Bucket(stack, 'Bucket');
  });
  expect(found).toEqual(['ResourceProtected Shop/Bucket']);
  expect(() => check({ protectedResources: { types: ['AWS::SQS::Queue'] } }, () => undefined)).toThrow(/got AWS::SQS::Queue, which AWS Backup cannot back up/);
});

test('parts of another resource, and what AWS Backup cannot back up, are not asked for', () => {
  expect(unprotected((stack) => {
    const cluster = new rds.CfnDBCluster(stack, 'Cluster', { engine: 'aurora-mysql', backupRetentionPeriod: 1 });
    new rds.CfnDBInstance(stack, 'Instance', { engine: 'aurora-mysql', dbClusterIdentifier: cluster.ref });
    new fsx.CfnFileSystem(stack, 'Ontap', { fileSystemType: 'ONTAP', subnetIds: [] });
    new fsx.CfnVolume(stack, 'ZfsVolume', { name: 'v', volumeType: 'OPENZFS' });
    new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
  })).toEqual([]);
});

test('a resource that cannot be guarded is advised something that works', () => {
  const { violations } = check({ protectedResources: {} }, (app) => {
    new fsx.CfnVolume(new Stack(app, 'Shop'), 'Volume', { name: 'v', volumeType: 'ONTAP' });
  });
  expect(violations[0].suggestedFix).toBe("plan.addSelection('Volume', { resources: [BackupResource.fromConstruct(volume)] });");
});

test('what is lost with its stack needs a final backup', () => {
  const { found } = check({ finalBackups: true }, (app) => {
    const stack = new Stack(app, 'Shop');
    table(stack, 'Retained');
    table(stack, 'Lost', { removalPolicy: RemovalPolicy.DESTROY });
    OnDemandBackup.guard(table(stack, 'Guarded', { removalPolicy: RemovalPolicy.DESTROY }), { deleteAfter });
    OnDemandBackup.guard(table(stack, 'Final', { removalPolicy: RemovalPolicy.DESTROY }), { deleteAfter, finalBackup: true });
    const replaced = table(stack, 'LostWhenReplaced').node.defaultChild as CfnResource;
    replaced.cfnOptions.updateReplacePolicy = 'Delete' as never;
    new ec2.CfnVolume(stack, 'Snapshotted', { availabilityZone: 'a' }).applyRemovalPolicy(RemovalPolicy.SNAPSHOT);
    new OnDemandBackup(stack, 'Other', {
      source: BackupSource.fromDynamoDbTable(table(stack, 'BackedUp', { removalPolicy: RemovalPolicy.DESTROY })),
      trigger: BackupTrigger.onChangeOf('1'),
      deleteAfter,
      completion: BackupCompletion.waitFor(),
      finalBackup: true,
    });
  });
  expect(found).toEqual(['FinalBackup Shop/Guarded', 'FinalBackup Shop/Lost', 'FinalBackup Shop/LostWhenReplaced']);
});
