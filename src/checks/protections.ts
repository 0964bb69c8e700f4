import { CfnResource } from 'aws-cdk-lib';
import { BackupTriggerKind } from '../backup-trigger';
import { keepsData } from '../deletion-policy';
import { OnDemandBackup } from '../on-demand-backup';
import { resourcesOf } from '../resources-of';
import { ProtectionView, ResourceView, TemplateResource } from './app-view';
import { BackupProtection } from './checks-props';
import { Selection, selects } from './selections';

/** The backups of each source. */
export type BackupsBySource = ReadonlyMap<CfnResource, readonly OnDemandBackup[]>;

/** Everything that protects a resource, whether or not it counts. */
export function protectionsOf(
  resource: Omit<ResourceView, 'protections'>,
  backups: BackupsBySource,
  selections: readonly Selection[],
): ProtectionView[] {
  const { construct, path, body } = resource;
  const own = backups.get(construct) ?? [];
  const inItself = (kind: BackupProtection) => ({ kind, by: path });
  return [
    ...own.filter((backup) => isRepeatedBeforeChangesOf(backup, construct)).map(({ node }) => ({ kind: BackupProtection.GUARD, by: node.path })),
    ...own.filter(({ finalBackup }) => finalBackup).map(({ node }) => ({ kind: BackupProtection.FINAL_BACKUP, by: node.path })),
    ...selections.filter((selection) => selects(selection, resource)).map(({ path: by }) => ({ kind: BackupProtection.BACKUP_PLAN, by })),
    ...hasAutomaticBackups(body) ? [inItself(BackupProtection.BACKUP_PLAN)] : [],
    ...hasPointInTimeRecovery(body) ? [inItself(BackupProtection.POINT_IN_TIME_RECOVERY)] : [],
    ...hasSnapshotPolicy(body) ? [inItself(BackupProtection.SNAPSHOT_POLICY)] : [],
  ];
}

/** Whether CloudFormation keeps the resource, or a snapshot of it, where it would delete or replace it. */
export function isKept({ DeletionPolicy: deletion, UpdateReplacePolicy: replacement }: TemplateResource): boolean {
  return [deletion, replacement].every(keepsData);
}

function isRepeatedBeforeChangesOf({ trigger, gatedConstructs }: OnDemandBackup, source: CfnResource): boolean {
  return trigger.kind === BackupTriggerKind.BEFORE_CHANGES_OF && gatedConstructs.some((construct) => resourcesOf(construct).includes(source));
}

/** EFS: a backup plan that AWS Backup makes. */
function hasAutomaticBackups({ Type: type, Properties: properties }: TemplateResource): boolean {
  return type === 'AWS::EFS::FileSystem' && properties?.BackupPolicy?.Status === 'ENABLED';
}

function hasPointInTimeRecovery({ Type: type, Properties: properties = {} }: TemplateResource): boolean {
  switch (type) {
    case 'AWS::DynamoDB::Table':
      return recovers(properties);
    case 'AWS::DynamoDB::GlobalTable':
      return Array.isArray(properties.Replicas) && properties.Replicas.length > 0 && properties.Replicas.every(recovers);
    case 'AWS::RDS::DBInstance':
    case 'AWS::RDS::DBCluster':
    case 'AWS::DocDB::DBCluster':
    case 'AWS::Neptune::DBCluster':
      // Not the default of a day, which nobody decided.
      return Number(properties.BackupRetentionPeriod) > 0;
    default:
      return false;
  }
}

function recovers({ PointInTimeRecoverySpecification: specification }: { readonly [name: string]: any }): boolean {
  return String(specification?.PointInTimeRecoveryEnabled) === 'true';
}

function hasSnapshotPolicy({ DeletionPolicy: deletion, UpdateReplacePolicy: replacement }: TemplateResource): boolean {
  return deletion === 'Snapshot' && replacement === 'Snapshot';
}
