import { Clock } from '../clock';
import { Agenda } from './agenda';
import { Job } from './model';
import { Undocumented } from './undocumented';

/** Which types the account has opted in, and for which AWS Backup manages everything. */
export interface RegionSettings {
  readonly optIn: Readonly<Record<string, boolean>>;
  readonly management: Readonly<Record<string, boolean>>;
}

export type SourceState = 'exists' | 'gone' | 'creating';

/** What happened in the service, for recorders. */
export type BackupRecord =
  | { readonly kind: 'job-state'; readonly time: number; readonly job: Job }
  | { readonly kind: 'copy-state'; readonly time: number; readonly copyJobId: string; readonly sourceJobId: string; readonly state: string }
  | { readonly kind: 'recovery-point'; readonly time: number; readonly recoveryPointArn: string; readonly status: string }
  /** Somebody asked for the deletion of a recovery point: nothing in this project may ever do that. */
  | { readonly kind: 'RECOVERY-POINT-DELETION'; readonly time: number; readonly recoveryPointArn: string; readonly caller: string }
  | { readonly kind: 'call'; readonly time: number; readonly call: RecordedCall };

/** One call as tests see it. */
export interface RecordedCall {
  readonly time: number;
  /** Access key id, which names a role. */
  readonly caller: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly outcome: CallOutcome;
}

export type CallOutcome =
  | { readonly kind: 'success'; readonly output: Readonly<Record<string, unknown>> }
  | { readonly kind: 'error'; readonly type: string; readonly message: string; readonly status: number }
  /** Invented by a fault; `done` tells whether the service had done its work. */
  | { readonly kind: 'fault'; readonly what: string; readonly done: boolean };

/** What every part of the service may look at. */
export interface Surroundings {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  readonly clock: Clock;
  readonly agenda: Agenda;
  readonly undocumented: Undocumented;
  readonly ids: { uuid(): string; sequence(): number; random(): number };
  readonly settings: () => RegionSettings;
  readonly sourceState: (arn: string) => SourceState;
  readonly sourceContent: (arn: string) => string | undefined;
  readonly record: (entry: BackupRecord) => void;
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** Version 4 in shape; which one comes is up to the seed. */
export function uuidFrom(random: () => number): string {
  const hex = (digits: number) => Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[Math.floor(random() * 4)]}${hex(3)}-${hex(12)}`;
}
