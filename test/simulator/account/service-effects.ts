import { BackupService } from '../backup';
import { Effects, Physical } from '../cloudformation/ordinary';
import { isObject, Properties } from '../cloudformation/template';
import { StatesService } from '../states';
import { Sources } from './sources';

const TYPE_NAMES: Readonly<Record<string, string>> = { 'AWS::DocDB::DBCluster': 'DocumentDB', 'AWS::Neptune::DBCluster': 'Neptune' };

/** Vaults, state machines and whatever holds data become known to the services that work with them. */
export class ServiceEffects implements Effects {
  constructor(private readonly backup: BackupService, private readonly states: StatesService, private readonly sources: Sources) {}

  public created(resource: Physical): void {
    this.put(resource);
    if (resource.sourceArn === undefined) return;
    this.sources.exists(resource.sourceArn);
    const type = TYPE_NAMES[resource.type] ?? (isMultiAz(resource) ? 'RDS' : undefined);
    if (type) this.backup.nameResourceType(resource.sourceArn, type);
  }

  public updated(resource: Physical): void {
    this.put(resource);
  }

  public deleted({ type, physicalId, sourceArn }: Physical): void {
    if (sourceArn !== undefined) this.sources.gone(sourceArn);
    if (type === 'AWS::Backup::BackupVault' || type === 'AWS::Backup::LogicallyAirGappedBackupVault') this.backup.removeVault(physicalId);
    if (type === 'AWS::StepFunctions::StateMachine') this.states.removeStateMachine(physicalId);
  }

  private put({ type, physicalId, properties }: Physical): void {
    switch (type) {
      case 'AWS::Backup::BackupVault': {
        const lock = isObject(properties.LockConfiguration) ? properties.LockConfiguration : {};
        this.backup.putVault({
          name: physicalId,
          minRetentionDays: days(lock.MinRetentionDays),
          maxRetentionDays: days(lock.MaxRetentionDays),
          changeableForDays: days(lock.ChangeableForDays),
          encryptionKeyArn: properties.EncryptionKeyArn as string | undefined,
        });
        return;
      }
      case 'AWS::Backup::LogicallyAirGappedBackupVault':
        this.backup.putVault({
          name: physicalId,
          type: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT',
          minRetentionDays: days(properties.MinRetentionDays),
          maxRetentionDays: days(properties.MaxRetentionDays),
        });
        return;
      case 'AWS::StepFunctions::StateMachine':
        this.states.putStateMachine({
          arn: physicalId,
          definition: definitionOf(properties),
          roleArn: String(properties.RoleArn),
          type: properties.StateMachineType === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
        });
    }
  }
}

const days = (value: unknown): number | undefined => value === undefined ? undefined : Number(value);

/** A cluster of RDS itself, not of Aurora. */
function isMultiAz({ type, properties }: Physical): boolean {
  return type === 'AWS::RDS::DBCluster' && !String(properties.Engine ?? '').startsWith('aurora');
}

function definitionOf(properties: Properties): string {
  const text = properties.DefinitionString === undefined ? JSON.stringify(properties.Definition) : String(properties.DefinitionString as string);
  const substitutions = isObject(properties.DefinitionSubstitutions) ? properties.DefinitionSubstitutions : {};
  return text.replace(/\$\{(\w+)\}/g, (whole, name: string) => name in substitutions ? String(substitutions[name] as string) : whole);
}
