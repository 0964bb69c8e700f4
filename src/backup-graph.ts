import { CfnResource, IResolvable, IResolveContext, Lazy, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { Dependable, IDependable } from 'constructs';
import { WatchedResources } from './gate';
import { gatedBody } from './gated-body';
import { deletionPolicyOf, overridesOf } from './overrides';
import { RenderedStack, renderStack } from './rendered-stack';
import { MemberView, settle, SettledBackup, Settlement } from './settle';

const GRAPH = Symbol.for('cdk-on-demand-backup.graph');

/** A backup, as the graph of its stack knows it. Shared by copies of this library in one app, so it can only grow. */
export interface GraphMember {
  /** Each waits for the one before it. */
  readonly resources: readonly CfnResource[];
  /** The L1 of the source, where the app defines it. */
  readonly source?: CfnResource;
  /** What is backed up. */
  readonly sourceArn: string;
  /** What has to be there before any of the resources. */
  readonly needs: readonly IDependable[];
  /** What the resources refer to: values that can hold tokens. */
  readonly refersTo: () => readonly unknown[];
  /** What it looks for changes in, as it is rendered. */
  readonly watched: () => WatchedResources | undefined;
}

/**
 * What the backups of a stack are among each other and to the rest of it; one for each stack.
 *
 * It is settled when the template is written: Aspects, overrides and references of other stacks are then final. Before
 * that it says nothing, and forgets what it said of an earlier synthesis.
 */
export class BackupGraph {
  /** The graph of the stack; made by whichever copy of the library comes first. */
  public static of(stack: Stack): BackupGraph {
    const holder = stack as Stack & { [GRAPH]?: BackupGraph };
    if (!holder[GRAPH]) {
      Object.defineProperty(stack, GRAPH, { value: new BackupGraph(stack) });
    }
    return holder[GRAPH]!;
  }

  private readonly members: GraphMember[] = [];
  private readonly finals: CfnResource[] = [];
  private readonly ofOwnStack = new Map<string, boolean>();
  private readonly resolved = new Map<string, unknown>();
  private readonly logicalIds = new Map<CfnResource, string>();
  private readonly resourcesOf = new Map<IDependable, string[]>();
  private settling = false;
  private result?: SettledStack;

  private constructor(private readonly stack: Stack) {}

  /** Adds a backup, whose DependsOn and Condition are from then on what the graph says. */
  public add(member: GraphMember): void {
    this.members.push(member);
    const [first] = member.resources;
    for (const resource of member.resources) {
      const settled = ({ settlement }: SettledStack) => settlement.backups.get(first);
      resource.addOverride('Condition', this.whenSettled((stack) => resource.cfnOptions.condition?.logicalId ?? settled(stack)?.condition));
      this.dependAtSynth(resource, (stack) => [...this.idsOf(member.needs), ...resource === first ? settled(stack)!.dependsOn : []]);
    }
  }

  /** Adds a final backup. It waits for everything and nothing for it, so what it looks like follows from the rest. */
  public addFinal(resource: CfnResource): void {
    this.finals.push(resource);
  }

  /** Makes a resource wait for further logical ids, which are known only when the template is final. */
  public dependAtSynth(resource: CfnResource, more: (settled: SettledStack) => readonly string[]): void {
    // An override replaces what CDK has put there, so that is repeated.
    resource.addOverride('DependsOn', this.whenSettled((settled) => {
      const all = [...new Set([...this.knownDependencies(resource), ...more(settled)])];
      return all.length > 0 ? all : undefined;
    }));
  }

  /** A value that is known only when the template is final. There is nothing of other stacks in it. */
  public whenSettled(produce: (settled: SettledStack) => any): IResolvable {
    return Lazy.uncachedAny({
      produce: (context) => {
        const settled = this.settlement(context);
        return settled && produce(settled);
      },
    });
  }

  /** A value that backups have in common, as the template holds it. While CDK prepares the template, only what it does that for: references to other stacks. */
  public shared(value: string, context: IResolveContext): any {
    return !Token.isUnresolved(value) ? value
      : !context.preparing ? this.resolve(value)
        : this.isOfOwnStack(value) ? undefined : value;
  }

  /** A text as the template holds it: the same for all backups that have it, so it is resolved once. */
  public resolve(value: string): any {
    return remembered(this.resolved, value, () => this.stack.resolve(value));
  }

  /** The final template and its dependencies; nothing while the template is not final, or while they are being settled. */
  public settlement(context?: IResolveContext): SettledStack | undefined {
    if (context?.preparing) {
      this.forget();
      return undefined;
    }
    if (!this.result && !this.settling) {
      this.settling = true;
      try {
        this.result = this.settle();
      } finally {
        this.settling = false;
      }
    }
    return this.result;
  }

  /** The logical id of a resource of this stack. */
  public idOf(resource: CfnResource): string {
    return remembered(this.logicalIds, resource, () => this.stack.resolve(resource.logicalId));
  }

  /** A reference to a resource of this stack, as the template holds it. */
  public refOf(resource: CfnResource): string {
    // No token of CDK, which would find out the logical id once more.
    return { Ref: this.idOf(resource) } as unknown as string;
  }

  private settle(): SettledStack {
    const stubs = new Map<CfnResource, object>(this.finals.map((final) => [final, { Type: final.cfnResourceType }]));
    const texts = this.members.map(({ refersTo }) => tokensIn(refersTo()));
    this.resolveTogether(texts.flat());
    this.members.forEach((member, m) => member.resources.forEach((resource, i) => stubs.set(resource, this.stub(member, i, texts[m]))));
    const rendered = renderStack(this.stack, stubs);
    const { resources, parameters, constructs } = rendered;
    constructs.forEach((resource, id) => this.logicalIds.set(resource, id));
    const bodyOf = (id: string, ignored: readonly string[]) => gatedBody(constructs.get(id)!, id, resources[id], ignored);
    const settled = settle({ resources, parameters, bodyOf }, this.members.map((member) => this.view(member)));
    const backups = new Map(this.members.map(({ resources: [first] }, i) => [first, settled.backups[i]]));
    return { rendered, settlement: { ...settled, backups } };
  }

  /** A backup as far as the rest of the template is concerned: its own properties are not final yet. */
  private stub({ resources, needs }: GraphMember, index: number, texts: readonly string[]): object {
    const resource = resources[index];
    const { Properties: overridden } = overridesOf(resource);
    return {
      Type: resource.cfnResourceType,
      DependsOn: [...this.knownDependencies(resource), ...this.idsOf(needs), ...resources.slice(index - 1, index).map((previous) => this.idOf(previous))],
      DeletionPolicy: deletionPolicyOf(resource),
      Metadata: [...texts.map((text) => this.resolve(text)), overridden && this.stack.resolve(overridden)],
    };
  }

  /** The resources that CDK makes a resource wait for. */
  private knownDependencies(resource: CfnResource): string[] {
    return resource.obtainDependencies()
      .filter((each): each is CfnResource => CfnResource.isCfnResource(each) && Stack.of(each) === this.stack)
      .map((each) => this.idOf(each))
      .sort();
  }

  /** The resources of what a resource waits for. */
  private idsOf(dependables: readonly IDependable[]): string[] {
    return dependables.flatMap((dependable) => remembered(this.resourcesOf, dependable, () => Dependable.of(dependable).dependencyRoots
      .flatMap((root) => root.node.findAll())
      .filter(CfnResource.isCfnResource)
      .map((each) => this.idOf(each))));
  }

  private view(member: GraphMember): MemberView {
    const { resources, source } = member;
    const watched = member.watched();
    const own = source && Stack.of(source) === this.stack ? this.idOf(source) : undefined;
    return {
      resources: resources.map((each) => this.idOf(each)),
      sourceKey: own ?? this.sourceKey(member),
      source: own,
      gated: watched && { own: watched.own.map((each) => this.idOf(each)), foreign: watched.foreign, ignored: watched.ignored },
    };
  }

  private sourceKey({ source, sourceArn }: Pick<GraphMember, 'source' | 'sourceArn'>): string {
    return source?.node.addr ?? JSON.stringify(this.resolve(sourceArn));
  }

  /** All at once: one by one, CDK would measure each. */
  private resolveTogether(texts: readonly string[]): void {
    const distinct = [...new Set(texts)];
    // Each within an object, because CDK leaves out of a list what resolves to nothing.
    const values: { readonly value?: unknown }[] = this.stack.resolve(distinct.map((value) => ({ value })));
    values.forEach(({ value }, i) => this.resolved.set(distinct[i], value));
  }

  private isOfOwnStack(value: string): boolean {
    return remembered(this.ofOwnStack, value, () => Tokenization.reverseString(value).tokens
      .every((token) => Reference.isReference(token) && Stack.of(token.target) === this.stack));
  }

  private forget(): void {
    this.result = undefined;
    this.resolved.clear();
    this.logicalIds.clear();
    this.resourcesOf.clear();
  }
}

/** The texts in a value that hold tokens. */
function tokensIn(value: unknown): string[] {
  return typeof value === 'string' ? Token.isUnresolved(value) ? [value] : []
    : value !== null && typeof value === 'object' ? Object.values(value).flatMap(tokensIn) : [];
}

function remembered<K, V>(memory: Map<K, V>, key: K, produce: () => V): V {
  if (!memory.has(key)) {
    memory.set(key, produce());
  }
  return memory.get(key)!;
}

/** A stack, and what was settled of it. */
export interface SettledStack {
  readonly rendered: RenderedStack;
  readonly settlement: Pick<Settlement, 'graph' | 'tops'> & {
    /** By the first of their resources. */
    readonly backups: ReadonlyMap<CfnResource, SettledBackup>;
  };
}
