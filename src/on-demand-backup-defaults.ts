import { Duration, InjectionContext, IPropertyInjector, Stack } from 'aws-cdk-lib';
import * as l2backup from 'aws-cdk-lib/aws-backup';
import * as l2iam from 'aws-cdk-lib/aws-iam';
import { aws_backup as backup, aws_iam as iam } from 'aws-cdk-lib/interfaces';
import { Construct } from 'constructs';
import { OnDemandBackup } from './on-demand-backup';
import { OnDemandBackupOptions } from './on-demand-backup-props';
import { assertRules } from './validation/run-rules';
import { DEFAULTS_RULES } from './validation/settings';

/**
 * What backups get that do not say otherwise.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/blueprints.html
 */
export interface OnDemandBackupDefaultsProps {
  /**
   * The vault. For one that exists in each account and Region under one name, use `vaultName`.
   *
   * @default - one vault for each stack
   */
  readonly vault?: backup.IBackupVaultRef;
  /**
   * Name of the vault, in the account and Region of each backup.
   *
   * @default - `vault`
   */
  readonly vaultName?: string;
  /**
   * The role that AWS Backup assumes. For one that exists in each account under one name, use `roleName`.
   *
   * @default - one role for each stack
   */
  readonly role?: iam.IRoleRef;
  /**
   * Name of the role, with its path if it has one, in the account of each backup.
   *
   * @default - `role`
   */
  readonly roleName?: string;
  /**
   * Time after which AWS Backup deletes recovery points; whole days. Not for backups with `keepForever` or a lifecycle of their own.
   *
   * @default - kept for ever
   */
  readonly deleteAfter?: Duration;
  /**
   * Time after which recovery points move to cold storage; whole days. It belongs to `deleteAfter`, and holds for the same backups.
   *
   * @default - never moved
   */
  readonly moveToColdStorageAfter?: Duration;
  /**
   * Tags of recovery points. A backup's own tags are added to them, and win.
   *
   * @default - none
   */
  readonly recoveryPointTags?: { [key: string]: string };
  /**
   * Whether backups are rendered.
   *
   * @default true
   */
  readonly enabled?: boolean;
}

/**
 * Organisation-wide defaults for every `OnDemandBackup` and guard below a scope, by CDK's own property injection:
 * `PropertyInjectors.of(app).add(new OnDemandBackupDefaults({ vaultName: 'company-vault', deleteAfter: Duration.days(35) }))`.
 *
 * The nearest scope with defaults wins as a whole. For anything beyond them, write an `IPropertyInjector` for
 * `OnDemandBackup.PROPERTY_INJECTION_ID`.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/blueprints.html
 */
export class OnDemandBackupDefaults implements IPropertyInjector {
  /** What the defaults are for. */
  public readonly constructUniqueId: string = OnDemandBackup.PROPERTY_INJECTION_ID;

  /** @throws an error for a vault or a role that is given twice */
  constructor(private readonly props: OnDemandBackupDefaultsProps) {
    const given = Object.entries(props).filter(([, value]) => value !== undefined).map(([name]) => name);
    assertRules('OnDemandBackupDefaults', DEFAULTS_RULES, given);
  }

  /** Called by the framework. */
  public inject(originalProps: any, context: InjectionContext): any {
    const own: OnDemandBackupOptions = originalProps;
    return {
      ...originalProps,
      ...this.lifecycle(own),
      vault: own.vault ?? this.vault(context.scope),
      role: own.role ?? this.role(context.scope),
      recoveryPointTags: this.props.recoveryPointTags ? { ...this.props.recoveryPointTags, ...own.recoveryPointTags } : own.recoveryPointTags,
      enabled: own.enabled ?? this.props.enabled,
    };
  }

  private lifecycle({ deleteAfter, moveToColdStorageAfter, keepForever }: OnDemandBackupOptions): Partial<OnDemandBackupOptions> {
    return deleteAfter || moveToColdStorageAfter || keepForever
      ? {}
      : { deleteAfter: this.props.deleteAfter, moveToColdStorageAfter: this.props.moveToColdStorageAfter };
  }

  private vault(scope: Construct): backup.IBackupVaultRef | undefined {
    const { vault, vaultName } = this.props;
    return vaultName === undefined ? vault
      : oncePerStack(scope, `OnDemandBackupVault-${vaultName}`, (stack, id) => l2backup.BackupVault.fromBackupVaultName(stack, id, vaultName));
  }

  private role(scope: Construct): iam.IRoleRef | undefined {
    const { role, roleName } = this.props;
    return roleName === undefined ? role
      : oncePerStack(scope, `OnDemandBackupRole-${roleName.replace(/\//g, '-')}`, (stack, id) => l2iam.Role.fromRoleName(stack, id, roleName));
  }
}

function oncePerStack<T>(scope: Construct, id: string, create: (stack: Stack, id: string) => T): T {
  const stack = Stack.of(scope);
  return (stack.node.tryFindChild(id) as T | undefined) ?? create(stack, id);
}
