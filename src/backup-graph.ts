import { CfnResource, IResolveContext, Lazy, Stack } from 'aws-cdk-lib';
import { dependOnAtSynth, logicalIdOf } from './all-dependencies';
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
  private settling = false;
  private result?: SettledStack;

  private constructor(private readonly stack: Stack) {}

  /** Adds a backup, whose DependsOn and Condition are from then on what the graph says. */
  public add(member: GraphMember): void {
    this.members.push(member);
    const [first] = member.resources;
    const settled = (context: IResolveContext) => this.settled(context, first);
    dependOnAtSynth(first, (context) => settled(context)?.dependsOn ?? []);
    for (const resource of member.resources) {
      resource.addOverride('Condition', Lazy.uncachedAny({
        produce: (context) => resource.cfnOptions.condition?.logicalId ?? settled(context)?.condition,
      }));
    }
  }

  /** What the first resource of a backup has to look like; nothing while the template is not final. */
  public settled(context: IResolveContext, first: CfnResource): SettledBackup | undefined {
    return this.settlement(context)?.settlement.backups.get(logicalIdOf(first));
  }

  /** The final template and its dependencies; nothing while the template is not final, or while they are being settled. */
  public settlement(context?: IResolveContext): SettledStack | undefined {
    if (context?.preparing) {
      this.result = undefined;
      return undefined;
    }
    if (!this.result && !this.settling) {
      this.settling = true;
      try {
        const rendered = renderStack(this.stack);
        this.result = { rendered, settlement: settle(surroundings(rendered), this.members.map((member) => view(member, this.stack))) };
      } finally {
        this.settling = false;
      }
    }
    return this.result;
  }
}

/** A stack, and what was settled of it. */
export interface SettledStack {
  readonly rendered: RenderedStack;
  readonly settlement: Settlement;
}

function surroundings({ resources, parameters, constructs }: RenderedStack) {
  return {
    resources,
    parameters,
    bodyOf: (id: string, ignored: readonly string[]) => gatedBody(constructs.get(id)!, id, resources[id], ignored),
  };
}

function view({ resources, source, sourceArn, ...member }: GraphMember, stack: Stack): MemberView {
  const watched = member.watched();
  return {
    resources: resources.map(logicalIdOf),
    sourceKey: source?.node.addr ?? JSON.stringify(stack.resolve(sourceArn)),
    source: source && Stack.of(source) === stack ? logicalIdOf(source) : undefined,
    gated: watched && { own: watched.own.map(logicalIdOf), foreign: watched.foreign, ignored: watched.ignored },
  };
}
