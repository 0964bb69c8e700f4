import { fitsResource, formatResourceArn, ResourceFacts, saysGone, TOKEN } from '../src/resource-facts';
import { RESOURCE_TABLE, rowsOf, rowsOfCloudFormationType } from '../src/resource-table';
import { BackupResourceType } from '../src/resource-type';

const nameOf = (row: ResourceFacts) => [row.type, row.variant].filter(Boolean).join(' ');
const row = (type: string, variant?: string) => RESOURCE_TABLE.find((each) => each.type === type && each.variant === variant)!;
const NAMED = Object.values(BackupResourceType).filter((value): value is BackupResourceType => value instanceof BackupResourceType);

describe('the table', () => {
  test('has rows for every named type, and a name for every row', () => {
    expect([...new Set(RESOURCE_TABLE.map((each) => each.type))].sort()).toEqual(NAMED.map((each) => each.name).sort());
  });

  test('says which row is which', () => expect(new Set(RESOURCE_TABLE.map(nameOf)).size).toBe(RESOURCE_TABLE.length));

  test.each(RESOURCE_TABLE.map((each) => [nameOf(each), each] as const))('%s agrees with itself', (_, each) => {
    expect(each.see).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/aws-backup\/latest\/devguide\/[\w-]+\.html$/);
    expect(each.managedPolicies.length).toBeGreaterThan(0);
    expect(each.indexPolicies.length === 0 || each.index).toBe(true);
    expect(each.fullManagement === 'yes' || each.airGapped !== 'direct').toBe(true);
    expect(fitsResource(each, each.resource.replace(/[{}]/g, ''))).toBe(true);
    // What a physical id cannot give has to come from somewhere else.
    Object.values(each.cloudFormation).forEach((facts) => {
      const separators = each.resource.match(/\{/g)!.length > 1;
      expect(!separators || facts.separator !== undefined || facts.refIsArn || facts.notFromPhysicalId !== undefined).toBe(true);
      expect(facts.notFromPhysicalId === undefined || facts.attribute !== undefined).toBe(true);
    });
  });

  test('is found by type and by CloudFormation type', () => {
    expect(rowsOf('FSx').map(nameOf)).toEqual(['FSx Lustre or Windows', 'FSx OpenZFS', 'FSx ONTAP volume']);
    expect(rowsOf('New')).toEqual([]);
    expect(rowsOfCloudFormationType('AWS::RDS::DBCluster').map(nameOf)).toEqual(['Aurora', 'RDS Multi-AZ DB cluster']);
    expect(rowsOfCloudFormationType('AWS::New::Thing')).toEqual([]);
    expect(rowsOfCloudFormationType('')).toEqual([]);
  });
});

describe('a resource type', () => {
  test('has the name that AWS Backup uses', () => {
    expect(BackupResourceType.DYNAMODB.name).toBe('DynamoDB');
    expect(`${BackupResourceType.SAP_HANA}`).toBe('SAP HANA on Amazon EC2');
    expect(BackupResourceType.of('Newer than this library').name).toBe('Newer than this library');
  });
});

describe('ARNs of resources', () => {
  const place = { partition: 'aws-cn', region: 'cn-north-1', account: '111111111111' };
  test.each<[ResourceFacts, string[], string]>([
    [row('DynamoDB'), ['t'], 'arn:aws-cn:dynamodb:cn-north-1:111111111111:table/t'],
    [row('S3'), ['b'], 'arn:aws-cn:s3:::b'],
    [row('Timestream'), ['d', 't'], 'arn:aws-cn:timestream:cn-north-1:111111111111:database/d/table/t'],
    [row('RDS', 'instance'), ['i'], 'arn:aws-cn:rds:cn-north-1:111111111111:db:i'],
  ])('are made of ids', (facts, ids, arn) => expect(formatResourceArn(facts, ids, place)).toBe(arn));

  const fits: [ResourceFacts, string[], string[]][] = [
    [row('DynamoDB'), ['table/t', `table/${TOKEN}`, TOKEN, `tab${TOKEN}`, `table/a-${TOKEN}`, `${TOKEN}-b`, `${TOKEN}/t`],
      ['table', 'table/', 'tables/t', 'table:t', 'table/t/index/i', `table/${TOKEN}/index/i`, 'index/t', `index/${TOKEN}`, 't', `table:${TOKEN}`, `x${TOKEN}`, '']],
    [row('S3'), ['b', TOKEN, `b-${TOKEN}`], ['b/*', `${TOKEN}/*`, '']],
    [row('RDS', 'instance'), ['db:i', `db:${TOKEN}`], ['cluster:i', 'db/i', `cluster:${TOKEN}`, 'db:']],
    [row('FSx', 'ONTAP volume'), ['volume/fs/v', `volume/${TOKEN}`, `volume/fs/${TOKEN}`], ['volume/v', 'file-system/fs', `volume/fs/v/${TOKEN}`]],
    [row('SAP HANA on Amazon EC2'), ['HANA/a/DB/d', `HANA/a/D${TOKEN}`], ['HANA/a', 'HANA/a/db/d', `HANA/a/X${TOKEN}`, 'HANA//DB/d']],
  ];
  test.each(fits.flatMap(([facts, good]) => good.map((resource) => [nameOf(facts), resource, facts] as const)))('%s can be %s', (_, resource, facts) => {
    expect(fitsResource(facts, resource)).toBe(true);
  });
  test.each(fits.flatMap(([facts, , bad]) => bad.map((resource) => [nameOf(facts), resource, facts] as const)))('%s cannot be %s', (_, resource, facts) => {
    expect(fitsResource(facts, resource)).toBe(false);
  });
});

describe('what says that a source is gone', () => {
  const table = 'arn:aws:dynamodb:eu-west-1:111111111111:table/Orders';
  const cluster = 'arn:aws:rds:eu-west-1:111111111111:cluster:orders';
  test.each<[string, string, string]>([
    ['DynamoDB', table, 'Requested resource not found: Table: Orders not found (Service: DynamoDb)'],
    ['DynamoDB', table, 'Table not found: orders'],
    ['DynamoDB', table, `Resource ${table} does not exist.`],
    ['DynamoDB', table, `Could not find resource ${table}`],
    ['RDS', cluster, 'DBCluster orders not found.'],
    ['RDS', 'arn:aws:rds:eu-west-1:111111111111:db:orders', 'DBInstance orders not found.'],
    ['EFS', 'arn:aws:elasticfilesystem:eu-west-1:111111111111:file-system/fs-1', "File system 'fs-1' does not exist."],
    ['S3', 'arn:aws:s3:::b', 'The specified bucket does not exist'],
    ['New', 'arn:aws:new:eu-west-1:111111111111:thing/t', 'arn:aws:new:eu-west-1:111111111111:thing/t was not found'],
  ])('%s', (type, arn, message) => expect(saysGone(rowsOf(type), message, arn)).toBe(true));

  test.each<[string, string]>([
    [table, 'Backup job failed because backup vault arn:aws:backup:eu-west-1:111111111111:backup-vault:Orders does not exist.'],
    [table, 'Table not found: customers'],
    [table, 'User is not authorized to perform dynamodb:DescribeTable on resource'],
    [table, 'IAM Role arn:aws:iam::111111111111:role/orders cannot be assumed by AWS Backup'],
    [table, ''],
  ])('not by what is said of something else', (arn, message) => expect(saysGone(rowsOf('DynamoDB'), message, arn)).toBe(false));
});
