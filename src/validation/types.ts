import { fitsResource, ResourceFacts } from '../resource-facts';
import { RESOURCE_TABLE, rowsOf } from '../resource-table';
import { SourceView } from './props-view';

/**
 * The rows of the table that a source can be: those of its type that its ARN fits, or those that its ARN alone leaves.
 * None where nothing is known, or the type is newer than this library.
 */
export function candidates(source: SourceView | undefined): readonly ResourceFacts[] {
  if (!source) {
    return [];
  }
  const { service, resource } = source.arn;
  const rows = source.type === undefined
    ? RESOURCE_TABLE.filter((row) => row.service === service)
    : rowsOf(source.type);
  const fitting = rows.filter((row) => resource === undefined || fitsResource(row, resource));
  // An ARN of the wrong shape is a problem of its own; the type still says what cannot be.
  return fitting.length > 0 ? fitting : rows;
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
