import { CfnOutput, CfnResource, Duration, Lazy } from 'aws-cdk-lib';
import * as l2backup from 'aws-cdk-lib/aws-backup';
import * as l2iam from 'aws-cdk-lib/aws-iam';
import { aws_backup as backup, aws_iam as iam } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';
import { BackupCompletion, BackupCompletionKind } from './backup-completion';
import { BackupProblemAction } from './backup-problem-action';
import { createBackupResources } from './backup-resources';
import { BackupSource } from './backup-source';
import { BackupTrigger } from './backup-trigger';
import { defaultRole, defaultVault } from './defaults';
import { BackupIndex, BackupOptions, OnDemandBackupProps } from './on-demand-backup-props';
import { NOT_AVAILABLE, OnDemandBackupAttribute } from './request';
import { BackupResourceType } from './resource-type';

const BRAND = Symbol.for('cdk-on-demand-backup.OnDemandBackup');

/**
 * An AWS Backup on-demand backup as part of a deployment.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-on-demand-backup.html
 */
export class OnDemandBackup extends Construct {
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
  /** When a deployment starts a backup. */
  public readonly trigger: BackupTrigger;
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

  private readonly explicitCompletion?: BackupCompletion;
  /** The last of the resources that make up the backup: its attributes are the final ones. */
  private readonly resource?: CfnResource;

  constructor(scope: Construct, id: string, props: OnDemandBackupProps) {
    super(scope, id);
    Object.defineProperty(this, BRAND, { value: true });

    this.source = props.source;
    this.trigger = props.trigger ?? BackupTrigger.once();
    this.explicitCompletion = props.completion;
    this.onFailure = props.onFailure ?? BackupProblemAction.FAIL;
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

    if (!this.enabled) {
      this.vault = props.vault ?? l2backup.BackupVault.fromBackupVaultName(this, 'Vault', NOT_AVAILABLE);
      this.role = props.role ?? l2iam.Role.fromRoleName(this, 'Role', NOT_AVAILABLE);
      return;
    }

    this.vault = props.vault ?? defaultVault(this);
    this.role = props.role ?? defaultRole(this);
    const { completion, onFailure, role, trigger, vault } = this;
    this.resource = createBackupResources(this, props, { completion, onFailure, role, trigger, vault }).at(-1);
    if (props.jobIdOutput ?? true) {
      new CfnOutput(this, 'BackupJobId', {
        value: this.backupJobId,
        exportName: props.jobIdExportName,
      });
    }
  }

  /** Whether the deployment waits for the backup. */
  public get completion(): BackupCompletion {
    return this.explicitCompletion ?? BackupCompletion.confirmStart();
  }

  /**
   * Id of the backup job.
   *
   * @attribute
   */
  public get backupJobId(): string {
    return this.attribute('BackupJobId');
  }

  /**
   * When the backup job was created, ISO 8601 in UTC.
   *
   * @attribute
   */
  public get creationDate(): string {
    return this.attribute('CreationDate');
  }

  /**
   * ARN of the recovery point. Known only if the deployment waits for the backup, except for EFS.
   *
   * @attribute
   * @throws an error if the deployment does not wait for the backup
   */
  public get recoveryPointArn(): string {
    return this.source.resourceType?.name === BackupResourceType.EFS.name ? this.attribute('RecoveryPointArn') : this.finalAttribute('RecoveryPointArn');
  }

  /**
   * Kind of resource, as AWS Backup names it. Known only if the deployment waits for the backup.
   *
   * @attribute
   * @throws an error if the deployment does not wait for the backup
   */
  public get resourceType(): string {
    return this.finalAttribute('ResourceType');
  }

  /**
   * State in which the job ended. Known only if the deployment waits for the backup.
   *
   * @attribute
   * @throws an error if the deployment does not wait for the backup
   */
  public get state(): string {
    return this.finalAttribute('State');
  }

  /**
   * The first 160 characters of the service's message; empty if there is none. Known only if the deployment waits for the backup.
   *
   * @attribute
   * @throws an error if the deployment does not wait for the backup
   */
  public get statusMessage(): string {
    return this.finalAttribute('StatusMessage');
  }

  /**
   * When the job was completed, ISO 8601 in UTC. Known only if the deployment waits for the backup.
   *
   * @attribute
   * @throws an error if the deployment does not wait for the backup
   */
  public get completionDate(): string {
    return this.finalAttribute('CompletionDate');
  }

  /**
   * Size of the backup in bytes, as text. Known only if the deployment waits for the backup.
   *
   * @attribute
   * @throws an error if the deployment does not wait for the backup
   */
  public get backupSizeInBytes(): string {
    return this.finalAttribute('BackupSizeInBytes');
  }

  private attribute(name: OnDemandBackupAttribute): string {
    return this.resource ? this.resource.getAtt(name).toString() : NOT_AVAILABLE;
  }

  /** An attribute that only a job that has ended has. */
  private finalAttribute(name: OnDemandBackupAttribute): string {
    if (this.explicitCompletion && this.explicitCompletion.kind !== BackupCompletionKind.WAIT_FOR) {
      throw this.unknowable(name);
    }
    return this.resource ? Lazy.string({ produce: () => this.knowable(name) }) : NOT_AVAILABLE;
  }

  private knowable(name: OnDemandBackupAttribute): string {
    if (this.completion.kind !== BackupCompletionKind.WAIT_FOR) {
      throw this.unknowable(name);
    }
    return this.attribute(name);
  }

  private unknowable(name: OnDemandBackupAttribute): Error {
    return new Error(`${this.node.path}: ${name} is known only once the job has ended, and completion is ${this.completion.kind}: `
      + 'set completion: BackupCompletion.waitFor()');
  }
}
