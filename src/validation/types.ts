import { rowsOfArn } from '../arn-view';
import { ResourceFacts } from '../resource-facts';
import { SourceView } from './props-view';

/**
 * The rows of the table that a source can be: those of its type that its ARN fits, or those that its ARN alone leaves.
 * None where nothing is known, or the type is newer than this library.
 */
export function candidates(source: SourceView | undefined): readonly ResourceFacts[] {
  if (!source) {
    return [];
  }
  const known = CANDIDATES.get(source) ?? candidatesOf(source);
  CANDIDATES.set(source, known);
  return known;
}

/** A view never changes, and a dozen rules ask. */
const CANDIDATES = new WeakMap<SourceView, readonly ResourceFacts[]>();

function candidatesOf({ arn, type, cloudFormationType, fileSystemType }: SourceView): readonly ResourceFacts[] {
  const rows = rowsOfArn(arn, type);
  const fitting = rows.filter((row) => isOfCloudFormationType(row, cloudFormationType, fileSystemType));
  return fitting.length > 0 ? fitting : rows;
}

function isOfCloudFormationType(row: ResourceFacts, type: string | undefined, fileSystemType: string | undefined): boolean {
  const facts = type === undefined ? {} : row.cloudFormation[type];
  return facts !== undefined && (fileSystemType === undefined || (facts.fileSystemTypes?.includes(fileSystemType) ?? true));
}

/** Whether something holds whatever the source turns out to be; false where nothing is known. */
export function isOnly(source: SourceView | undefined, holds: (row: ResourceFacts) => boolean): boolean {
  const rows = candidates(source);
  return rows.length > 0 && rows.every(holds);
}

/** What a source is, for messages. */
export function typeText(source: SourceView | undefined): string {
  return source?.type ?? [...new Set(candidates(source).map((row) => row.type))].join(' or ');
}
