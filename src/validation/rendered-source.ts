import { RenderedResource, RenderedView, literal, scalar } from './rendered-view';
import { Finding, Rule } from './rule';
import { isOnly, typeText } from './types';

const GUIDE = 'https://docs.aws.amazon.com/aws-backup/latest/devguide';

/** What the source has to be, where this app defines it. */
export const RENDERED_SOURCE_RULES: readonly Rule<RenderedView>[] = [
  {
    id: 'BucketVersioning',
    severity: 'error',
    rule: 'AWS Backup backs up only buckets with versioning; without it the job FAILS.',
    remedy: 'Set versioned: true on the bucket.',
    see: `${GUIDE}/s3-backups.html`,
    check: source('AWS::S3::Bucket', ({ VersioningConfiguration: versioning }) => {
      const status = literal(literal(versioning).value?.Status);
      const known = literal(versioning).known && status.known;
      return known && status.value !== 'Enabled' ? `VersioningConfiguration ${status.value ?? 'missing'}` : undefined;
    }),
  },
  {
    id: 'ClusterMember',
    severity: 'error',
    rule: 'AWS Backup backs up a database cluster as a whole, not an instance in it.',
    remedy: 'Use BackupSource.fromRdsDatabaseCluster() with the cluster.',
    see: `${GUIDE}/rds-backup.html`,
    check: source('AWS::RDS::DBInstance', ({ DBClusterIdentifier: cluster, Engine: engine }) => {
      if (scalar(engine)?.startsWith('aurora')) {
        return `Engine ${engine}`;
      }
      return isGiven(cluster) ? 'a DBClusterIdentifier' : undefined;
    }),
  },
  {
    id: 'WindowsVssInstanceType',
    severity: 'error',
    rule: 'Windows VSS needs an instance larger than nano and micro of t2, t3 and t3a.',
    remedy: 'Use a larger instance type, or leave backupOptions.windowsVss out.',
    see: `${GUIDE}/windows-backups.html`,
    check: (view) => view.windowsVss
      ? source('AWS::EC2::Instance', ({ InstanceType: type }) => /^t(2|3|3a)\.(nano|micro)$/.test(scalar(type) ?? '') ? `InstanceType ${type}` : undefined)(view)
      : [],
  },
  {
    id: 'OntapFileSystem',
    severity: 'error',
    rule: 'Of FSx for ONTAP, AWS Backup backs up volumes, not file systems.',
    remedy: 'Use BackupSource.fromConstruct() with the CfnVolume.',
    see: `${GUIDE}/whatisbackup.html#supported-resources`,
    check: source('AWS::FSx::FileSystem', ({ FileSystemType: type }) => scalar(type) === 'ONTAP' ? `FileSystemType ${type}` : undefined),
  },
  {
    id: 'OpenZfsVolume',
    severity: 'error',
    rule: 'Of FSx for OpenZFS, AWS Backup backs up file systems, not volumes.',
    remedy: 'Use BackupSource.fromConstruct() with the CfnFileSystem.',
    see: `${GUIDE}/whatisbackup.html#supported-resources`,
    check: source('AWS::FSx::Volume', ({ VolumeType: type }) => scalar(type) === 'OPENZFS' ? `VolumeType ${type}` : undefined),
  },
  {
    id: 'EksAuthenticationMode',
    severity: 'error',
    rule: 'AWS Backup reaches an EKS cluster only through access entries.',
    remedy: 'Use the authentication mode API or API_AND_CONFIG_MAP.',
    see: `${GUIDE}/eks-backups.html`,
    check: source('AWS::EKS::Cluster', ({ AccessConfig: access }) => {
      const mode = scalar(literal(access).value?.AuthenticationMode);
      return mode === 'CONFIG_MAP' ? `AuthenticationMode ${mode}` : undefined;
    }),
  },
  {
    id: 'AirGappedEncryption',
    severity: 'warning',
    rule: 'Only encrypted clusters are copied into a logically air-gapped vault; the job is COMPLETED with issues, and the recovery point stays in vault.',
    remedy: 'Encrypt the cluster, or leave logicallyAirGappedVault out.',
    see: `${GUIDE}/lag-vault-primary-backup.html`,
    check: (view) => view.airGappedVault && isOnly(view.source, (row) => row.airGapped === 'copy')
      ? CLUSTER_TYPES.flatMap((type) => source(type, ({ StorageEncrypted: encrypted }) =>
        scalar(encrypted) === 'false' ? 'StorageEncrypted false' : undefined)(view))
      : [],
  },
];

const CLUSTER_TYPES = ['AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'];

/** A rule over the properties of sources of a type; `check` answers what it saw where that cannot work. */
function source(type: string, check: (properties: RenderedResource['properties']) => string | undefined) {
  return ({ source: view, sourceResource: resource }: RenderedView): Finding[] => {
    const seen = resource?.type === type ? check(resource.properties) : undefined;
    return seen === undefined ? [] : [{ prop: 'source', value: `${resource!.path} (${typeText(view) || type}) with ${seen}` }];
  };
}

/** Whether a property has a value, even if only the deployment knows which. A condition may leave it out. */
function isGiven(value: any): boolean {
  const seen = literal(value);
  return seen.known ? seen.value !== undefined : !('Fn::If' in value);
}
