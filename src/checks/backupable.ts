import { RESOURCE_TABLE, rowsOfCloudFormationType } from '../resource-table';
import { TemplateResource } from './app-view';

/** A nested stack holds nothing itself. */
const NOT_ITSELF = 'AWS::CloudFormation::Stack';

/** CloudFormation types that AWS Backup can back up. */
export function backupableTypes(): string[] {
  const types = RESOURCE_TABLE.flatMap(({ cloudFormation }) => Object.entries(cloudFormation))
    .filter(([type, { suffix }]) => !suffix && type !== NOT_ITSELF)
    .map(([type]) => type);
  return [...new Set(types)].sort();
}

const TYPES = new Set(backupableTypes());

/** Whether AWS Backup can back up resources of a type, some of them at least. */
export function mayBeBackupable(type: string): boolean {
  return TYPES.has(type);
}

/** Whether AWS Backup can back up a resource: of some types only those that are not a part of another one. */
export function isBackupable({ Type: type, Properties: properties = {} }: TemplateResource): boolean {
  switch (type) {
    case 'AWS::RDS::DBInstance':
      return properties.DBClusterIdentifier === undefined && !String(properties.Engine).startsWith('aurora');
    case 'AWS::FSx::Volume':
      return properties.VolumeType !== 'OPENZFS';
    case 'AWS::FSx::FileSystem':
      return rowsOfCloudFormationType(type).some((row) => row.cloudFormation[type].fileSystemTypes?.includes(properties.FileSystemType) ?? true);
    default:
      return mayBeBackupable(type);
  }
}
