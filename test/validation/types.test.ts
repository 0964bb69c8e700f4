import { BUCKET, DB_CLUSTER, LUSTRE, sourceView, TABLE } from './fixtures';
import { ResourceFacts } from '../../src/resource-facts';
import { SourceView } from '../../src/validation/props-view';
import { candidates, isOnly, typeText } from '../../src/validation/types';

const nameOf = (row: ResourceFacts) => [row.type, row.variant].filter(Boolean).join(' ');
const UNKNOWN = sourceView('{token}', { type: 'Newer than this library' });

describe('what a source can be', () => {
  test.each<[string, SourceView | undefined, string[]]>([
    ['nothing', undefined, []],
    ['a table', sourceView(TABLE), ['DynamoDB']],
    ['a type that is newer than this library', UNKNOWN, []],
    ['a file system of any kind', sourceView(LUSTRE), ['FSx Lustre or Windows', 'FSx OpenZFS']],
    ['one by its CloudFormation type and its kind', sourceView(LUSTRE, { cloudFormationType: 'AWS::FSx::FileSystem', fileSystemType: 'OPENZFS' }), ['FSx OpenZFS']],
    ['one of a kind that is newer than this library', sourceView(LUSTRE, { cloudFormationType: 'AWS::FSx::FileSystem', fileSystemType: 'NEW' }),
      ['FSx Lustre or Windows', 'FSx OpenZFS']],
    ['a cluster', sourceView(DB_CLUSTER), ['Aurora', 'Neptune', 'DocumentDB', 'RDS Multi-AZ DB cluster']],
    ['a cluster by its CloudFormation type', sourceView(DB_CLUSTER, { cloudFormationType: 'AWS::Neptune::DBCluster' }), ['Neptune']],
    ['what is not of the CloudFormation type', sourceView(BUCKET, { cloudFormationType: 'AWS::Neptune::DBCluster' }), ['S3']],
  ])('%s', (_, source, rows) => expect(candidates(source).map(nameOf).sort()).toEqual([...rows].sort()));

  test('holds for it only if it holds for each', () => {
    const isFsx = ({ type }: ResourceFacts) => type === 'FSx';
    expect(isOnly(sourceView(LUSTRE), isFsx)).toBe(true);
    expect(isOnly(sourceView(TABLE), isFsx)).toBe(false);
    expect(isOnly(sourceView('{token}'), isFsx)).toBe(false);
    expect(isOnly(UNKNOWN, () => true)).toBe(false);
    expect(isOnly(undefined, () => true)).toBe(false);
  });

  test('in words', () => {
    expect(typeText(sourceView(TABLE))).toBe('DynamoDB');
    expect(typeText(UNKNOWN)).toBe('Newer than this library');
    expect(typeText(sourceView(DB_CLUSTER, { cloudFormationType: 'AWS::RDS::DBCluster' }))).toBe('Aurora or RDS');
    expect(typeText(undefined)).toBe('');
  });
});
