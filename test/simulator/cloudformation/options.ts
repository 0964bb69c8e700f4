/** What AWS does not document. A design has to be right under every setting. */
export interface Undocumented {
  /** OldResourceProperties of the Update that follows a failed one where rollback was disabled. */
  readonly oldPropertiesAfterFailure: 'last success' | 'last attempt';
  /** A replaced custom resource in a rollback: an Update back that carries the new id, or nothing but the Delete of the new id. */
  readonly rollbackOfReplacement: 'swapped update' | 'delete only';
  /** Custom resources at work when a sibling fails. */
  readonly siblingsOnFailure: 'cancelled' | 'awaited';
  /** Custom resources at work when the user cancels the update. */
  readonly siblingsOnCancel: 'cancelled' | 'awaited';
  /** What the next operation does with a custom resource that is CREATE_FAILED where rollback was disabled. */
  readonly retryOfFailedCreate: 'delete and create' | 'update';
  /** DescribeStackResource about a resource that an earlier operation has deleted, in a stack that still exists. */
  readonly deletedResource: 'described' | 'unknown';
  /** A nested stack whose creation fails: rolls back itself before the parent does, or is left for the parent to delete. */
  readonly nestedCreateFailure: 'rolls back itself' | 'left to the parent';
}

export const DEFAULT_UNDOCUMENTED: Undocumented = {
  oldPropertiesAfterFailure: 'last success',
  rollbackOfReplacement: 'swapped update',
  siblingsOnFailure: 'cancelled',
  siblingsOnCancel: 'cancelled',
  retryOfFailedCreate: 'delete and create',
  deletedResource: 'unknown',
  nestedCreateFailure: 'left to the parent',
};

/** What a test makes go wrong with one resource; undefined lets it go well. */
export interface ResourceFaults {
  /** The reason with which this step fails. Custom resources are asked before their function is. */
  (step: {
    readonly stackName: string;
    readonly logicalId: string;
    readonly type: string;
    readonly action: 'CREATE' | 'UPDATE' | 'DELETE';
    readonly rollback: boolean;
  }): string | undefined;
}

/** An answer for custom resources whose function is not in the assembly. */
export interface ForeignAnswer {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly physicalResourceId?: string;
  readonly reason?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}
