import { createHash } from 'crypto';
import { EXTENSION, FinalEntry, FinalExtension } from '../../src/request';
import { StartInput, startInput } from '../request';
import { Terms, termsOf } from '../terms';

/** One source and the request for its last backup. */
export interface FinalItem {
  readonly logicalId: string;
  readonly start: StartInput;
  /** AWS Backup's name for the kind of the source. */
  readonly resourceType?: string;
  /** The PhysicalResourceId of the guard that backs up the source before it changes. */
  readonly guard?: string;
  /** How many parts have an entry for it, from the first. */
  readonly parts: number;
}

/** `Custom::OnDemandBackupFinal`: what was asked for, and what the template holds. */
export interface FinalRequest {
  readonly items: readonly FinalItem[];
  /** Logical ids that stay. */
  readonly present: ReadonlySet<string>;
  readonly terms: Terms;
  readonly part: number;
  readonly parts: number;
  /** Logical id of the first part, where this is another. */
  readonly first?: string;
}

export function finalRequest(properties: Readonly<Record<string, unknown>>): FinalRequest {
  const extension = properties[EXTENSION] as FinalExtension;
  return {
    items: (extension.Entries ?? []).map(item),
    present: new Set(extension.Present ?? []),
    // Strict, whatever the backups of the same source are: after this one there is no other.
    terms: { ...termsOf({ Timeout: extension.Timeout, StateMachineArn: extension.StateMachineArn }), onIssues: 'FAIL' },
    part: Number(extension.Part ?? 1),
    parts: Number(extension.Parts ?? 1),
    first: extension.First,
  };
}

function item(entry: FinalEntry): FinalItem {
  return { logicalId: entry.LogicalId, start: startInput(entry), resourceType: entry.SourceResourceType, guard: entry.Guard, parts: Number(entry.Parts ?? 1) };
}

/** What the resource stood for, so that the next update knows whether the old properties are those that last succeeded. */
export function finalIntentOf({ items, present }: FinalRequest): string {
  const parts = [1, items.map(({ logicalId, start }) => [logicalId, start.ResourceArn]).sort(), [...present].sort()];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20);
}
