import * as fc from 'fast-check';
import { DependencyGraph, reachableFrom } from '../src/dependency-graph';
import { orderOneAfterAnother, Steps } from '../src/ordering';

const single = (...ids: string[]): Steps[] => ids.map((id) => ({ first: id, last: id }));
const graphOf = (edges: { [id: string]: string[] }): DependencyGraph => new Map(Object.entries(edges).map(([id, targets]) => [id, new Set(targets)]));
const order = (groups: Steps[][], edges: { [id: string]: string[] } = {}) =>
  orderOneAfterAnother(groups, graphOf(edges)).map(({ dependent, dependency }) => `${dependent} after ${dependency}`);

describe('backups of one source', () => {
  test('come one after another, as they were given', () => {
    expect(order([single('a', 'b', 'c'), single('x', 'y')])).toEqual(['b after a', 'c after b', 'y after x']);
  });

  test('of one member need no order', () => expect(order([single('a'), []])).toEqual([]));

  test('begin after the last step of the one before', () => {
    expect(order([[{ first: 'a', last: 'a2' }, { first: 'b', last: 'b2' }]], { a2: ['a'], b2: ['b'] })).toEqual(['b after a2']);
  });

  test('keep an order that is there already', () => {
    expect(order([single('a', 'b', 'c')], { a: ['c'] })).toEqual(['a after c', 'b after a']);
    expect(order([single('a', 'b')], { a: ['x'], x: ['b'] })).toEqual(['a after b']);
  });

  test('heed the order of other sources', () => {
    expect(order([single('a', 'b'), single('x', 'y')], { x: ['b'], a: ['y'] })).toEqual(['b after a', 'x after y']);
  });

  test('leave out what would close a cycle', () => {
    // a waits for b by its last step only, b for c, c for a: no order is right for all.
    const steps = ['a', 'b', 'c'].map((id) => ({ first: id, last: `${id}2` }));
    const edges = { a2: ['a', 'b'], b2: ['b', 'c'], c2: ['c', 'a'] };
    const found = orderOneAfterAnother([steps], graphOf(edges));
    const graph = graphOf(edges);
    found.forEach(({ dependent, dependency }) => graph.set(dependent, new Set([...graph.get(dependent) ?? [], dependency])));
    expect([...graph.keys()].filter((id) => reachableFrom(graph, id).has(id))).toEqual([]);
    expect(found.length).toBeLessThan(2);
  });

  test('do not change the graph that they were given', () => {
    const graph = graphOf({ a: [], b: [] });
    orderOneAfterAnother([single('a', 'b')], graph);
    expect(graph).toEqual(graphOf({ a: [], b: [] }));
  });

  test('are in one line, without a cycle, whatever depends on what', () => {
    const acyclic = fc.array(fc.tuple(fc.nat(9), fc.nat(9)).filter(([a, b]) => a !== b), { maxLength: 20 }).chain((pairs) =>
      fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { minLength: 10 }).map((rank) => {
        const graph: DependencyGraph = new Map(rank.map((i) => [`${i}`, new Set<string>()]));
        pairs.forEach(([a, b]) => graph.get(`${rank[Math.max(a, b)]}`)!.add(`${rank[Math.min(a, b)]}`));
        return graph;
      }));
    fc.assert(fc.property(acyclic, (graph) => {
      const groups = [single('0', '1', '2', '3'), single('4', '5', '6')];
      orderOneAfterAnother(groups, graph).forEach(({ dependent, dependency }) => graph.get(dependent)!.add(dependency));
      expect([...graph.keys()].filter((id) => reachableFrom(graph, id).has(id))).toEqual([]);
      for (const group of groups) {
        for (const { first: a } of group) {
          for (const { first: b } of group.filter(({ first }) => first !== a)) {
            expect(reachableFrom(graph, a).has(b) || reachableFrom(graph, b).has(a)).toBe(true);
          }
        }
      }
    }));
  });
});
