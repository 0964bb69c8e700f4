import { BackupRule, OnDemandBackupChecksProps } from './checks-props';

/** One rule over a kind of subject. */
export interface CheckRule<T> {
  readonly id: BackupRule;
  /** What has to hold. */
  readonly sentence: string;
  readonly isOn: (props: OnDemandBackupChecksProps) => boolean;
  /** What was seen where it does not hold. Throws where it cannot be told. */
  readonly check: (subject: T, props: OnDemandBackupChecksProps) => string | undefined;
  /** What to write instead, as code. */
  readonly fix: (subject: T, props: OnDemandBackupChecksProps) => string;
}

/** A name for the construct at a path, as code would have it. */
export function variableOf(path: string): string {
  const id = path.split('/').pop()!.replace(/[^A-Za-z0-9]/g, '');
  return id === '' ? 'construct' : id[0].toLowerCase() + id.slice(1);
}
