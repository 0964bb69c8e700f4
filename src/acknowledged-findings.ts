import { Stack, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * Findings of cdk-nag about resources of this library that are meant, each for exactly the resource and the finding.
 *
 * Whatever a user can set otherwise is not in here: it stays a finding until `OnDemandBackupProvider.configure()` says so.
 */
const REASONS = {
  managedBackupPolicy: 'AWS Backup documents this policy as what its role needs. AWS extends it with each resource type; '
    + 'a copy of it would make backups fail that AWS Backup otherwise supports.',
  noResourceLevel: 'IAM knows no resources for DescribeBackupJob, ListBackupJobs, ListCopyJobs and StopBackupJob, nor for network interfaces and X-Ray: they can only be allowed on *.',
  logDelivery: 'IAM knows no resources for the delivery of logs of a state machine and for X-Ray: they can only be allowed on *.',
  logStreams: 'The streams of one log group: their names are made at run time.',
  inlinePolicy: 'The policy belongs to this one role and comes and goes with what needs it. A managed policy could be attached elsewhere, '
    + 'and a role takes only ten of them, fewer than the pairs of vault and role that a stack may back up with.',
} as const;

/** The packs that ask for managed policies, by the prefix of their rules. */
const AGAINST_INLINE_POLICIES = ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321'];

/** A role with policies of its own, or one of them. */
export function acknowledgeInlinePolicy(policy: IConstruct): void {
  AGAINST_INLINE_POLICIES.forEach((pack) => acknowledge(policy, `${pack}-IAMNoInlinePolicy`, REASONS.inlinePolicy));
}

/** A policy with actions that can only be allowed on all resources. */
export function acknowledgeAllResources(policy: IConstruct): void {
  acknowledge(policy, 'AwsSolutions-IAM5[Resource::*]', REASONS.noResourceLevel);
}

/** The role of the function. */
export function acknowledgeFunctionRole(role: IConstruct, logGroupArn: string): void {
  acknowledgeInlinePolicy(role);
  acknowledgeAllResources(role);
  acknowledge(role, 'Serverless-LambdaStarPermissions', REASONS.noResourceLevel);
  const logGroup = flat(Stack.of(role).resolve(logGroupArn));
  if (logGroup.includes('*')) {
    acknowledge(role, `AwsSolutions-IAM5[Resource::${logGroup}]`, REASONS.logStreams);
  }
}

/** The role of the state machine. */
export function acknowledgeStateMachineRole(role: IConstruct): void {
  acknowledgeInlinePolicy(role);
  acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', REASONS.logDelivery);
}

/** The default role that AWS Backup assumes. */
export function acknowledgeBackupRole(role: IConstruct, managedPolicies: readonly string[]): void {
  managedPolicies.forEach((name) => acknowledge(role, `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`, REASONS.managedBackupPolicy));
}

/** `Validations.acknowledge()` refuses ids with more than one `::` up to aws-cdk-lib 2.268, and cdk-nag makes such ids. */
function acknowledge(construct: IConstruct, id: string, reason: string): void {
  construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { [id]: reason });
}

/** A text with intrinsic functions, as cdk-nag writes it in its findings. */
function flat(value: any): string {
  if (value === null || typeof value !== 'object') {
    return String(value);
  }
  if (value['Fn::Join']) {
    return value['Fn::Join'][1].map(flat).join(value['Fn::Join'][0]);
  }
  return value.Ref ? `<${value.Ref}>` : value['Fn::GetAtt'] ? `<${value['Fn::GetAtt'].join('.')}>` : JSON.stringify(value);
}
