import { Aws, Fn, Names, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { aws_backup, aws_iam } from 'aws-cdk-lib/interfaces';
import { Construct, IConstruct } from 'constructs';
import { acknowledgeBackupRole } from './acknowledged-findings';
import { ROLE_ID, VAULT_ID } from './own-resources';
import { configureRole, providerPropsFor } from './provider-settings';

// Frozen, with the ids: another name or property would replace what holds people's recovery points.
const STACK_TAG = 'cdk-on-demand-backup:stack';
const PATH_TAG = 'cdk-on-demand-backup:path';

const MANAGED_POLICIES = [
  'service-role/AWSBackupServiceRolePolicyForBackup',
  'AWSBackupServiceRolePolicyForS3Backup',
  'AWSBackupServiceRolePolicyForIndexing',
];

/** The vault that backups of the stack share unless they name one. */
export function defaultVault(scope: IConstruct): aws_backup.IBackupVaultRef {
  return oncePerStack(scope, VAULT_ID, (stack) => {
    const vault = new backup.BackupVault(stack, VAULT_ID, {
      // The id of the stack is new with each creation, so a stack can be created again beside the vault it left behind.
      backupVaultName: Fn.join('-', ['on-demand', Fn.select(2, Fn.split('/', Aws.STACK_ID))]),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    return tagged(vault);
  });
}

/**
 * The role that backups of the stack share unless they name one.
 *
 * AWS Backup deletes an expired recovery point with the role that made it, so the role outlives the stack with
 * all it needs in itself: a policy resource of its own would go with the stack.
 */
export function defaultRole(scope: IConstruct): aws_iam.IRoleRef {
  return oncePerStack(scope, ROLE_ID, (stack) => {
    const role = new iam.Role(stack, ROLE_ID, {
      assumedBy: new iam.ServicePrincipal('backup.amazonaws.com'),
      description: 'Assumed by AWS Backup for on-demand backups; kept after the stack, because it also expires the recovery points',
      managedPolicies: MANAGED_POLICIES.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
    });
    configureRole(role, providerPropsFor(stack));
    acknowledgeBackupRole(role, MANAGED_POLICIES);
    role.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return tagged(role);
  });
}

function oncePerStack<T extends Construct>(scope: IConstruct, id: string, create: (stack: Stack) => T): T {
  const stack = Stack.of(scope);
  return (stack.node.tryFindChild(id) as T | undefined) ?? create(stack);
}

/** Says where a thing that was left behind came from. */
function tagged<T extends Construct>(construct: T): T {
  Tags.of(construct).add(STACK_TAG, Aws.STACK_NAME);
  Tags.of(construct).add(PATH_TAG, Names.stackRelativeConstructPath(construct));
  return construct;
}
