import { CfnResource, Fn, IResolveContext, Lazy, Stack } from 'aws-cdk-lib';
import { aws_backup as backup, aws_iam as iam } from 'aws-cdk-lib/interfaces';
import { Construct, IConstruct, IDependable } from 'constructs';
import { BackupCompletion, BackupCompletionKind, BackupTimeoutAction } from './backup-completion';
import { BackupGraph } from './backup-graph';
import { BackupProblemAction } from './backup-problem-action';
import { BackupTrigger } from './backup-trigger';
import { watchedBy } from './gate';
import { guardedBy } from './guarded';
import { OnDemandBackupProps } from './on-demand-backup-props';
import { IProvider, Provider } from './provider';
import { BACKUP_RESOURCE_TYPE, BackupExtension, EXTENSION, GateExtension, NOT_AVAILABLE, OnDemandBackupAttribute, serviceTimeoutFor, WAIT_RESOURCE_TYPE } from './request';
import { backupExtension, logicallyAirGappedVaultArn, secondsOf, startBackupJobParameters, startWindowMinutes, waitExtension, waitShares } from './request-properties';

/** Where to and with whose permissions. */
export interface BackupTargetView {
  readonly vault: backup.IBackupVaultRef;
  readonly role: iam.IRoleRef;
}

/** What the construct has settled. What a gate can still change is read when the template is written. */
export interface Settled extends BackupTargetView {
  readonly onFailure: BackupProblemAction;
  readonly trigger: BackupTrigger;
  readonly completion: BackupCompletion;
  readonly gatedConstructs: readonly IConstruct[];
  readonly skipReason?: string;
}

/** What has to be there before a backup may use its target. */
export function permissionsFor(scope: IConstruct, { logicallyAirGappedVault: airGapped }: OnDemandBackupProps, { vault, role }: BackupTargetView): IDependable {
  const vaultArns = [vault.backupVaultRef.backupVaultArn, ...airGapped ? [logicallyAirGappedVaultArn(airGapped)] : []];
  return Provider.of(scope).permissionsFor({ vaultArns, roleArn: role.roleRef.roleArn });
}

/** The resources of one backup: the one that starts it, and one for each further hour that it may take. */
export class BackupResources {
  public readonly first: CfnResource;
  /** Waits for the first, directly or not: its attributes are the final ones. */
  public readonly last: CfnResource;
  private readonly provider: IProvider;
  private stateMachineArn?: string;

  constructor(scope: Construct, private readonly props: OnDemandBackupProps, private readonly settled: Settled) {
    this.provider = Provider.of(scope);
    const permissions = permissionsFor(scope, props, settled);

    this.first = new CfnResource(scope, 'Resource', {
      type: BACKUP_RESOURCE_TYPE,
      properties: {
        ServiceToken: this.provider.serviceToken,
        ServiceTimeout: atSynth(() => serviceTimeoutFor(waitShares(secondsOf(settled.completion))[0])),
        ...startBackupJobParameters(props, settled.vault, settled.role.roleRef.roleArn),
        ResourceArn: guardedBy(props) ? undefined : props.source.resourceArn,
        StartWindowMinutes: atSynth(() => startWindowMinutes(props.startWindow, settled.completion)),
        [EXTENSION]: atSynth((context) => this.extension(context)),
      },
    });
    const resources = [this.first];
    if (settled.completion.kind === BackupCompletionKind.WAIT_FOR) {
      this.wait();
      waitShares(secondsOf(settled.completion)).slice(1).forEach((seconds, i) => resources.push(this.furtherWait(scope, seconds, resources[i], i + 1)));
    }
    this.last = resources[resources.length - 1];
    const needs = [permissions, ...settled.completion.onTimeout === BackupTimeoutAction.STOP_JOB_AND_FAIL ? [this.provider.stopping()] : []];
    resources.forEach((resource) => resource.node.addDependency(...needs));

    BackupGraph.of(Stack.of(scope)).add({
      resources,
      source: props.source.cfnResource,
      sourceArn: props.source.resourceArn,
      watched: () => watchedBy(settled.trigger, Stack.of(scope)),
    });
  }

  /** Makes the stack able to wait: what is gated later waits an hour, which takes no further resource. */
  public wait(): void {
    const { stateMachineArn, permissions } = this.provider.waiting();
    this.stateMachineArn = stateMachineArn;
    this.first.node.addDependency(permissions);
  }

  /** An attribute that can be asked for also where the source, and with it the backup, exists on a condition only. */
  public outputOf(attribute: OnDemandBackupAttribute): string {
    const value = this.last.getAtt(attribute).toString();
    return Lazy.uncachedString({
      produce: (context) => {
        const condition = BackupGraph.of(Stack.of(this.first)).settled(context, this.first)?.condition;
        return condition === undefined ? value : Fn.conditionIf(condition, value, NOT_AVAILABLE).toString();
      },
    });
  }

  private furtherWait(scope: Construct, seconds: number, previous: CfnResource, index: number): CfnResource {
    const { completion, onFailure } = this.settled;
    const resource = new CfnResource(scope, `Wait${index}`, {
      type: WAIT_RESOURCE_TYPE,
      properties: {
        ServiceToken: this.provider.serviceToken,
        ServiceTimeout: serviceTimeoutFor(seconds),
        [EXTENSION]: waitExtension(previous.ref, completion, onFailure, this.stateMachineArn!, index),
      },
    });
    resource.node.addDependency(this.provider.waiting().permissions);
    return resource;
  }

  private extension(context: IResolveContext): BackupExtension {
    const { trigger, completion, onFailure, skipReason } = this.settled;
    return { ...backupExtension(trigger, completion, onFailure, this.stateMachineArn), ...this.gate(context), Skip: skipReason };
  }

  private gate(context: IResolveContext): Partial<GateExtension> {
    const { source } = this.props;
    const guarded = guardedBy(this.props);
    const { fingerprint, watch } = BackupGraph.of(Stack.of(this.first)).settled(context, this.first) ?? { watch: [] };
    const inStack = source.cfnResource && Stack.of(source.cfnResource) === Stack.of(this.first);
    return {
      Gated: fingerprint,
      Watch: watch.length > 0 ? watch : undefined,
      SourceLogicalId: inStack && (guarded || this.settled.gatedConstructs.length > 0) ? source.cfnResource!.logicalId : undefined,
      SourceArnFormat: guarded?.sourceArnFormat,
      SourceResourceType: guarded && source.resourceType?.name,
    };
  }
}

function atSynth(produce: (context: IResolveContext) => any) {
  return Lazy.uncachedAny({ produce });
}
