import { CfnResource, Fn, IResolveContext, Lazy, Stack } from 'aws-cdk-lib';
import { Construct, IConstruct, IDependable } from 'constructs';
import { BackupCompletion, BackupCompletionKind } from './backup-completion';
import { BackupGraph } from './backup-graph';
import { BackupProblemAction } from './backup-problem-action';
import { BackupTrigger } from './backup-trigger';
import { watchedBy } from './gate';
import { guardedBy } from './guard-props';
import { OnDemandBackupProps } from './on-demand-backup-props';
import { IProvider, Provider } from './provider';
import { BACKUP_RESOURCE_TYPE, BackupExtension, EXTENSION, GateExtension, NOT_AVAILABLE, OnDemandBackupAttribute, serviceTimeoutFor, WAIT_RESOURCE_TYPE } from './request';
import { backupExtension, logicallyAirGappedVaultArn, RequestTarget, secondsOf, startBackupJobParameters, startWindowMinutes, waitExtension, waitShares } from './request-properties';
import { rowsOfCloudFormationType } from './resource-table';
import { SettledBackup } from './settle';

/** A backup as the construct has configured it. What a gate can still change is read when the template is written. */
export interface ConfiguredBackup extends RequestTarget {
  readonly onFailure: BackupProblemAction;
  readonly trigger: BackupTrigger;
  readonly completion: BackupCompletion;
  readonly gatedConstructs: readonly IConstruct[];
  readonly skipReason?: string;
}

/** What has to be there before a backup may use its target. */
export function permissionsFor(scope: IConstruct, { logicallyAirGappedVault: airGapped }: OnDemandBackupProps, { vault, role }: RequestTarget): IDependable {
  const vaultArns = [vault.backupVaultRef.backupVaultArn, ...airGapped ? [logicallyAirGappedVaultArn(airGapped)] : []];
  return Provider.of(scope).permissionsFor({ vaultArns, roleArn: role.roleRef.roleArn });
}

/** What the resources of a backup do not have in common. */
interface OwnProperties {
  readonly seconds: number | undefined;
  readonly extension: object;
}

/** The resources of one backup: the one that starts it, and one for each further hour that it may take. */
export class BackupResources {
  public readonly all: CfnResource[];
  public readonly first: CfnResource;
  /** Waits for the first, directly or not: its attributes are the final ones. */
  public readonly last: CfnResource;
  private readonly provider: IProvider;
  private readonly graph: BackupGraph;
  private readonly needs: IDependable[] = [];
  private readonly request: ReturnType<typeof startBackupJobParameters>;
  private stateMachineArn?: string;

  constructor(scope: Construct, private readonly props: OnDemandBackupProps, private readonly configured: ConfiguredBackup) {
    this.provider = Provider.of(scope);
    this.graph = BackupGraph.of(Stack.of(scope));
    this.needs.push(permissionsFor(scope, props, configured));
    this.request = startBackupJobParameters(props, configured);
    this.first = this.resource(scope, 'Resource', BACKUP_RESOURCE_TYPE, (context) => ({
      seconds: waitShares(secondsOf(configured.completion))[0],
      extension: this.extension(context),
    }));
    const resources = [this.first];
    if (configured.completion.kind === BackupCompletionKind.WAIT_FOR) {
      this.wait();
      waitShares(secondsOf(configured.completion)).slice(1).forEach((seconds, i) => resources.push(this.furtherWait(scope, seconds, resources[i], i + 1)));
    }
    this.all = resources;
    this.last = resources[resources.length - 1];
    this.graph.add({
      resources,
      source: props.source.cfnResource,
      sourceArn: props.source.resourceArn,
      needs: this.needs,
      refersTo: () => this.refersTo(),
      watched: () => watchedBy(configured.trigger, Stack.of(scope)),
    });
  }

  /** Makes the stack able to wait: what is gated later waits an hour, which takes no further resource. */
  public wait(): void {
    if (this.stateMachineArn === undefined) {
      const { stateMachineArn, permissions } = this.provider.waiting();
      this.stateMachineArn = stateMachineArn;
      this.needs.push(permissions);
    }
  }

  /** An attribute that can be asked for also where the source, and with it the backup, exists on a condition only. */
  public outputOf(attribute: OnDemandBackupAttribute): string {
    const value = this.last.getAtt(attribute).toString();
    return Lazy.uncachedString({
      produce: (context) => {
        const condition = this.settledBackup(context)?.condition;
        return condition === undefined ? value : Fn.conditionIf(condition, value, NOT_AVAILABLE).toString();
      },
    });
  }

  private furtherWait(scope: Construct, seconds: number, previous: CfnResource, index: number): CfnResource {
    const { completion, onFailure } = this.configured;
    // Where the job has failed, or could not be started yet, this resource starts one itself.
    return this.resource(scope, `Wait${index}`, WAIT_RESOURCE_TYPE, (context) => ({
      seconds,
      extension: Object.assign(
        waitExtension(this.graph.refOf(previous), completion, onFailure, this.graph.shared(this.stateMachineArn!, context), index),
        this.guard(),
      ),
    }));
  }

  private resource(scope: Construct, id: string, type: string, own: (context: IResolveContext) => OwnProperties): CfnResource {
    return new CfnResource(scope, id, {
      type,
      // One token for all of them: each costs a little in every pass of the CDK.
      properties: Lazy.uncachedAny({
        produce: (context) => context.preparing ? this.references(context) : this.properties(context, own(context)),
      }) as unknown as { [name: string]: any },
    });
  }

  /** What can refer to another stack. */
  private references(context: IResolveContext): object {
    return Object.assign(this.startBackupJob(context), { TriggerValues: this.configured.trigger._values });
  }

  private properties(context: IResolveContext, { seconds, extension }: OwnProperties): object {
    const { props, configured: { completion } } = this;
    return Object.assign(
      { ServiceToken: this.graph.shared(this.provider.serviceToken, context), ServiceTimeout: serviceTimeoutFor(seconds) },
      this.startBackupJob(context),
      { StartWindowMinutes: startWindowMinutes(props.startWindow, completion), [EXTENSION]: extension },
    );
  }

  /** The part of the properties that AWS Backup is sent. */
  private startBackupJob(context: IResolveContext) {
    const { props: { source }, request } = this;
    // Object.assign() takes a tenth of the time that several spreads take, and this is done for each backup in each pass.
    return Object.assign({}, request, {
      BackupVaultName: this.graph.shared(request.BackupVaultName, context),
      IamRoleArn: this.graph.shared(request.IamRoleArn, context),
      ResourceArn: guardedBy(this.props) ? undefined : this.graph.shared(source.resourceArn, context),
    });
  }

  /** Everything in the properties that can be a token. */
  private refersTo(): unknown[] {
    const { props, configured: { vault, role, trigger } } = this;
    return [
      this.provider.serviceToken,
      this.stateMachineArn,
      vault.backupVaultRef.backupVaultName,
      role.roleRef.roleArn,
      props.logicallyAirGappedVault && logicallyAirGappedVaultArn(props.logicallyAirGappedVault),
      guardedBy(props) ? undefined : props.source.resourceArn,
      props.idempotencyToken,
      props.recoveryPointTags,
      trigger._values,
    ];
  }

  private extension(context: IResolveContext): Partial<BackupExtension> {
    const { trigger, completion, onFailure, skipReason } = this.configured;
    const stateMachineArn = this.stateMachineArn && this.graph.shared(this.stateMachineArn, context);
    return Object.assign(backupExtension(trigger, completion, onFailure, stateMachineArn), this.gate(context), { Skip: skipReason });
  }

  private settledBackup(context: IResolveContext): SettledBackup | undefined {
    return this.graph.settlement(context)?.settlement.backups.get(this.first);
  }

  private gate(context: IResolveContext): Partial<GateExtension> {
    const { source } = this.props;
    const { fingerprint, watch } = this.settledBackup(context) ?? { watch: [] };
    const inStack = source.cfnResource && Stack.of(source.cfnResource) === Stack.of(this.first);
    const isSource = inStack && isSourceItself(source.cfnResource!);
    return Object.assign({
      Gated: fingerprint,
      Watch: watch.length > 0 ? watch : undefined,
      SourceLogicalId: isSource && this.configured.gatedConstructs.length > 0 ? this.graph.idOf(source.cfnResource!) : undefined,
    }, this.guard());
  }

  /** How a guard finds its source. */
  private guard(): Partial<GateExtension> {
    const { source } = this.props;
    const guarded = guardedBy(this.props);
    return guarded ? {
      SourceLogicalId: this.graph.idOf(source.cfnResource!),
      // Not a token of CDK: each costs a little in every synthesis.
      SourceArnFormat: { 'Fn::Sub': guarded.sourceArnFormat } as unknown as string,
      SourceResourceType: source.resourceType?.name,
    } : {};
  }
}

/** What CDK makes its EKS clusters with. */
const EKS_CLUSTER = 'Custom::AWSCDK-EKS-Cluster';

/** Whether a resource whose attribute is the ARN of a source is that source. Any other may have looked up what has long existed. */
function isSourceItself({ cfnResourceType: type }: CfnResource): boolean {
  return type === EKS_CLUSTER || rowsOfCloudFormationType(type).length > 0;
}
