import * as fc from 'fast-check';
import { cycleThrough, DependencyGraph, dependencyGraph, reachableFrom } from '../src/dependency-graph';

const edgesOf = (resources: { [id: string]: any }) => Object.fromEntries(
  [...dependencyGraph(resources)].map(([id, targets]) => [id, [...targets].sort()]));

describe('the graph of a template', () => {
  const OTHERS = { B: {}, C: {}, D: {} };
  test.each<[string, any, string[]]>([
    ['DependsOn', { DependsOn: 'B' }, ['B']],
    ['a list of DependsOn', { DependsOn: ['B', 'C'] }, ['B', 'C']],
    ['Ref', { Properties: { x: [{ y: { Ref: 'B' } }] } }, ['B']],
    ['GetAtt', { Properties: { x: { 'Fn::GetAtt': ['B', 'Arn'] } } }, ['B']],
    ['GetAtt in one text', { Properties: { x: { 'Fn::GetAtt': 'B.Outputs.Arn' } } }, ['B']],
    ['Sub', { Properties: { x: { 'Fn::Sub': '${B}/${C.Arn}/${!D}/${AWS::Region}' } } }, ['B', 'C']],
    ['Sub with variables', { Properties: { x: { 'Fn::Sub': ['${B} ${v} ${ C }', { v: { Ref: 'D' }, B: 'text' }] } } }, ['C', 'D']],
    ['references in functions', { Properties: { x: { 'Fn::Join': ['', ['a', { Ref: 'B' }]] } } }, ['B']],
    ['metadata and policies', { Metadata: { x: { Ref: 'B' } }, UpdatePolicy: { x: { Ref: 'C' } } }, ['B', 'C']],
    ['itself', { Properties: { x: { Ref: 'A' } } }, ['A']],
    ['parameters and pseudo parameters, which are no resources', { Properties: { x: { Ref: 'Parameter' }, y: { Ref: 'AWS::Region' }, z: null } }, []],
    ['texts that only look like a reference', { Properties: { x: '${B}', y: 'B' } }, []],
  ])('knows %s', (_, resource, expected) => expect(edgesOf({ A: resource, ...OTHERS }).A).toEqual(expected));

  test('has every resource', () => expect(edgesOf({ A: {}, B: { DependsOn: 'A' } })).toEqual({ A: [], B: ['A'] }));
});

describe('the ways in a graph', () => {
  const SIZE = 8;
  const graphs = fc.array(fc.tuple(fc.nat(SIZE - 1), fc.nat(SIZE - 1)), { maxLength: 16 }).map((edges) => {
    const graph: DependencyGraph = new Map(Array.from({ length: SIZE }, (_, i) => [`${i}`, new Set<string>()]));
    edges.forEach(([from, to]) => graph.get(`${from}`)!.add(`${to}`));
    return graph;
  });

  test('are closed under one more step', () => {
    fc.assert(fc.property(graphs, (graph) => {
      const reached = reachableFrom(graph, '0');
      expect([...graph.get('0')!].every((id) => reached.has(id))).toBe(true);
      expect([...reached].every((id) => [...graph.get(id)!].every((next) => reached.has(next)))).toBe(true);
    }));
  });

  test('lead back exactly where something can be reached from itself, by steps that exist', () => {
    fc.assert(fc.property(graphs, (graph) => {
      const way = cycleThrough(graph, '0');
      expect(way !== undefined).toBe(reachableFrom(graph, '0').has('0'));
      way?.slice(1).forEach((id, i) => expect(graph.get(way[i])).toContain(id));
      expect(way === undefined || way[0] === '0' && way[way.length - 1] === '0').toBe(true);
    }));
  });

  test('may leave the graph', () => {
    expect(reachableFrom(new Map([['a', new Set(['b'])]]), 'a')).toEqual(new Set(['b']));
    expect(cycleThrough(new Map([['a', new Set(['b'])]]), 'a')).toBeUndefined();
  });

  test('are the shortest', () => {
    const graph = new Map([['a', new Set(['b', 'c'])], ['b', new Set(['d'])], ['d', new Set(['a'])], ['c', new Set(['a'])]]);
    expect(cycleThrough(graph, 'a')).toEqual(['a', 'c', 'a']);
  });
});
