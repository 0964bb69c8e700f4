import { OnDemandBackupProps } from './on-demand-backup-props';

/** What a guard knows beside its props. */
export interface Guarded {
  readonly beforeChange: boolean;
  /** See `source-arn-format.ts`; pseudo parameters are written as `Fn::Sub` takes them. */
  readonly sourceArnFormat: string;
}

const GUARDED = Symbol('guarded');

/** Props that make the backup a guard; a key of its own, so that only `OnDemandBackup.guard()` can. */
export function guardProps(props: OnDemandBackupProps, guarded: Guarded): OnDemandBackupProps {
  return Object.assign({}, props, { [GUARDED]: guarded });
}

export function guardedBy(props: OnDemandBackupProps): Guarded | undefined {
  return (props as OnDemandBackupProps & { readonly [GUARDED]?: Guarded })[GUARDED];
}
