import { BackupRule } from './checks-props';

export type Severity = 'fatal' | 'error' | 'warning';

/** A rule that does not hold somewhere. */
export interface Finding {
  readonly rule: BackupRule;
  readonly severity: Severity;
  /** Of the construct, as people call it. */
  readonly path: string;
  /** Of what was created for it, by which CDK finds where. */
  readonly constructPath: string;
  readonly sentence: string;
  readonly seen: string;
  readonly fix: string;
  /** Where that was created in the code, if CDK recorded it. */
  readonly createdAt?: string;
  readonly waiver?: Waiver;
}

/** Why a finding is accepted. */
export interface Waiver {
  readonly by: 'acknowledgement' | 'exemption';
  readonly reason: string;
  /** Of the construct that it holds for. */
  readonly path: string;
  readonly ticket?: string;
  readonly expires?: string;
}
