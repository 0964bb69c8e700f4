import { CfnResource, IResolveContext, Lazy, Stack } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { dependOnAtSynth, logicalIdOf } from './all-dependencies';
import { BackupGraph } from './backup-graph';
import { backupableIds, FinalSource, finalSource, onCondition } from './final-entries';
import { finalWarnings } from './final-warnings';
import { FINAL_ID } from './own-resources';
import { Provider } from './provider';
import { EXTENSION, EXTENSION_VERSION, FINAL_RESOURCE_TYPE, FinalEntry, FinalExtension, serviceTimeoutFor } from './request';
import { waitShares } from './request-properties';
import { addWarnings } from './validation/collect';

/** The last backup of one source. Shared by copies of this library in one app, so it can only grow. */
export interface FinalBackup {
  /** The construct that asks for it. */
  readonly construct: IConstruct;
  /** The L1 of the source, in this stack. */
  readonly source: CfnResource;
  /** AWS Backup's name for the kind of the source, where it is known. */
  readonly sourceResourceType?: string;
  readonly request: Omit<FinalEntry, 'LogicalId' | 'SourceResourceType'>;
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
    return existing?.backups.find((backup) => backup.source === source);
  }

  private readonly backups: FinalBackup[] = [];
  private readonly parts: CfnResource[] = [];

  private constructor(private readonly stack: Stack) {
    super(stack, FINAL_ID);
    this.node.addValidation({ validate: () => this.warn() });
  }

  public add(backup: FinalBackup): void {
    this.backups.push(backup);
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
    const { stateMachineArn } = provider.waiting();
    const resource = new CfnResource(this, index === 0 ? 'Resource' : `Part${index + 1}`, {
      type: FINAL_RESOURCE_TYPE,
      properties: {
        ServiceToken: provider.serviceToken,
        ServiceTimeout: Lazy.uncachedAny({ produce: () => serviceTimeoutFor(this.share(index)) }),
        [EXTENSION]: Lazy.uncachedAny({ produce: (context) => this.extension(index, stateMachineArn, context) }),
      },
    });
    if (index === 0) {
      dependOnAtSynth(resource, (context) => this.tops(context));
    } else {
      resource.node.addDependency(this.parts[index - 1]);
    }
    return resource;
  }

  private extension(index: number, stateMachineArn: string, context: IResolveContext): FinalExtension {
    return {
      Version: EXTENSION_VERSION,
      StateMachineArn: stateMachineArn,
      Timeout: this.share(index),
      ...this.parts.length > 1 ? { Part: index + 1, Parts: this.parts.length } : {},
      Entries: this.lasting(index).flatMap((backup) => this.entry(backup, context)),
      Present: backupableIds(this.resources(context)),
    };
  }

  private entry({ source, sourceResourceType, request }: FinalBackup, context: IResolveContext): FinalEntry[] {
    const rendered = this.rendered(source, context);
    return rendered && !rendered.retained
      ? [onCondition(rendered.condition, { LogicalId: rendered.logicalId, SourceResourceType: sourceResourceType, ...request })]
      : [];
  }

  /** The backups that may take longer than so many hours. */
  private lasting(hours: number): FinalBackup[] {
    return this.backups.filter(({ timeout }) => waitShares(timeout).length > hours);
  }

  private share(index: number): number {
    return Math.max(...this.lasting(index).map(({ timeout }) => waitShares(timeout)[index]));
  }

  /** Everything in the stack, by what nothing else waits for; but for the sources, which the entries refer to. */
  private tops(context: IResolveContext): string[] {
    const referred = this.backups.map(({ source }) => this.rendered(source, context))
      .filter((source) => source && !source.retained)
      .map((source) => source!.logicalId);
    return BackupGraph.of(this.stack).settlement(context)?.settlement.tops.filter((id) => !referred.includes(id)) ?? [];
  }

  private rendered(source: CfnResource, context?: IResolveContext): FinalSource | undefined {
    const logicalId = logicalIdOf(source);
    return finalSource(logicalId, this.resources(context)[logicalId]);
  }

  private resources(context?: IResolveContext): { readonly [logicalId: string]: any } {
    return BackupGraph.of(this.stack).settlement(context)?.rendered.resources ?? {};
  }

  /** Nothing here is an error, but some of it is hardly meant. */
  private warn(): string[] {
    for (const { construct, source } of this.backups) {
      const rendered = this.rendered(source);
      addWarnings(construct, rendered ? finalWarnings(source.node.path, rendered) : []);
    }
    return [];
  }
}
