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
  const { arn: { service, resource }, type, cloudFormationType, fileSystemType } = source;
  const rows = type === undefined ? RESOURCE_TABLE.filter((row) => row.service === service) : rowsOf(type);
  const fitting = narrowed(rows, (row) => resource === undefined || fitsResource(row, resource));
  return narrowed(fitting, (row) => isOfCloudFormationType(row, cloudFormationType, fileSystemType));
}

function isOfCloudFormationType(row: ResourceFacts, type: string | undefined, fileSystemType: string | undefined): boolean {
  const facts = type === undefined ? {} : row.cloudFormation[type];
  return facts !== undefined && (fileSystemType === undefined || (facts.fileSystemTypes?.includes(fileSystemType) ?? true));
}

/** The rows for which something holds, or all: an ARN of the wrong shape is a problem of its own, and its type still says what cannot be. */
function narrowed(rows: readonly ResourceFacts[], holds: (row: ResourceFacts) => boolean): readonly ResourceFacts[] {
  const fitting = rows.filter(holds);
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
