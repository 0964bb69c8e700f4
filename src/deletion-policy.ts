const KEEPS = ['Retain', 'RetainExceptOnCreate'];

/** Whether a DeletionPolicy or UpdateReplacePolicy keeps the resource itself; `Snapshot` keeps only a copy of it. */
export function keepsResource(policy: string | undefined): boolean {
  return policy !== undefined && KEEPS.includes(policy);
}

/** Whether a DeletionPolicy or UpdateReplacePolicy keeps the data, in the resource or in a snapshot. */
export function keepsData(policy: string | undefined): boolean {
  return policy === 'Snapshot' || keepsResource(policy);
}
