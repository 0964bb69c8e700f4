import { Given, PropsView } from './props-view';
import { Finding, Rule } from './rule';
import { amount } from './text';
import { candidates, isOnly, typeText } from './types';

const LIFECYCLE = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html';
const PLAN_OPTIONS = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html';
const FEATURES = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html';
const DAY = 86_400;
const MAX_DAYS = 36_500;
/** The shortest time that anything can be in cold storage. */
const MIN_COLD_DAYS = 90;

/** How long a recovery point is kept, and where. */
export const LIFECYCLE_RULES: readonly Rule<PropsView>[] = [
  {
    id: 'LifecycleWholeDays',
    severity: 'error',
    rule: 'AWS Backup counts a lifecycle in whole days.',
    remedy: 'Use Duration.days() with a whole number.',
    see: LIFECYCLE,
    check: (view) => lifecycle(view, ['moveToColdStorageAfter', 'deleteAfter'], (days) => !Number.isInteger(days)),
  },
  {
    id: 'DeleteAfterRange',
    severity: 'error',
    rule: 'A recovery point is kept from 1 to 36,500 days.',
    remedy: 'Use Duration.days(1) to Duration.days(36500); to keep recovery points for ever, leave deleteAfter out.',
    see: LIFECYCLE,
    check: (view) => lifecycle(view, ['deleteAfter'], (days) => days < 1 || days > MAX_DAYS),
  },
  {
    id: 'ColdStorageRange',
    severity: 'error',
    rule: 'A recovery point moves to cold storage after 0 to 36,500 days.',
    remedy: 'Use at most Duration.days(36500), or leave moveToColdStorageAfter out.',
    see: LIFECYCLE,
    check: (view) => lifecycle(view, ['moveToColdStorageAfter'], (days) => days < 0 || days > MAX_DAYS),
  },
  {
    id: 'ColdStorageMinimum',
    severity: 'error',
    rule: 'A recovery point stays in cold storage for at least 90 days.',
    remedy: 'Make deleteAfter at least 90 days longer than moveToColdStorageAfter.',
    see: LIFECYCLE,
    check: ({ moveToColdStorageAfter, deleteAfter }) => {
      const [move, remove] = [moveToColdStorageAfter?.value, deleteAfter?.value];
      return move !== undefined && remove !== undefined && remove - move < MIN_COLD_DAYS * DAY
        ? [{ prop: 'deleteAfter', value: `${amount(remove)} with moveToColdStorageAfter of ${amount(move)}` }]
        : [];
    },
  },
  {
    id: 'KeepForeverOrDelete',
    severity: 'error',
    rule: 'Recovery points are either kept for ever or deleted.',
    remedy: 'Leave out deleteAfter or keepForever.',
    see: LIFECYCLE,
    check: ({ keepForever, deleteAfter }) => keepForever && deleteAfter
      ? [{ prop: 'keepForever', value: `true with deleteAfter of ${amount(deleteAfter.value)}` }]
      : [],
  },
  {
    id: 'RepeatingKeepsForever',
    severity: 'warning',
    rule: 'A trigger that repeats without deleteAfter keeps, and bills, every recovery point for ever.',
    remedy: 'Set deleteAfter, for example to Duration.days(35), or keepForever to true if that is meant.',
    see: PLAN_OPTIONS,
    check: ({ trigger, deleteAfter, keepForever }) => trigger.repeats && !deleteAfter && !keepForever
      ? [{ prop: 'deleteAfter', value: `nothing with the trigger ${trigger.kind}` }]
      : [],
  },
  {
    id: 'ColdStorageIgnored',
    severity: 'warning',
    rule: 'AWS Backup ignores the move to cold storage for this resource type.',
    remedy: 'Leave moveToColdStorageAfter out.',
    see: FEATURES,
    check: (view) => moves(view, isOnly(view.source, (row) => row.coldStorage === 'no')),
  },
  {
    id: 'ColdStorageNeedsAdvancedFeatures',
    severity: 'warning',
    rule: 'Backups of DynamoDB move to cold storage only where the account has advanced features for DynamoDB backups on in this Region.',
    remedy: 'Check the setting with DescribeRegionSettings, then acknowledge this warning.',
    see: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html',
    check: (view) => moves(view, isOnly(view.source, (row) => row.coldStorage === 'depends')),
  },
  {
    id: 'ColdStorageUnclear',
    severity: 'warning',
    rule: 'The documentation of AWS Backup does not agree with itself on whether this resource type has cold storage.',
    remedy: 'Try it in your Region, then acknowledge this warning or leave moveToColdStorageAfter out.',
    see: FEATURES,
    check: (view) => moves(view, candidates(view.source).some((row) => row.coldStorage === 'unclear')),
  },
  {
    id: 'ArchiveOptInMissing',
    severity: 'error',
    rule: 'The cold storage of EBS is the snapshot archive, which has to be opted in to.',
    remedy: 'Set optInToArchive to true, or leave moveToColdStorageAfter out.',
    see: LIFECYCLE,
    check: (view) => view.optInToArchive ? [] : moves(view, isOnly(view.source, (row) => row.coldStorage === 'archive')),
  },
  {
    id: 'ArchiveOptInIgnored',
    severity: 'warning',
    rule: 'Opting in to the archive means something only for EBS, together with moveToColdStorageAfter.',
    remedy: 'Leave optInToArchive out.',
    see: LIFECYCLE,
    check: ({ optInToArchive, moveToColdStorageAfter, source }) =>
      optInToArchive && (!moveToColdStorageAfter || isOnly(source, (row) => row.coldStorage !== 'archive'))
        ? [{ prop: 'optInToArchive', value: `true for ${typeText(source) || 'this source'}` }]
        : [],
  },
];

function lifecycle(view: PropsView, props: ('moveToColdStorageAfter' | 'deleteAfter')[], isWrong: (days: number) => boolean): Finding[] {
  return props.flatMap((prop) => {
    const given: Given<number> | undefined = view[prop];
    return given?.value !== undefined && isWrong(given.value / DAY) ? [{ prop, value: amount(given.value) }] : [];
  });
}

function moves({ source, moveToColdStorageAfter: move }: PropsView, applies: boolean): Finding[] {
  return move && applies ? [{ prop: 'moveToColdStorageAfter', value: `${amount(move.value)} for ${typeText(source)}` }] : [];
}
