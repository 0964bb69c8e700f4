export { FAULTS, type Fault, type FaultCandidate, type FaultOptions, type Faults } from './faults';
export { type CopyJob, type CreatedBy, type Job, type Lifecycle, type RecoveryPoint, type StartRequest, type Vault } from './model';
export { DEFAULT_PLAN, type ChildPlan, type CopyPlan, type JobPlan, type Outcome, type Plans, type ScriptOptions } from './plan';
export { type RoleInput } from './roles';
export { BackupService, type BackupServiceOptions } from './service';
export { type BackupRecord, type CallOutcome, type RecordedCall, type RegionSettings, type SourceState } from './surroundings';
export { UNDOCUMENTED_DEFAULTS, type Judged, type JudgedIfAtAll, type Undocumented } from './undocumented';
export { type VaultInput } from './vaults';
