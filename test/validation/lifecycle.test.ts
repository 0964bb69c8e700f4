import * as fc from 'fast-check';
import { BUCKET, DAY, DSQL, FILE_SYSTEM, propsView, REDSHIFT, sourceView, TABLE, VOLUME } from './fixtures';
import { testRules } from './rule-cases';
import { LIFECYCLE_RULES } from '../../src/validation/lifecycle';
import { PropsView } from '../../src/validation/props-view';

const lifecycle = (move?: number, remove?: number, more: Partial<PropsView> = {}) => propsView({
  moveToColdStorageAfter: move === undefined ? undefined : { value: move * DAY },
  deleteAfter: remove === undefined ? undefined : { value: remove * DAY },
  source: sourceView(FILE_SYSTEM),
  ...more,
});
const of = (arn: string) => ({ source: sourceView(arn) });
const unknown = { source: sourceView('{token}') };

testRules(LIFECYCLE_RULES, [
  {
    rule: 'LifecycleWholeDays',
    found: [
      ['hours', lifecycle(0.5, 1.5), { prop: 'moveToColdStorageAfter', value: '12 hours' }, { prop: 'deleteAfter', value: '36 hours' }],
    ],
    passes: [['days', lifecycle(1, 100)], ['tokens', propsView({ moveToColdStorageAfter: {}, deleteAfter: {} })], ['nothing', lifecycle()]],
  },
  {
    rule: 'DeleteAfterRange',
    found: [
      ['none', lifecycle(undefined, 0), { prop: 'deleteAfter', value: '0 days' }],
      ['too long', lifecycle(undefined, 36_501), { prop: 'deleteAfter', value: '36501 days' }],
    ],
    passes: [['a day', lifecycle(undefined, 1)], ['36,500 days', lifecycle(undefined, 36_500)], ['cold storage at once', lifecycle(0)]],
  },
  {
    rule: 'ColdStorageRange',
    found: [
      ['before the backup', lifecycle(-1), { prop: 'moveToColdStorageAfter', value: '-1 days' }],
      ['too late', lifecycle(36_501), { prop: 'moveToColdStorageAfter', value: '36501 days' }],
    ],
    passes: [['at once', lifecycle(0)], ['36,500 days', lifecycle(36_500)], ['a deletion out of range', lifecycle(undefined, 0)]],
  },
  {
    rule: 'ColdStorageMinimum',
    found: [
      ['89 days', lifecycle(1, 90), { prop: 'deleteAfter', value: '90 days with moveToColdStorageAfter of 1 day' }],
      ['deleted before it is moved', lifecycle(100, 10), { prop: 'deleteAfter', value: '10 days with moveToColdStorageAfter of 100 days' }],
    ],
    passes: [
      ['90 days', lifecycle(1, 91)],
      ['no deletion', lifecycle(1)],
      ['no move', lifecycle(undefined, 10)],
      ['a move that is a token', propsView({ moveToColdStorageAfter: {}, deleteAfter: { value: DAY } })],
      ['a deletion that is a token', propsView({ moveToColdStorageAfter: { value: DAY }, deleteAfter: {} })],
    ],
  },
  {
    rule: 'KeepForeverOrDelete',
    found: [
      ['both', lifecycle(undefined, 35, { keepForever: true }), { prop: 'keepForever', value: 'true with deleteAfter of 35 days' }],
      ['both, one a token', propsView({ deleteAfter: {}, keepForever: true }), { prop: 'keepForever', value: 'true with deleteAfter of a token' }],
    ],
    passes: [['keeping', lifecycle(undefined, undefined, { keepForever: true })], ['deleting', lifecycle(undefined, 35)]],
  },
  {
    rule: 'RepeatingKeepsForever',
    found: [
      ['a repeating trigger', propsView({ trigger: { kind: 'EVERY_DEPLOYMENT', repeats: true } }),
        { prop: 'deleteAfter', value: 'nothing with the trigger EVERY_DEPLOYMENT' }],
    ],
    passes: [
      ['a single backup', propsView()],
      ['deleteAfter', propsView({ trigger: { kind: 'ON_CHANGE_OF', repeats: true }, deleteAfter: {} })],
      ['keepForever', propsView({ trigger: { kind: 'ON_CHANGE_OF', repeats: true }, keepForever: true })],
    ],
  },
  {
    rule: 'ColdStorageIgnored',
    found: [
      ['S3', lifecycle(1, undefined, of(BUCKET)), { prop: 'moveToColdStorageAfter', value: '1 day for S3' }],
      ['S3 with a token', propsView({ moveToColdStorageAfter: {}, ...of(BUCKET) }), { prop: 'moveToColdStorageAfter', value: 'a token for S3' }],
      ['a cluster that can only be of types without',
        lifecycle(1, undefined, of('arn:aws:rds:eu-west-1:111111111111:cluster:c')),
        { prop: 'moveToColdStorageAfter', value: '1 day for Aurora or DocumentDB or Neptune or RDS' }],
    ],
    passes: [['EFS', lifecycle(1)], ['S3 without a move', lifecycle(undefined, 1, of(BUCKET))], ['what is not known', lifecycle(1, undefined, unknown)]],
  },
  {
    rule: 'ColdStorageNeedsAdvancedFeatures',
    found: [['DynamoDB', lifecycle(1, undefined, of(TABLE)), { prop: 'moveToColdStorageAfter', value: '1 day for DynamoDB' }]],
    passes: [['EFS', lifecycle(1)], ['DynamoDB without a move', lifecycle(undefined, 1, of(TABLE))]],
  },
  {
    rule: 'ColdStorageUnclear',
    found: [
      ['DSQL', lifecycle(1, undefined, of(DSQL)), { prop: 'moveToColdStorageAfter', value: '1 day for DSQL' }],
      ['Redshift', lifecycle(1, undefined, of(REDSHIFT)), { prop: 'moveToColdStorageAfter', value: '1 day for Redshift' }],
      ['an FSx file system of any kind', lifecycle(1, undefined, of('arn:aws:fsx:eu-west-1:111111111111:file-system/fs-1')),
        { prop: 'moveToColdStorageAfter', value: '1 day for FSx' }],
    ],
    passes: [['EFS', lifecycle(1)], ['DSQL without a move', lifecycle(undefined, 1, of(DSQL))]],
  },
  {
    rule: 'ArchiveOptInMissing',
    found: [
      ['EBS without', lifecycle(1, undefined, of(VOLUME)), { prop: 'moveToColdStorageAfter', value: '1 day for EBS' }],
      ['EBS with false', lifecycle(1, undefined, { ...of(VOLUME), optInToArchive: false }), { prop: 'moveToColdStorageAfter', value: '1 day for EBS' }],
    ],
    passes: [['EBS with', lifecycle(1, undefined, { ...of(VOLUME), optInToArchive: true })], ['EBS that stays warm', lifecycle(undefined, 1, of(VOLUME))], ['EFS', lifecycle(1)]],
  },
  {
    rule: 'ArchiveOptInIgnored',
    found: [
      ['EFS', lifecycle(1, undefined, { optInToArchive: true }), { prop: 'optInToArchive', value: 'true for EFS' }],
      ['EBS that stays warm', lifecycle(undefined, 1, { ...of(VOLUME), optInToArchive: true }), { prop: 'optInToArchive', value: 'true for EBS' }],
      ['what is not known and stays warm', propsView({ ...unknown, optInToArchive: true }), { prop: 'optInToArchive', value: 'true for this source' }],
    ],
    passes: [
      ['EBS', lifecycle(1, undefined, { ...of(VOLUME), optInToArchive: true })],
      ['what is not known', lifecycle(1, undefined, { ...unknown, optInToArchive: true })],
      ['false', lifecycle(1, undefined, { optInToArchive: false })],
    ],
  },
]);

describe('lifecycles of any length', () => {
  const problems = (move: number | undefined, remove: number | undefined) =>
    LIFECYCLE_RULES.filter((rule) => rule.severity === 'error').flatMap((rule) => rule.check(lifecycle(move, remove)));

  test('are right with at least 90 days in cold storage', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 36_410 }), fc.integer({ min: 90, max: 36_500 }), (move, cold) => {
      fc.pre(move + cold <= 36_500);
      expect(problems(move, move + cold)).toEqual([]);
    }));
  });

  test('are wrong with less', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 36_500 }), fc.integer({ min: 1, max: 36_500 }), (move, remove) => {
      fc.pre(remove - move < 90);
      expect(problems(move, remove)).not.toEqual([]);
    }));
  });

  test('are wrong out of range or in parts of days', () => {
    const parts = fc.integer({ min: 1, max: 36_499 }).map((days) => days + 0.5);
    const wrong = fc.oneof(fc.constant(0), fc.integer({ min: 36_501, max: 1_000_000 }), parts);
    fc.assert(fc.property(wrong, (remove) => expect(problems(undefined, remove)).not.toEqual([])));
  });
});
