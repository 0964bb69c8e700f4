import { CfnResource, IResolvable, IResolveContext, Lazy, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { dependOnAtSynth } from './all-dependencies';
import { WatchedResources } from './gate';
import { gatedBody } from './gated-body';
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
  private readonly bySource = new Map<string, CfnResource[]>();
  private readonly lazies = new Map<string, IResolvable>();
  private readonly resolved = new Map<string, unknown>();
  private readonly logicalIds = new Map<CfnResource, string>();
  private settling = false;
  private result?: SettledStack;

  private constructor(private readonly stack: Stack) {}

  /** Adds a backup, whose DependsOn and Condition are from then on what the graph says. */
  public add(member: GraphMember): void {
    this.members.push(member);
    const [first] = member.resources;
    for (const resource of member.resources) {
      resource.addOverride('Condition', this.whenSettled(({ settlement }) =>
        resource.cfnOptions.condition?.logicalId ?? settlement.backups.get(first)?.condition));
    }
    const sameSource = remembered(this.bySource, this.sourceKey(member), () => []);
    sameSource.push(first);
    // Of a single backup of a source there is nothing to order.
    (sameSource.length === 2 ? sameSource : sameSource.slice(2).slice(-1)).forEach((each) => {
      dependOnAtSynth(each, this, ({ settlement }) => settlement.backups.get(each)?.dependsOn ?? []);
    });
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

  /** A value that many backups have in common: resolved once for a template. */
  public shared(value: string): any {
    return !Token.isUnresolved(value) ? value : remembered(this.lazies, value, () => {
      // References to other stacks are what CDK prepares a template for.
      const own = Tokenization.reverseString(value).tokens.every((token) => Reference.isReference(token) && Stack.of(token.target) === this.stack);
      return Lazy.uncachedAny({ produce: (context) => !context.preparing ? this.resolve(value) : own ? undefined : value });
    });
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

  private settle(): SettledStack {
    const rendered = renderStack(this.stack);
    const { resources, parameters, constructs } = rendered;
    const bodyOf = (id: string, ignored: readonly string[]) => gatedBody(constructs.get(id)!, id, resources[id], ignored);
    const views = this.members.map((member) => this.view(member));
    const settled = settle({ resources, parameters, bodyOf }, views);
    const backups = new Map(this.members.map(({ resources: [first] }, i) => [first, settled.backups[i]]));
    return { rendered, settlement: { ...settled, backups } };
  }

  private view({ resources, source, sourceArn, ...member }: GraphMember): MemberView {
    const watched = member.watched();
    return {
      resources: resources.map((each) => this.idOf(each)),
      sourceKey: this.sourceKey({ source, sourceArn }),
      source: source && Stack.of(source) === this.stack ? this.idOf(source) : undefined,
      gated: watched && { own: watched.own.map((each) => this.idOf(each)), foreign: watched.foreign, ignored: watched.ignored },
    };
  }

  private sourceKey({ source, sourceArn }: Pick<GraphMember, 'source' | 'sourceArn'>): string {
    return source?.node.addr ?? JSON.stringify(this.stack.resolve(sourceArn));
  }

  private resolve(value: string): unknown {
    return remembered(this.resolved, value, () => this.stack.resolve(value));
  }

  private forget(): void {
    if (this.result) {
      this.result = undefined;
      this.resolved.clear();
      this.logicalIds.clear();
    }
  }
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
