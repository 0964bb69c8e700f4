import { fitsResource, ResourceFacts, TOKEN } from './resource-facts';
import { RESOURCE_TABLE, rowsOf } from './resource-table';

/** An ARN as far as it is known at synthesis. A part that is a token is undefined; a token within `resource` is written `{token}`. */
export interface ArnView {
  /** The whole text, tokens written `{token}`. */
  readonly text: string;
  /** The known text has the form of an ARN; also true where nothing can be said. */
  readonly wellFormed: boolean;
  readonly partition?: string;
  readonly service?: string;
  readonly region?: string;
  readonly account?: string;
  readonly resource?: string;
}

/** Reads an ARN in which tokens are written `{token}`. */
export function parseArn(text: string): ArnView {
  const [prefix, partition, service, region, account, ...rest] = text.split(':');
  if (prefix.includes(TOKEN)) {
    return { text, wellFormed: true };
  }
  const resource = rest.join(':');
  return {
    text,
    wellFormed: prefix === 'arn' && (resource !== '' || text.includes(TOKEN)),
    partition: known(partition),
    service: known(service),
    region: known(region),
    account: known(account),
    resource: resource === '' || resource === TOKEN ? undefined : resource,
  };
}

function known(part: string | undefined): string | undefined {
  return part?.includes(TOKEN) ? undefined : part;
}

/**
 * The rows of the table that an ARN leaves, of a type or of any.
 *
 * One that fits none, such as that of an index, leaves all of its service: what it is a part of is still one of them.
 */
export function rowsOfArn({ service, resource }: ArnView, type?: string): readonly ResourceFacts[] {
  const rows = type === undefined ? RESOURCE_TABLE.filter((row) => row.service === service) : rowsOf(type);
  const fitting = rows.filter((row) => resource === undefined || fitsResource(row, resource));
  return fitting.length > 0 ? fitting : rows;
}
