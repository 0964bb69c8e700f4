import type { Memory } from './physical-id';
import { NOT_AVAILABLE, OnDemandBackupAttribute } from '../src/request';

/** Every attribute, always: `Fn::GetAtt` of one that is missing fails the deployment, even in a rollback. */
export function attributesOf({ job, instead }: Pick<Memory, 'job' | 'instead'>): Record<OnDemandBackupAttribute, string> {
  return {
    BackupJobId: job?.id ?? NOT_AVAILABLE,
    RecoveryPointArn: job?.recoveryPointArn ?? NOT_AVAILABLE,
    CreationDate: date(job?.createdAt),
    ResourceType: job?.resourceType ?? NOT_AVAILABLE,
    State: job?.state ?? instead?.state ?? NOT_AVAILABLE,
    StatusMessage: job?.statusMessage ?? instead?.message ?? '',
    CompletionDate: date(job?.completedAt),
    BackupSizeInBytes: job?.sizeInBytes?.toString() ?? NOT_AVAILABLE,
  };
}

function date(milliseconds: number | undefined): string {
  return milliseconds === undefined ? NOT_AVAILABLE : new Date(Math.floor(milliseconds / 1000) * 1000).toISOString();
}
