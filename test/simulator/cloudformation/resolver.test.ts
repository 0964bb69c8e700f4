import { Resolver } from './resolver';
import { dependenciesOf, references, same, stringified } from './template';

const resolver = new Resolver({
  template: {
    Mappings: { M: { a: { b: 'mapped' } } },
    Conditions: {
      Yes: { 'Fn::Equals': ['a', { Ref: 'P' }] },
      No: { 'Fn::Not': [{ Condition: 'Yes' }] },
      Both: { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] },
      Either: { 'Fn::Or': [{ Condition: 'Yes' }, { Condition: 'No' }] },
    },
  },
  parameters: { P: 'a', L: ['x', 'y'] },
  pseudo: { 'AWS::Region': 'eu-west-1' },
  ref: (id) => id === 'R' ? 'physical' : undefined,
  attribute: (id, name) => `${id}:${name}`,
  imported: (name) => `imported ${name}`,
  dynamic: (reference) => reference === 'ssm:known' ? 'found' : undefined,
});

test.each<[unknown, unknown]>([
  [{ Ref: 'P' }, 'a'],
  [{ Ref: 'L' }, ['x', 'y']],
  [{ Ref: 'R' }, 'physical'],
  [{ Ref: 'AWS::Region' }, 'eu-west-1'],
  [{ 'Fn::GetAtt': ['R', 'Endpoint.Port'] }, 'R:Endpoint.Port'],
  [{ 'Fn::GetAtt': 'R.Endpoint.Port' }, 'R:Endpoint.Port'],
  [{ 'Fn::Sub': '${P}-${R.Arn}-${AWS::Region}-${!Literal}' }, 'a-R:Arn-eu-west-1-${Literal}'],
  [{ 'Fn::Sub': ['${X}${P}', { X: { Ref: 'R' } }] }, 'physicala'],
  [{ 'Fn::Join': ['-', ['1', { Ref: 'P' }, 3]] }, '1-a-3'],
  [{ 'Fn::Join': [',', { Ref: 'L' }] }, 'x,y'],
  [{ 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
  [{ 'Fn::FindInMap': ['M', { Ref: 'P' }, 'b'] }, 'mapped'],
  [{ 'Fn::FindInMap': ['M', 'z', 'b', { DefaultValue: 'other' }] }, 'other'],
  [{ 'Fn::ImportValue': { 'Fn::Sub': '${P}-export' } }, 'imported a-export'],
  [{ 'Fn::If': ['Yes', 1, { Ref: 'Missing' }] }, 1],
  [{ 'Fn::If': ['Both', 1, 2] }, 2],
  [{ 'Fn::If': ['Either', 1, 2] }, 1],
  [{ 'Fn::Base64': 'x' }, 'eA=='],
  [{ 'Fn::GetAZs': '' }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
  [{ a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] }, { b: [1] }],
  ['{{resolve:ssm:known}} and {{resolve:secretsmanager:x}}', 'found and {{resolve:secretsmanager:x}}'],
  [{ Ref: 'two', keys: 'are no intrinsic' }, { Ref: 'two', keys: 'are no intrinsic' }],
])('%j is %j', (expression, value) => {
  expect(resolver.resolve(expression)).toEqual(value);
});

test.each<[unknown, RegExp]>([
  [{ Ref: 'Missing' }, /Unresolved resource dependencies \[Missing\]/],
  [{ 'Fn::Transform': { Name: 'x' } }, /Fn::Transform is not supported/],
  [{ 'Fn::Select': [5, ['a']] }, /nonexistent value at index 5/],
  [{ 'Fn::FindInMap': ['M', 'z', 'b'] }, /Unable to get mapping for M::z::b/],
  [{ 'Fn::If': ['Unknown', 1, 2] }, /Unresolved condition dependency Unknown/],
])('%j fails', (expression, error) => {
  expect(() => resolver.resolve(expression)).toThrow(error);
});

test('references are found wherever they are', () => {
  const value = { 'a': [{ Ref: 'A' }, { 'Fn::Sub': ['${B} ${C.Arn} ${own} ${!D}', { own: { 'Fn::GetAtt': ['E', 'x'] } }] }], 'Fn::Join': ['', [{ 'Fn::GetAtt': 'F.Arn' }]] };
  expect([...references(value)].sort()).toEqual(['A', 'B', 'C', 'E', 'F']);
  expect(dependenciesOf({ Type: 'T', Properties: value, DependsOn: ['G', 'Z'] }, new Set(['A', 'G', 'F'])).sort()).toEqual(['A', 'F', 'G']);
});

test('the order of keys makes no difference, and scalars become strings', () => {
  expect(same({ a: 1, b: [2] }, { b: [2], a: 1 })).toBe(true);
  expect(same({ a: 1 }, { a: '1' })).toBe(false);
  expect(stringified({ a: 1, b: [true, { c: null }] })).toEqual({ a: '1', b: ['true', { c: 'null' }] });
});
