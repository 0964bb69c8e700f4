import { CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

// Frozen: with another id CloudFormation would replace what is there, or refuse the change.
/** The function behind all backups of a stack. */
export const PROVIDER_ID = 'OnDemandBackupProvider';
/** The default vault of a stack. */
export const VAULT_ID = 'OnDemandBackupVault';
/** The default role of a stack. */
export const ROLE_ID = 'OnDemandBackupRole';
/** The final backups of a stack. */
export const FINAL_ID = 'OnDemandBackupFinal';

const IDS = [PROVIDER_ID, VAULT_ID, ROLE_ID, FINAL_ID];
const TYPE_PREFIX = 'Custom::OnDemandBackup';

/** What CDK reports its own use with, in every stack: it names the versions of all libraries, exists on a condition and deletes nothing. */
export const CDK_METADATA_TYPE = 'AWS::CDK::Metadata';

/** Whether a CloudFormation type is one of this library. */
export function isOwnType(type: string): boolean {
  return type.startsWith(TYPE_PREFIX);
}

/**
 * Whether this library made a construct. Its changes are nobody's reason for a backup: an upgrade of the library
 * changes its function in every stack.
 */
export function isOwn(construct: IConstruct): boolean {
  return CfnResource.isCfnResource(construct) && isOwnType(construct.cfnResourceType)
    || IDS.includes(construct.node.id) && Stack.isStack(construct.node.scope);
}
