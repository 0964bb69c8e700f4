import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import * as l2backup from 'aws-cdk-lib/aws-backup';
import * as l2iam from 'aws-cdk-lib/aws-iam';
import { aws_backup as backup, aws_iam as iam } from 'aws-cdk-lib/interfaces';
import { Construct, IConstruct, IDependable } from 'constructs';
import { BackupAttributes } from './backup-attributes';
import { BackupCompletion, BackupCompletionKind } from './backup-completion';
import { BackupProblemAction } from './backup-problem-action';
import { BackupResources } from './backup-resources';
import { BackupSource } from './backup-source';
import { BackupTrigger } from './backup-trigger';
import { defaultRole, defaultVault } from './defaults';
import { addFinalBackup, finalProblems } from './final-backup-of';
import { Gate } from './gate';
import { gateProblems } from './gate-problems';
import { planGuard } from './guard';
import { guardedBy } from './guard-props';
import { injectedProps } from './injected-props';
import { BackupGuardOptions, BackupIndex, BackupOptions, OnDemandBackupProps } from './on-demand-backup-props';
import { NOT_AVAILABLE } from './request';
import { BackupResourceType } from './resource-type';
import { skipReason } from './skip';
import { addWarnings, findingsOf, problemsError, validateBackup, viewOf } from './validation';
import { describe, Problem } from './validation/problem';

const UNLESS_GATED = BackupCompletion.confirmStart();
const WHEN_GATED = BackupCompletion.waitFor();
const BRAND = Symbol.for('cdk-on-demand-backup.OnDemandBackup');

/**
 * An AWS Backup on-demand backup as part of a deployment.
 *
 * What is wrong with the props is thrown by the constructor, all of it in one error. What depends on other constructs (the
 * vault's lock, the bucket's versioning) is found at the end of the synthesis. An attribute that has nothing to say, because
 * nothing was backed up or the job is not known any more, answers `NONE`.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-on-demand-backup.html
 */
export class OnDemandBackup extends Construct {
  /**
   * By which an `IPropertyInjector` says that it is for this construct, and so for guards too.
   *
   * @see https://docs.aws.amazon.com/cdk/v2/guide/blueprints.html
   */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-on-demand-backup.OnDemandBackup';

  /**
   * Back up a resource before CloudFormation changes or replaces it and, on request, before it is deleted.
   *
   * The guard is created beside the resource's L1, so in its stack: `BackupGuard`, or `<id of the L1>BackupGuard` where the
   * L1 is no default child. No logical id of the resource changes. Added to a resource that exists, a guard backs it up at
   * once; a resource that is created together with its guard has nothing to back up yet. A guard has no stack output.
   *
   * It does not see what no template shows: values behind dynamic references, drift, hotswaps, and a resource
   * that gets another logical id, which CloudFormation creates anew.
   *
   * @param construct the resource's L2 or L1 construct, in the stack that defines it
   * @throws an error for a construct that the app does not define, a type that AWS Backup cannot back up or whose ARN does
   * not follow from the physical id, and a second guard of one resource
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
   */
  public static guard(construct: IConstruct, options: BackupGuardOptions = {}): OnDemandBackup {
    const { scope, id, props } = planGuard(construct, options);
    return new OnDemandBackup(scope, id, props);
  }

  /** Whether something is an `OnDemandBackup`, of any copy of this library. */
  public static isOnDemandBackup(x: any): x is OnDemandBackup {
    return x !== null && typeof x === 'object' && BRAND in x;
  }

  /** What is backed up. */
  public readonly source: BackupSource;
  /** Where to. */
  public readonly vault: backup.IBackupVaultRef;
  /** The role that AWS Backup assumes. */
  public readonly role: iam.IRoleRef;
  /** Whether there is a last backup before the source is deleted. */
  public readonly finalBackup: boolean;
  /** What a failed backup does to the deployment. */
  public readonly onFailure: BackupProblemAction;
  /** Whether the backup is rendered. */
  public readonly enabled: boolean;
  /** How long the job may wait to start, as configured. */
  public readonly startWindow?: Duration;
  /** How long after its scheduled time the job may take, as configured. */
  public readonly completionWindow?: Duration;
  /** Time after which the recovery point moves to cold storage, as configured. */
  public readonly moveToColdStorageAfter?: Duration;
  /** Time after which AWS Backup deletes the recovery point, as configured. */
  public readonly deleteAfter?: Duration;
  /** Whether recovery points are meant to be kept for ever. */
  public readonly keepForever: boolean;
  /** Whether EBS snapshots move to the archive tier, as configured. */
  public readonly optInToArchive?: boolean;
  /** Tags of the recovery point, as configured. */
  public readonly recoveryPointTags?: { [key: string]: string };
  /** Options that only some resource types have, as configured. */
  public readonly backupOptions?: BackupOptions;
  /** Whether the recovery point gets a backup index, as configured. */
  public readonly index?: BackupIndex;
  /** The logically air-gapped vault, as configured. */
  public readonly logicallyAirGappedVault?: backup.ILogicallyAirGappedBackupVaultRef;

  /** Why this deployment backs up nothing, if the context says so. */
  public readonly skipReason?: string;

  private readonly explicitTrigger?: BackupTrigger;
  private readonly explicitCompletion?: BackupCompletion;
  private readonly guardsDeletionOnly: boolean;
  private readonly gate = new Gate();
  private readonly attributes: BackupAttributes;
  private readonly resources?: BackupResources;

  constructor(scope: Construct, id: string, userProps: OnDemandBackupProps) {
    super(scope, id);
    Object.defineProperty(this, BRAND, { value: true });
    const props = injectedProps(OnDemandBackup.PROPERTY_INJECTION_ID, scope, id, userProps);
    const { problems, warnings } = findingsOf(Stack.of(this), viewOf(this, props));
    throwIfAny(this, [...problems, ...finalProblems(this, props)]);
    addWarnings(this, warnings);

    this.source = props.source;
    this.explicitTrigger = props.trigger;
    this.guardsDeletionOnly = guardedBy(props)?.beforeChange === false;
    this.explicitCompletion = props.completion;
    this.onFailure = props.onFailure ?? BackupProblemAction.FAIL;
    this.finalBackup = props.finalBackup ?? false;
    this.enabled = props.enabled ?? true;
    this.startWindow = props.startWindow;
    this.completionWindow = props.completionWindow;
    this.moveToColdStorageAfter = props.moveToColdStorageAfter;
    this.deleteAfter = props.deleteAfter;
    this.keepForever = props.keepForever ?? false;
    this.optInToArchive = props.optInToArchive;
    this.recoveryPointTags = props.recoveryPointTags;
    this.backupOptions = props.backupOptions;
    this.index = props.index;
    this.logicallyAirGappedVault = props.logicallyAirGappedVault;

    this.skipReason = skipReason(this);

    if (!this.enabled) {
      this.vault = props.vault ?? l2backup.BackupVault.fromBackupVaultName(this, 'Vault', NOT_AVAILABLE);
      this.role = props.role ?? l2iam.Role.fromRoleName(this, 'Role', NOT_AVAILABLE);
      this.attributes = new BackupAttributes(this, undefined, this.explicitCompletion);
      return;
    }

    this.openGate('trigger', props.trigger?._constructs ?? []);
    this.openGate('executeBefore', props.executeBefore ?? []);
    this.vault = props.vault ?? defaultVault(this);
    this.role = props.role ?? defaultRole(this);
    const guarded = guardedBy(props);
    if (!this.guardsDeletionOnly) {
      this.resources = new BackupResources(this, props, this);
      this.letWait(this.gate.constructs);
      this.executeAfter(...props.executeAfter ?? []);
      if (!guarded) {
        this.node.addValidation({ validate: () => this.gate.problems(this.source).map(describe) });
      }
      this.node.addValidation({ validate: () => this.gate.holdProblems(this.resources!.last).map(describe) });
      const { resources: { all: resources }, vault, role } = this;
      this.node.addValidation({ validate: () => validateBackup({ construct: this, props, vault, role, resources }) });
    }
    this.attributes = new BackupAttributes(this, this.resources?.last, this.explicitCompletion);
    if (this.finalBackup) {
      const { vault, role, completion } = this;
      addFinalBackup(this, props, { vault, role, completion }, this.resources?.last);
    }
    if (this.resources && (props.jobIdOutput ?? true)) {
      new CfnOutput(this, 'BackupJobId', {
        value: this.resources.outputOf('BackupJobId'),
        exportName: props.jobIdExportName,
      });
    }
  }

  /** When a deployment starts a backup, as configured, or else as it follows from what is gated. */
  public get trigger(): BackupTrigger {
    return this.explicitTrigger ?? (this.gate.isEmpty ? BackupTrigger.once() : BackupTrigger.beforeChangesOf(this.gate.constructs));
  }

  /** Whether the deployment waits for the backup, as configured, or else as it follows from what is gated. */
  public get completion(): BackupCompletion {
    return this.explicitCompletion ?? (this.gate.isEmpty ? UNLESS_GATED : WHEN_GATED);
  }

  /** What is deployed only after the backup: what `executeBefore` and the trigger name. */
  public get gatedConstructs(): IConstruct[] {
    return this.gate.constructs;
  }

  /**
   * Deploy constructs only after the backup.
   *
   * Unless said otherwise, the backup is then repeated whenever CloudFormation is going to change one of them, and the
   * deployment waits until it is COMPLETED, for an hour at most. May be called until synthesis, also by Aspects.
   *
   * @param scopes constructs of this stack or others in the same stage; everything in them waits
   * @throws an error for what cannot wait: the stack of the backup, a construct that holds the backup, one of another stage;
   * and where the completion is `fireAndForget()`, which holds nothing back
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html
   */
  public executeBefore(...scopes: IConstruct[]): void {
    if (!this.enabled) {
      return;
    }
    this.openGate('executeBefore', scopes);
    if (this.completion.kind === BackupCompletionKind.WAIT_FOR) {
      this.resources!.wait();
    }
    this.letWait(scopes);
  }

  /**
   * Start the backup only after other constructs have been deployed.
   *
   * @param dependencies constructs of this stack or others in the same stage
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html
   */
  public executeAfter(...dependencies: IDependable[]): void {
    this.resources?.first.node.addDependency(...dependencies);
  }

  /**
   * Id of the backup job; `NONE` where there was nothing to back up yet, or the backup was skipped.
   *
   * @attribute
   */
  public get backupJobId(): string {
    return this.attributes.of('BackupJobId');
  }

  /**
   * When the backup job was created, ISO 8601 in UTC.
   *
   * @attribute
   */
  public get creationDate(): string {
    return this.attributes.of('CreationDate');
  }

  /**
   * ARN of the recovery point. Known only if the deployment waits for the backup, except for EFS.
   *
   * @attribute
   * @throws an error if the deployment does not wait for the backup
   */
  public get recoveryPointArn(): string {
    return this.source.resourceType?.name === BackupResourceType.EFS.name ? this.attributes.of('RecoveryPointArn') : this.attributes.ofEndedJob('RecoveryPointArn');
  }

  /**
   * Kind of resource, as AWS Backup names it. Known only if the deployment waits for the backup.
   *
   * @attribute
   * @throws an error if the deployment does not wait for the backup
   */
  public get resourceType(): string {
    return this.attributes.ofEndedJob('ResourceType');
  }

  /**
   * State in which the job ended, such as COMPLETED; NOTHING_TO_BACK_UP where the source was new, SKIPPED where the context said so. Known only if the deployment waits for the backup.
   *
   * @attribute
   * @throws an error if the deployment does not wait for the backup
   */
  public get state(): string {
    return this.attributes.ofEndedJob('State');
  }

  /**
   * The first 160 characters of the service's message; empty if there is none. Known only if the deployment waits for the backup.
   *
   * @attribute
   * @throws an error if the deployment does not wait for the backup
   */
  public get statusMessage(): string {
    return this.attributes.ofEndedJob('StatusMessage');
  }

  /**
   * When the job was completed, ISO 8601 in UTC. Known only if the deployment waits for the backup.
   *
   * @attribute
   * @throws an error if the deployment does not wait for the backup
   */
  public get completionDate(): string {
    return this.attributes.ofEndedJob('CompletionDate');
  }

  /**
   * Size of the backup in bytes, as text. Known only if the deployment waits for the backup.
   *
   * @attribute
   * @throws an error if the deployment does not wait for the backup
   */
  public get backupSizeInBytes(): string {
    return this.attributes.ofEndedJob('BackupSizeInBytes');
  }

  /** Takes constructs into the gate, if they can wait. */
  private openGate(prop: string, scopes: readonly IConstruct[]): void {
    throwIfAny(this, gateProblems({ backup: this, prop, scopes, completion: this.explicitCompletion, guardsDeletionOnly: this.guardsDeletionOnly }));
    this.gate.add(prop, scopes);
  }

  private letWait(scopes: readonly IConstruct[]): void {
    scopes.forEach((scope) => scope.node.addDependency(this.resources!.last));
  }
}

function throwIfAny({ node }: IConstruct, problems: Problem[]): void {
  if (problems.length > 0) {
    throw problemsError(node.path, problems);
  }
}
