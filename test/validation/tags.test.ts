import * as fc from 'fast-check';
import { propsView } from './fixtures';
import { testRules } from './rule-cases';
import { TagView } from '../../src/validation/props-view';
import { TAG_RULES } from '../../src/validation/tags';

const tags = (...all: TagView[]) => propsView({ recoveryPointTags: all });
const tag = (key: string | undefined, value: string | undefined = 'v') => tags({ key, value });
const many = (count: number) => tags(...Array.from({ length: count }, (_, i) => ({ key: `k${i}`, value: 'v' })));

testRules(TAG_RULES, [
  { rule: 'TagCount', found: [['51', many(51), { prop: 'recoveryPointTags', value: '51 tags' }]], passes: [['50', many(50)], ['none', tags()]] },
  {
    rule: 'TagKeyLength',
    found: [
      ['an empty key', tag(''), { prop: "recoveryPointTags['']", value: "the key ''" }],
      ['129 characters', tag('k'.repeat(129)), {
        prop: `recoveryPointTags['${'k'.repeat(77)}…' (129 characters)]`, value: `the key '${'k'.repeat(77)}…' (129 characters)`,
      }],
    ],
    passes: [['one character', tag('k')], ['128 characters', tag('k'.repeat(128))], ['a token', tags({ value: 'v' })]],
  },
  {
    rule: 'TagValueLength',
    found: [['257 characters', tag('k', 'v'.repeat(257)), { prop: "recoveryPointTags['k']", value: 'a value of 257 characters' }]],
    passes: [['256 characters', tag('k', 'v'.repeat(256))], ['an empty value', tag('k', '')], ['a token', tags({ key: 'k' })]],
  },
  {
    rule: 'TagCharacters',
    found: [
      ['those of a key', tag('a*b*'), { prop: "recoveryPointTags['a*b*']", value: 'the characters "*"' }],
      ['those of a value', tag('k', '#é\n'), { prop: "recoveryPointTags['k']", value: 'the characters "#" "\\n"' }],
      ['those of a value under a key that is a token', tags({ value: '%' }), { prop: 'recoveryPointTags[a token]', value: 'the characters "%"' }],
      ['those of a key whose value is a token', tags({ key: '%' }), { prop: "recoveryPointTags['%']", value: 'the characters "%"' }],
    ],
    passes: [['all that is allowed', tag('Ключ 1_.:/=+-@', 'значение 1_.:/=+-@')], ['tokens', tags({})]],
  },
  {
    rule: 'TagPrefix',
    found: [
      ['aws:', tag('aws:x'), { prop: "recoveryPointTags['aws:x']", value: "the key 'aws:x'" }],
      ['AWS:', tag('AWS:x'), { prop: "recoveryPointTags['AWS:x']", value: "the key 'AWS:x'" }],
    ],
    passes: [['awsx', tag('awsx')], ['aws: elsewhere', tag('x-aws:', 'aws:x')], ['a token', tags({})]],
  },
  {
    rule: 'TagKeyCase',
    found: [
      ['two spellings', tags({ key: 'Env' }, { key: 'x' }, { key: 'env' }), { prop: 'recoveryPointTags', value: "'Env', 'env'" }],
    ],
    passes: [['different keys', tags({ key: 'a' }, { key: 'b' }, {})]],
  },
]);

test('tags of allowed characters are right', () => {
  const text = (min: number, max: number) => fc.string({ unit: fc.constantFrom(...'abcXYZ019 _.:/=+-@é漢'), minLength: min, maxLength: max });
  fc.assert(fc.property(fc.array(fc.tuple(text(1, 128), text(0, 256)), { maxLength: 50 }), (pairs) => {
    fc.pre(pairs.every(([key]) => !/^aws:/i.test(key)));
    const view = tags(...pairs.map(([key, value]) => ({ key, value })));
    expect(TAG_RULES.filter((rule) => rule.severity === 'error').flatMap((rule) => rule.check(view))).toEqual([]);
  }));
});
