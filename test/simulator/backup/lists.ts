import { invalidParameter } from './errors';
import { View } from './views';

/** Something that a list shows: records keep their place, so that a page begins where the last one ended. */
export interface Listed {
  readonly sequence: number;
  readonly view: View;
}

type Filter = (view: View, wanted: string) => boolean;

const equal = (member: string): Filter => (view, wanted) => view[member] === wanted;
const before = (member: string): Filter => (view, wanted) => typeof view[member] === 'number' && view[member] < dateOf(wanted);
const after = (member: string): Filter => (view, wanted) => typeof view[member] === 'number' && view[member] > dateOf(wanted);

export type Filters = Readonly<Record<string, Filter>>;

const DATES: Filters = {
  createdBefore: before('CreationDate'),
  createdAfter: after('CreationDate'),
  completeBefore: before('CompletionDate'),
  completeAfter: after('CompletionDate'),
};

const ALL_CATEGORIES: Filter = (view, wanted) => wanted === 'AGGREGATE_ALL' || view.MessageCategory === wanted;

/** By their names in the query. */
export const BACKUP_JOB_FILTERS: Filters = {
  ...DATES,
  resourceArn: equal('ResourceArn'),
  state: equal('State'),
  backupVaultName: equal('BackupVaultName'),
  resourceType: equal('ResourceType'),
  accountId: (view, wanted) => wanted === '*' || view.AccountId === wanted,
  parentJobId: equal('ParentJobId'),
  messageCategory: ALL_CATEGORIES,
};

export const COPY_JOB_FILTERS: Filters = {
  ...DATES,
  resourceArn: equal('ResourceArn'),
  state: equal('State'),
  resourceType: equal('ResourceType'),
  destinationVaultArn: equal('DestinationBackupVaultArn'),
  accountId: equal('AccountId'),
  parentJobId: equal('ParentJobId'),
  messageCategory: ALL_CATEGORIES,
  sourceRecoveryPointArn: equal('SourceRecoveryPointArn'),
};

export const RECOVERY_POINT_FILTERS: Filters = {
  createdBefore: DATES.createdBefore,
  createdAfter: DATES.createdAfter,
  resourceArn: equal('ResourceArn'),
  resourceType: equal('ResourceType'),
  backupPlanId: (view, wanted) => (view.CreatedBy as { BackupPlanId?: string } | undefined)?.BackupPlanId === wanted,
};

const MAX_RESULTS = 1000;

/** One page of what fits, the newest first. */
export function page(items: readonly Listed[], filters: Filters, query: Readonly<Record<string, string>>): { views: View[]; NextToken?: string } {
  const size = query.maxResults === undefined ? MAX_RESULTS : Number(query.maxResults);
  if (!Number.isInteger(size) || size < 1 || size > MAX_RESULTS) throw invalidParameter('MaxResults must be between 1 and 1000');
  const below = query.nextToken === undefined ? Infinity : decode(query.nextToken);
  const fitting = items
    .filter(({ sequence }) => sequence < below)
    .filter(({ view }) => Object.entries(filters).every(([name, fits]) => query[name] === undefined || fits(view, query[name])))
    .sort((a, b) => b.sequence - a.sequence);
  const shown = fitting.slice(0, size);
  return { views: shown.map(({ view }) => view), NextToken: fitting.length > size ? encode(shown[size - 1].sequence) : undefined };
}

const encode = (sequence: number): string => Buffer.from(`after:${sequence}`).toString('base64');

function decode(token: string): number {
  const [, sequence] = /^after:(\d+)$/.exec(Buffer.from(token, 'base64').toString()) ?? [];
  if (sequence === undefined) throw invalidParameter('Invalid NextToken');
  return Number(sequence);
}

/** Dates in a query are ISO 8601. */
function dateOf(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw invalidParameter(`Invalid date ${text}`);
  return time / 1000;
}
