import { CfnResource, Duration, RemovalPolicy, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { extensionOf, idOf, newStack, templateOf } from './app';
import { newFunction, SourceKind, SOURCE_KINDS } from './sources';
import { comesAfter, graphOf } from './template-graph';
import { BackupCompletion, BackupSource, OnDemandBackup } from '../../src';

/** A source that is tied to a function in every way, both made before what backs them up. */
function build({ create, connect }: SourceKind, tag = '1') {
  const stack = newStack({ env: { account: '123456789012', region: 'eu-west-1' } });
  Tags.of(stack).add('build', tag);
  const source = create(stack);
  const resource = [source, source.node.defaultChild].find(CfnResource.isCfnResource)!;
  resource.applyRemovalPolicy(RemovalPolicy.DESTROY);
  const fn = newFunction(stack);
  return { stack, source, resource, fn, connect: () => connect?.(source, fn) };
}

/** The same with a guard and a final backup; what ties source and function comes after them. */
function guarded(kind: SourceKind, tag?: string) {
  const app = build(kind, tag);
  const guard = OnDemandBackup.guard(app.source, { finalBackup: true, completion: BackupCompletion.waitFor({ timeout: Duration.minutes(150) }) });
  app.connect();
  return { ...app, guard };
}

describe.each(SOURCE_KINDS.map((kind) => [kind.name, kind] as const))('%s', (_, kind) => {
  const app = guarded(kind);
  const template = templateOf(app.stack);
  const graph = graphOf(template);

  test('a guard with links, tied to a function in every direction, comes before the source', () => {
    const first = idOf(app.guard.node.findChild('Resource'));
    expect(graph.edges.get(idOf(app.source))).toContain(idOf(app.guard.node.findChild('Wait2')));
    expect(comesAfter(graph, idOf(app.source), first)).toBe(true);
    expect(comesAfter(graph, first, idOf(app.source))).toBe(false);
    expect(extensionOf(template, app.guard)).toMatchObject({ SourceLogicalId: idOf(app.source), Gated: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });

  test('the final backup is deployed after everything and deleted before everything', () => {
    const finals = Object.entries<any>(template.Resources).filter(([, { Type }]) => Type === 'Custom::OnDemandBackupFinal').map(([id]) => id);
    expect(finals).toHaveLength(3);
    const others = Object.keys(template.Resources).filter((id) => !finals.includes(id) && id !== 'CDKMetadata');
    expect(others.filter((id) => !comesAfter(graph, finals[0], id))).toEqual([]);
  });

  test('no logical id and no property of the source or of what is around it changes', () => {
    const plain = build(kind);
    plain.connect();
    const theirs = ({ Resources }: any) => Object.fromEntries(Object.entries<any>(Resources)
      .filter(([id, { Type }]) => !/^(OnDemandBackup|CDKMetadata)/.test(id) && !Type.startsWith('Custom::OnDemandBackup'))
      .map(([id, { DependsOn, ...rest }]) => [id, rest]));
    expect(theirs(template)).toEqual(theirs(templateOf(plain.stack)));
  });

  test('build tags are no change', () => {
    const other = guarded(kind, '2');
    expect(extensionOf(templateOf(other.stack), other.guard)).toEqual(extensionOf(template, app.guard));
  });

  test('a change of the source that comes after the guard is one', () => {
    const other = guarded(kind);
    other.resource.addPropertyOverride('Whatever', 'other');
    expect(extensionOf(templateOf(other.stack), other.guard).Gated).not.toEqual(extensionOf(template, app.guard).Gated);
  });

  test('a gate in front of the function comes after the source', () => {
    const { stack, source, fn, connect } = build(kind);
    const gate = new OnDemandBackup(stack, 'Gate', { source: BackupSource.fromConstruct(source), executeBefore: [fn] });
    connect();
    if (comesAfterWithout(kind)) {
      // A source that waits for the function cannot be backed up before it.
      expect(() => Template.fromStack(stack)).toThrow(/wait for each other|cycl/i);
      return;
    }
    const gated = graphOf(templateOf(stack));
    const backup = idOf(gate.node.findChild('Resource'));
    expect(comesAfter(gated, idOf(fn), backup)).toBe(true);
    expect(comesAfter(gated, backup, idOf(source))).toBe(true);
  });
});

/** Whether the source comes after the function even without a backup. */
function comesAfterWithout(kind: SourceKind): boolean {
  const { stack, source, fn, connect } = build(kind);
  connect();
  const graph = graphOf(templateOf(stack));
  return fn.node.findAll().filter(CfnResource.isCfnResource).some((each) => comesAfter(graph, idOf(source), idOf(each)));
}
