import { Construct } from 'constructs';
import { extensionOf, idOf, newStack, templateOf } from './app';
import { gateOf, idOfBackup, table, thing } from './gated';
import { newFunction } from './sources';
import { comesAfter, graphOf } from './template-graph';
import { BackupSource, OnDemandBackup } from '../../src';

test('gates in front of resources that refer to each other make no cycle', () => {
  const build = (value: string) => {
    const stack = newStack();
    const [one, two] = [thing(stack, {}, 'One'), thing(stack, { Value: value }, 'Two')];
    const third = thing(stack, { One: one.ref, Two: two.ref }, 'Third');
    const fourth = thing(stack, { Third: third.ref, Two: two.ref }, 'Fourth');
    two.addPropertyOverride('One', one.ref);
    const gates = [third, one, fourth, two].map((each, i) => gateOf(stack, each, `Gate${i}`));
    const template = templateOf(stack);
    return gates.map((gate) => extensionOf(template, gate));
  };
  const [before, after] = [build('a'), build('b')];
  // Each resource waits for its gate, so at most one direction of each pair of gates can be watched.
  expect(before.flatMap(({ Watch = [] }) => Watch).length).toBeGreaterThan(0);
  expect(after[3].Gated).not.toEqual(before[3].Gated);
});

test('gates in front of services that refer to each other: each reference alone could be watched, not both', () => {
  const stack = newStack();
  const [first, second] = ['First', 'Second'].map((id) => new Construct(stack, id));
  const [door, safe] = [first, second].map((service) => thing(service, {}, 'Part'));
  const gates = [first, second].map((service, i) => gateOf(stack, service, `Gate${i}`));
  thing(first, { Other: safe.ref }, 'Client');
  thing(second, { Other: door.ref }, 'Client');
  const template = templateOf(stack);
  expect(gates.map((gate) => extensionOf(template, gate).Watch ?? [])).toEqual([[{ Ref: idOf(safe) }], []]);
});

test('backups of one source come one after another, whoever comes first', () => {
  const stack = newStack();
  const source = table(stack);
  const backups = ['C', 'A', 'B'].map((id) => new OnDemandBackup(stack, id, { source: BackupSource.fromDynamoDbTable(source) }));
  const guard = OnDemandBackup.guard(source);
  const graph = graphOf(templateOf(stack));
  const ids = [...backups, guard].map(idOfBackup);
  const pairs = ids.flatMap((a, i) => ids.slice(i + 1).map((b) => [a, b]));
  expect(pairs.filter(([a, b]) => comesAfter(graph, a, b) === comesAfter(graph, b, a))).toEqual([]);
  // The guard comes before its source, so before whatever refers to the source.
  expect(ids.slice(0, 3).every((id) => comesAfter(graph, id, ids[3]))).toBe(true);
});

test('a gate and a guard of one table, and a backup inside of what the gate holds back', () => {
  const stack = newStack();
  const source = table(stack);
  const fn = newFunction(stack);
  fn.addEnvironment('TABLE', source.tableName);
  const gate = new OnDemandBackup(stack, 'ZGate', { source: BackupSource.fromDynamoDbTable(source) });
  const inner = new OnDemandBackup(fn, 'Inner', { source: BackupSource.fromDynamoDbTable(source) });
  const guard = OnDemandBackup.guard(source);
  gate.executeBefore(fn);
  const graph = graphOf(templateOf(stack));
  expect(comesAfter(graph, idOfBackup(gate), idOfBackup(guard))).toBe(true);
  expect(comesAfter(graph, idOfBackup(inner), idOfBackup(gate))).toBe(true);
});

test('dependencies that CDK knows are kept', () => {
  const stack = newStack();
  const source = BackupSource.fromDynamoDbTable(table(stack));
  const [first, second] = ['A', 'B'].map((id) => new OnDemandBackup(stack, id, { source }));
  const other = thing(stack, {});
  second.node.addDependency(other);
  const { DependsOn } = templateOf(stack).Resources[idOfBackup(second)];
  expect(DependsOn).toEqual(expect.arrayContaining([idOf(other), idOfBackup(first), expect.stringMatching(/^OnDemandBackupProviderPermissions/)]));
});
