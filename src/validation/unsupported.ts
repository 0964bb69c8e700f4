import { SourceView } from './props-view';

interface NotBackupable {
  /** Of the ARN; undefined where the service itself tells. */
  readonly service: string;
  readonly resource?: RegExp;
  readonly cloudFormationType?: string;
  readonly because: string;
}

/**
 * Neighbours of what AWS Backup supports that it does not support.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/whatisbackup.html#supported-resources
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/s3-backups.html
 */
const NOT_BACKUPABLE: readonly NotBackupable[] = [
  {
    service: 'docdb-elastic',
    cloudFormationType: 'AWS::DocDBElastic::Cluster',
    because: 'Of DocumentDB it takes instance-based clusters, not elastic ones.',
  },
  {
    service: 'neptune-graph',
    cloudFormationType: 'AWS::NeptuneGraph::Graph',
    because: 'Of Neptune it takes database clusters, not Neptune Analytics graphs.',
  },
  {
    service: 'timestream-influxdb',
    cloudFormationType: 'AWS::Timestream::InfluxDBInstance',
    because: 'Of Timestream it takes LiveAnalytics tables, not InfluxDB instances.',
  },
  {
    service: 's3-outposts',
    cloudFormationType: 'AWS::S3Outposts::Bucket',
    because: 'Of S3 it takes general purpose buckets, not those on Outposts.',
  },
  {
    service: 's3express',
    cloudFormationType: 'AWS::S3Express::DirectoryBucket',
    because: 'Of S3 it takes general purpose buckets, not directory buckets.',
  },
  {
    // Directory buckets written as ordinary ones: their names end like this, and no other name may.
    service: 's3',
    resource: /^[^/:]+--x-s3$/,
    because: 'Of S3 it takes general purpose buckets, not directory buckets.',
  },
];

/** Why AWS Backup cannot back up a source, if it is one of those that look as if it could. */
export function notBackupable({ arn, reference }: SourceView): string | undefined {
  return NOT_BACKUPABLE.find((each) => arn.service === undefined
    ? each.cloudFormationType !== undefined && each.cloudFormationType === reference?.cloudFormationType
    : each.service === arn.service && (each.resource?.test(arn.resource ?? '') ?? true))?.because;
}
