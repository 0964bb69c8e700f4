import type { LambdaFaults, NetworkFaults, Undocumented } from '../simulator';
import type { Undocumented as BackupUndocumented } from '../simulator/backup';

/** What every history says of the account that it is played in. */
export interface Scripted {
  readonly seed: number;
  readonly undocumented: Partial<Undocumented>;
  readonly backupUndocumented: Partial<BackupUndocumented>;
  /** How often things go wrong, from 0 to 1. */
  readonly disturbance: Disturbance;
  /** Beside what is left to chance. */
  readonly lambda?: LambdaFaults;
  readonly network?: NetworkFaults;
}

export interface Disturbance {
  /** Invocations that crash. */
  readonly crashes: number;
  /** Calls that are refused, reset, late or lost. */
  readonly calls: number;
  /** Events that come twice, or late. */
  readonly deliveries: number;
  /** Synchronous invocations that are throttled. */
  readonly throttles: number;
}
