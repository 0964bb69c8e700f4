import { CfnResource, Stack } from 'aws-cdk-lib';
import { OnDemandBackup } from '../on-demand-backup';
import { BackupProtection } from './checks-props';

/** A resource as its template holds it. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: any };
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** What the rules look at, after synthesis. */
export interface AppView {
  /** Those that AWS Backup can back up. */
  readonly resources: readonly ResourceView[];
  /** Those that are rendered. */
  readonly backups: readonly BackupView[];
}

export interface ResourceView {
  /** For people: of the construct that the resource is the default child of. */
  readonly path: string;
  readonly construct: CfnResource;
  readonly stack: Stack;
  readonly logicalId: string;
  readonly body: TemplateResource;
  readonly protections: readonly ProtectionView[];
}

/** One thing that protects a resource. */
export interface ProtectionView {
  readonly kind: BackupProtection;
  /** Path of the construct that does. */
  readonly by: string;
}

export interface BackupView {
  readonly path: string;
  readonly construct: OnDemandBackup;
  /** The custom resource that starts it; a guard that only makes a final backup has none. */
  readonly resource?: CfnResource;
  /** Days; undefined for ever, null where only the deployment knows. */
  readonly retentionDays?: number | null;
  readonly tagKeys: readonly string[];
  readonly vault: UsedView;
  readonly role: UsedView;
  readonly airGapped: boolean;
}

/** A vault or a role that a backup uses. */
export interface UsedView {
  /** For people: its path, or its name. */
  readonly label: string;
  /** Where it is known at synthesis. */
  readonly name?: string;
  /** Where this app defines it. */
  readonly construct?: CfnResource;
  readonly body?: TemplateResource;
}
