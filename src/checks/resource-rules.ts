import { guardableTypes } from '../guardable';
import { ResourceView } from './app-view';
import { CheckRule, variableOf } from './check-rule';
import { BackupProtection, BackupRule, OnDemandBackupChecksProps } from './checks-props';
import { isKept } from './protections';

/** What counts unless the requirement says otherwise. */
const USUAL_PROTECTIONS: readonly BackupProtection[] = [
  BackupProtection.GUARD, BackupProtection.BACKUP_PLAN, BackupProtection.POINT_IN_TIME_RECOVERY, BackupProtection.SNAPSHOT_POLICY,
];

/** What has to hold for each resource that AWS Backup can back up. */
export const RESOURCE_RULES: readonly CheckRule<ResourceView>[] = [
  {
    id: BackupRule.RESOURCE_PROTECTED,
    sentence: 'A resource that AWS Backup can back up has to be protected.',
    isOn: ({ protectedResources }) => protectedResources !== undefined,
    check: ({ body, protections }, props) => {
      const counts = countingProtections(props);
      return (props.protectedResources!.types?.includes(body.Type) ?? true) && !protections.some(({ kind }) => counts.includes(kind))
        ? `${body.Type} without ${counts.map((kind) => NAMES[kind]).join(' or ')}`
        : undefined;
    },
    fix: ({ path, body }, props) => protect(path, body.Type, countingProtections(props)),
  },
  {
    id: BackupRule.FINAL_BACKUP,
    sentence: 'A resource whose data is lost when its stack deletes or replaces it has to have a final backup.',
    isOn: ({ finalBackups }) => finalBackups ?? false,
    check: ({ body, protections }) => isKept(body) || protections.some(({ kind }) => kind === BackupProtection.FINAL_BACKUP)
      ? undefined
      : `${body.Type} with DeletionPolicy ${body.DeletionPolicy ?? 'missing'} and UpdateReplacePolicy ${body.UpdateReplacePolicy ?? 'missing'}, and no final backup`,
    fix: ({ path, body }) => guardableTypes().includes(body.Type)
      ? protect(path, body.Type, [BackupProtection.FINAL_BACKUP])
      : `${variableOf(path)}.applyRemovalPolicy(RemovalPolicy.RETAIN);`,
  },
];

function countingProtections({ protectedResources }: OnDemandBackupChecksProps): readonly BackupProtection[] {
  return protectedResources?.by ?? USUAL_PROTECTIONS;
}

const NAMES: { readonly [kind in BackupProtection]: string } = {
  GUARD: 'a guard',
  FINAL_BACKUP: 'a final backup',
  BACKUP_PLAN: 'a backup plan in this app',
  POINT_IN_TIME_RECOVERY: 'point-in-time recovery',
  SNAPSHOT_POLICY: 'a Snapshot policy',
};

/** Code for the first of the protections that the type can have. */
function protect(path: string, type: string, counts: readonly BackupProtection[]): string {
  const variable = variableOf(path);
  const guardable = guardableTypes().includes(type);
  const code: { readonly [kind in BackupProtection]: string | undefined } = {
    GUARD: guardable ? `OnDemandBackup.guard(${variable}, { deleteAfter: Duration.days(35) });` : undefined,
    FINAL_BACKUP: guardable ? `OnDemandBackup.guard(${variable}, { deleteAfter: Duration.days(35), finalBackup: true });` : undefined,
    BACKUP_PLAN: `plan.addSelection('${path.split('/').pop()}', { resources: [BackupResource.fromConstruct(${variable})] });`,
    POINT_IN_TIME_RECOVERY: 'pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true }, or a retention for automated backups',
    SNAPSHOT_POLICY: `${variable}.applyRemovalPolicy(RemovalPolicy.SNAPSHOT);`,
  };
  return counts.map((kind) => code[kind]).find((each) => each !== undefined) ?? code.BACKUP_PLAN!;
}
