import { CfnResource } from 'aws-cdk-lib';
import { OnDemandBackupProps } from './on-demand-backup-props';

/** What a guard knows beside its props. */
export interface Guarded {
  /** The L1 that it guards. */
  readonly resource: CfnResource;
  readonly beforeChange: boolean;
  readonly sourceArnFormat: string;
}

const GUARDED = Symbol('guarded');

/** Props that make the backup a guard; a key of its own, so that only `OnDemandBackup.guard()` can. */
export function guardProps(props: OnDemandBackupProps, guarded: Guarded): OnDemandBackupProps {
  return Object.assign({ ...props }, { [GUARDED]: guarded });
}

export function guardedBy(props: OnDemandBackupProps): Guarded | undefined {
  return (props as OnDemandBackupProps & { readonly [GUARDED]?: Guarded })[GUARDED];
}
