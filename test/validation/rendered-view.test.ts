import { literal, scalar } from '../../src/validation/rendered-view';

describe('a property of a template', () => {
  test.each<[string, unknown, unknown]>([
    ['a text', 'text', 'text'],
    ['a number', 30, 30],
    ['a list', ['a'], ['a']],
    ['an object', { Key: 'k' }, { Key: 'k' }],
    ['an object with nothing in it', {}, {}],
    ['an object with more than a Ref', { Ref: 'Parameter', Key: 'k' }, { Ref: 'Parameter', Key: 'k' }],
    ['an object with more than the Ref for nothing', { Ref: 'AWS::NoValue', Key: 'k' }, { Ref: 'AWS::NoValue', Key: 'k' }],
    ['an object with the text of nothing in another key', { Key: 'AWS::NoValue' }, { Key: 'AWS::NoValue' }],
    ['nothing', undefined, undefined],
    ['null', null, undefined],
    ['the Ref for nothing', { Ref: 'AWS::NoValue' }, undefined],
  ])('is known where it is %s', (_, value, known) => expect(literal(value)).toEqual({ known: true, value: known }));

  test.each<[string, object]>([
    ['a Ref', { Ref: 'Parameter' }],
    ['a condition', { Condition: 'IsProduction' }],
    ['a function', { 'Fn::GetAtt': ['Key', 'Arn'] }],
  ])('is not known where it is %s', (_, value) => expect(literal(value)).toEqual({ known: false }));

  test.each<[unknown, string | undefined]>([
    ['text', 'text'], [30, '30'], [false, 'false'], [{ Key: 'k' }, undefined], [['a'], undefined], [{ Ref: 'Parameter' }, undefined], [undefined, undefined], [null, undefined],
  ])('%j is the text %j', (value, text) => expect(scalar(value)).toBe(text));
});
