import { CfnResource, IResolvable, IResolveContext, Lazy, Stack } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { BackupGraph, SettledStack } from './backup-graph';
import { backupableIds, FinalSource, finalSource, onCondition } from './final-entries';
import { deletionPolicyOf } from './overrides';
import { FINAL_ID } from './own-resources';
import { Provider } from './provider';
import { EXTENSION, EXTENSION_VERSION, FINAL_RESOURCE_TYPE, FinalEntry, serviceTimeoutFor } from './request';
import { waitShares } from './request-properties';
import { addWarnings } from './validation/collect';
import { FINAL_PART_RULES, FINAL_SOURCE_RULES } from './validation/final-backups';
import { describe } from './validation/problem';
import { runRules } from './validation/run-rules';

/** The last backup of one source. Shared by copies of this library in one app, so it can only grow. */
export interface FinalBackup {
  /** The construct that asks for it. */
  readonly construct: IConstruct;
  /** The L1 of the source, in this stack. */
  readonly source: CfnResource;
  /** What backs up the same source before its changes. */
  readonly guard?: CfnResource;
  /** AWS Backup's name for the kind of the source, where it is known. */
  readonly sourceResourceType?: string;
  readonly resourceArn: string;
  readonly request: Omit<FinalEntry, 'LogicalId' | 'SourceResourceType' | 'ResourceArn' | 'Parts'>;
  /** Seconds. */
  readonly timeout: number;
}

/**
 * The last backups of a stack: one resource, because only what stays in the template hears of sources that leave it
 * while there is still time, and only what depends on everything is deleted before anything.
 */
export class FinalBackups extends Construct {
  /** Those of the stack; made by whichever copy of the library comes first. */
  public static of(stack: Stack): FinalBackups {
    return (stack.node.tryFindChild(FINAL_ID) as FinalBackups | undefined) ?? new FinalBackups(stack);
  }

  /** The one of a source, if it is asked for already. */
  public static find(source: CfnResource): FinalBackup | undefined {
    const existing = Stack.of(source).node.tryFindChild(FINAL_ID) as FinalBackups | undefined;
    return existing?.backups.get(source);
  }

  /** By source. */
  private readonly backups = new Map<CfnResource, FinalBackup>();
  private readonly parts: CfnResource[] = [];
  private readonly graph: BackupGraph;

  private constructor(stack: Stack) {
    super(stack, FINAL_ID);
    this.graph = BackupGraph.of(stack);
    Provider.of(this).retainLog();
    this.node.addValidation({ validate: () => [...this.warn(), ...this.retainedParts()] });
  }

  public add(backup: FinalBackup): void {
    this.backups.set(backup.source, backup);
    while (this.parts.length < waitShares(backup.timeout).length) {
      this.parts.push(this.part(this.parts.length));
    }
  }

  /**
   * A resource lives for an hour at most, so each further hour takes another one, with the backups that may take so long.
   * Each waits for the one before it: in an update the first comes first, in a deletion the first goes last, and whichever
   * is the last to come or go lets nothing pass that is not COMPLETED.
   */
  private part(index: number): CfnResource {
    const provider = Provider.of(this);
    const resource = new CfnResource(this, index === 0 ? 'Resource' : `Part${index + 1}`, {
      type: FINAL_RESOURCE_TYPE,
      properties: {
        ServiceToken: provider.serviceToken,
        ServiceTimeout: Lazy.uncachedAny({ produce: () => serviceTimeoutFor(this.share(index)) }),
        [EXTENSION]: {
          Version: EXTENSION_VERSION,
          StateMachineArn: provider.waiting().stateMachineArn,
          Timeout: Lazy.uncachedAny({ produce: () => this.share(index) }),
          Part: Lazy.uncachedAny({ produce: () => this.parts.length > 1 ? index + 1 : undefined }),
          Parts: Lazy.uncachedAny({ produce: () => this.parts.length > 1 ? this.parts.length : undefined }),
          First: index > 0 ? this.parts[0].logicalId : undefined,
          Entries: this.entries(index),
          Present: this.graph.whenSettled(({ rendered }) => backupableIds(rendered.resources)),
        },
      },
    });
    this.graph.addFinal(resource);
    if (index === 0) {
      this.graph.dependAtSynth(resource, (settled) => this.tops(settled));
    } else {
      resource.node.addDependency(this.parts[index - 1]);
      provider.readEvents();
    }
    return resource;
  }

  private entries(index: number): IResolvable {
    return Lazy.uncachedAny({
      produce: (context) => {
        const settled = this.graph.settlement(context);
        return settled
          ? this.lasting(index).flatMap((backup) => this.entry(backup, settled, context))
          // Vaults and roles can be of other stacks, so CDK has to see them.
          : [...new Set([...this.backups.values()].flatMap(({ request }) => Object.values(this.shared(request, context))))];
      },
    });
  }

  private entry(
    { source, guard, sourceResourceType, request, resourceArn, timeout }: FinalBackup, settled: SettledStack, context: IResolveContext,
  ): FinalEntry[] {
    const deletable = this.deletable(source, settled);
    const { length: parts } = waitShares(timeout);
    return deletable
      ? [onCondition(deletable.condition, Object.assign({
        LogicalId: deletable.logicalId,
        SourceResourceType: sourceResourceType,
        Guard: guard && this.graph.refOf(guard),
        ResourceArn: resourceArn,
      }, this.shared(request, context), { Parts: parts > 1 ? parts : undefined }))]
      : [];
  }

  private shared(request: FinalBackup['request'], context: IResolveContext): FinalBackup['request'] {
    return Object.assign({}, request, {
      BackupVaultName: this.graph.shared(request.BackupVaultName, context),
      IamRoleArn: this.graph.shared(request.IamRoleArn, context),
    });
  }

  /** The backups that may take longer than so many hours. */
  private lasting(hours: number): FinalBackup[] {
    return [...this.backups.values()].filter(({ timeout }) => waitShares(timeout).length > hours);
  }

  private share(index: number): number {
    return Math.max(...this.lasting(index).map(({ timeout }) => waitShares(timeout)[index]));
  }

  /** Everything in the stack, by what nothing else waits for; but for the sources, which the entries refer to. */
  private tops(settled: SettledStack): string[] {
    const referred = new Set([...this.backups.keys()].map((source) => this.deletable(source, settled)?.logicalId));
    return settled.settlement.tops.filter((id) => !referred.has(id));
  }

  /** A source that CloudFormation deletes when it leaves the stack. */
  private deletable(source: CfnResource, settled: SettledStack): FinalSource | undefined {
    const rendered = this.rendered(source, settled);
    return rendered?.retained ? undefined : rendered;
  }

  private rendered(source: CfnResource, { rendered }: SettledStack): FinalSource | undefined {
    const logicalId = this.graph.idOf(source);
    return finalSource(logicalId, rendered.resources[logicalId]);
  }

  /** Why there will be no final backup when the stack is deleted, though there is something to back up. */
  private retainedParts(): string[] {
    const settled = this.graph.settlement()!;
    return [...this.backups.keys()].some((source) => this.deletable(source, settled))
      ? this.parts.flatMap((part) => runRules(FINAL_PART_RULES, { path: part.node.path, deletionPolicy: deletionPolicyOf(part) }).problems).map(describe)
      : [];
  }

  /** Nothing here is an error, but some of it is hardly meant. */
  private warn(): string[] {
    const settled = this.graph.settlement()!;
    for (const { construct, source } of this.backups.values()) {
      const rendered = this.rendered(source, settled);
      addWarnings(construct, rendered ? runRules(FINAL_SOURCE_RULES, { path: source.node.path, ...rendered }).warnings : []);
    }
    return [];
  }
}
