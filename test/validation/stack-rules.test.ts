import { stackView } from './fixtures';
import { testRules } from './rule-cases';
import { STACK_RULES } from '../../src/validation/stack-rules';

const outputs = (count: number) => stackView({ outputs: Array.from({ length: count }, (_, i) => `o${i}`) });
const resources = (count: number, resourceLimit = 500) => stackView({
  resourceLimit, resources: Object.fromEntries(Array.from({ length: count }, (_, i) => [`r${i}`, { Type: 'T' }])),
});
/** A role whose policies have exactly so many characters. */
const role = (size: number, own = ['Role']) => stackView({
  own,
  paths: { Role: 'Stack/Role' },
  resources: { Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { a: 'x'.repeat(size - '{"a":""}'.length) } }] } } },
});
const graph = (edges: { [id: string]: string[] }, own = Object.keys(edges)) => stackView({
  own,
  graph: new Map(Object.entries(edges).map(([id, targets]) => [id, new Set(targets)])),
  paths: Object.fromEntries(Object.keys(edges).map((id) => [id, `Stack/${id}`])),
});
const cycle = (...ids: string[]) => ({ prop: 'stack', value: ids.map((id) => `${id} (Stack/${id})`).join(' → ') });

testRules(STACK_RULES, [
  { rule: 'TooManyOutputs', found: [['201', outputs(201), { prop: 'jobIdOutput', value: '201 outputs in the stack' }]], passes: [['200', outputs(200)]] },
  {
    rule: 'TooManyResources',
    found: [
      ['501', resources(501), { prop: 'stack', value: '501 resources, with a limit of 500' }],
      ['more than a limit of the user', resources(11, 10), { prop: 'stack', value: '11 resources, with a limit of 10' }],
    ],
    passes: [['500', resources(500)], ['no limit', resources(501, 0)]],
  },
  {
    rule: 'InlinePoliciesTooLong',
    found: [['10,241', role(10_241), { prop: 'stack', value: 'about 10241 characters on Stack/Role' }]],
    passes: [['10,240', role(10_240)], ['a role of the user', role(10_241, [])]],
  },
  {
    rule: 'DependencyCycle',
    found: [
      ['itself', graph({ a: ['a'] }), cycle('a', 'a')],
      ['two', graph({ a: ['b'], b: ['a'] }), cycle('a', 'b', 'a')],
      ['the shortest of several ways', graph({ a: ['b', 'd'], b: ['c'], c: ['a'], d: ['a'] }, ['a']), cycle('a', 'd', 'a')],
      ['two groups', graph({ a: ['b'], b: ['a'], c: ['d'], d: ['c'] }), cycle('a', 'b', 'a'), cycle('c', 'd', 'c')],
      ['only from what is ours', graph({ a: ['b'], b: ['a'] }, ['b']), cycle('b', 'a', 'b')],
    ],
    passes: [
      ['a chain', graph({ a: ['b'], b: ['c'], c: [] })],
      ['two ways to one', graph({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] })],
      ['a cycle of others', graph({ a: ['b'], b: ['c'], c: ['b'] }, ['a'])],
    ],
  },
]);
