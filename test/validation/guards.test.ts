import { testRules } from './rule-cases';
import { GUARD_RULES, GuardedView, GuardView } from '../../src/validation/guards';

const guard = (resource: Partial<GuardedView> | undefined, beforeChange = true, finalBackup = false): GuardView =>
  ({ resource: resource && { path: 'Stack/It', type: 'AWS::S3::Bucket', ...resource }, beforeChange, finalBackup });

testRules(GUARD_RULES, [
  {
    rule: 'GuardOfNothing',
    found: [['what nobody here defines', guard(undefined), { prop: 'construct', value: 'a construct without a CloudFormation resource' }]],
    passes: [['a resource', guard({})]],
  },
  {
    rule: 'GuardNotPossible',
    found: [['a type with a reason', guard({ whyNot: 'it is so' }), { prop: 'construct', value: 'AWS::S3::Bucket', because: 'It cannot be guarded: it is so.' }]],
    passes: [['a type without', guard({})], ['nothing', guard(undefined)]],
  },
  {
    rule: 'GuardTwice',
    found: [['a second one', guard({ guard: 'Stack/Guard' }), { prop: 'construct', value: 'Stack/It, which Stack/Guard guards already' }]],
    passes: [['a first one', guard({})], ['nothing', guard(undefined)]],
  },
  {
    rule: 'GuardOfNoChange',
    found: [['neither', guard({}, false, false), { prop: 'beforeChange', value: 'false without finalBackup' }]],
    passes: [['changes', guard({}, true, false)], ['a deletion', guard({}, false, true)], ['both', guard({}, true, true)]],
  },
]);

test('what can be guarded is said', () => {
  const { remedy } = GUARD_RULES.find(({ id }) => id === 'GuardNotPossible')!;
  expect(remedy).toMatch(/AWS::DynamoDB::Table, .*AWS::S3::Bucket/);
  expect(remedy).not.toMatch(/AWS::CloudFormation::Stack|AWS::FSx::Volume/);
});
