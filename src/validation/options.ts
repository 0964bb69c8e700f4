import { ResourceFacts } from '../resource-facts';
import { PropsView } from './props-view';
import { Finding, Rule } from './rule';
import { quoted } from './text';
import { candidates, isOnly, typeText } from './types';

const GUIDE = 'https://docs.aws.amazon.com/aws-backup/latest/devguide';

/** What only some resource types have. */
export const OPTION_RULES: readonly Rule<PropsView>[] = [
  {
    id: 'IndexUnsupported',
    severity: 'error',
    rule: 'Only recovery points of EBS and S3 can be indexed.',
    remedy: 'Leave index out.',
    see: `${GUIDE}/backup-search.html`,
    check: unlessType('index', (row) => row.index),
  },
  {
    id: 'IndexOutsideStandardVault',
    severity: 'warning',
    rule: 'Recovery points in a logically air-gapped vault cannot be indexed.',
    remedy: 'Leave out index or logicallyAirGappedVault.',
    see: `${GUIDE}/lag-vault-primary-backup.html`,
    check: ({ index, logicallyAirGappedVault: vault }) => index === 'ENABLED' && vault
      ? [{ prop: 'index', value: `${index} with the air-gapped vault ${quoted(vault.name)}` }]
      : [],
  },
  {
    id: 'WindowsVssUnsupported',
    severity: 'error',
    rule: 'Windows VSS is for EC2 instances only.',
    remedy: 'Leave backupOptions.windowsVss out.',
    see: `${GUIDE}/windows-backups.html`,
    check: unlessType('windowsVss', (row) => row.type === 'EC2'),
  },
  {
    id: 'S3OptionsUnsupported',
    severity: 'error',
    rule: 'ACLs and object tags are options of S3 backups only.',
    remedy: 'Leave them out of backupOptions.',
    see: `${GUIDE}/API_AdvancedBackupSetting.html`,
    check: (view) => [
      ...unlessType('backupAcls', (row) => row.type === 'S3')(view),
      ...unlessType('backupObjectTags', (row) => row.type === 'S3')(view),
    ],
  },
  {
    id: 'StopUnsupported',
    severity: 'error',
    rule: 'AWS Backup cannot stop jobs of this resource type.',
    remedy: 'Use BackupTimeoutAction.FAIL or WARN for onTimeout.',
    see: `${GUIDE}/API_StopBackupJob.html`,
    check: ({ source, stopsJob }) => stopsJob && isOnly(source, (row) => !row.stoppable)
      ? [{ prop: 'completion', value: `onTimeout STOP_JOB_AND_FAIL for ${typeText(source)}` }]
      : [],
  },
  {
    id: 'SourceTypeNeeded',
    severity: 'error',
    rule: 'What was asked for works with some resource types only, and the ARN does not tell what the source is.',
    remedy: 'Use BackupSource.fromArn(arn, resourceType).',
    see: `${GUIDE}/backup-feature-availability.html`,
    check: (view) => {
      const { source } = view;
      const asked = typeDependent(view);
      return source && source.type === undefined && candidates(source).length === 0 && asked.length > 0
        ? [{ prop: 'source', value: `${quoted(source.arn.text)} with ${asked.join(', ')}` }]
        : [];
    },
  },
];

const PATHS = { index: 'index', windowsVss: 'backupOptions.windowsVss', backupAcls: 'backupOptions.backupAcls', backupObjectTags: 'backupOptions.backupObjectTags' };

/** Sent at all counts, `false` and `DISABLED` included: no page says that AWS Backup takes an option which the type does not have. */
function unlessType(option: keyof typeof PATHS, supports: (row: ResourceFacts) => boolean) {
  return (view: PropsView): Finding[] => view[option] !== undefined && isOnly(view.source, (row) => !supports(row))
    ? [{ prop: PATHS[option], value: `${view[option]} for ${typeText(view.source)}` }]
    : [];
}

function typeDependent(view: PropsView): string[] {
  return [
    ...(Object.keys(PATHS) as (keyof typeof PATHS)[]).filter((option) => view[option] !== undefined).map((option) => PATHS[option]),
    ...(view.moveToColdStorageAfter ? ['moveToColdStorageAfter'] : []),
    ...(view.stopsJob ? ['onTimeout STOP_JOB_AND_FAIL'] : []),
  ];
}
