import { Aws, ScopedAws, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** What a backup is written to and with whose permissions; the unit in which permissions are granted. */
export interface BackupTarget {
  /** The vault, and the air-gapped vault where there is one. */
  readonly vaultArns: string[];
  readonly roleArn: string;
}

/** What the function may do whatever it backs up. */
export function functionPolicy(stack: Stack, logGroupArn: string): iam.PolicyDocument {
  return new iam.PolicyDocument({
    statements: [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroupArn),
      // IAM knows no resource for these actions.
      allow(['backup:DescribeBackupJob', 'backup:ListBackupJobs'], '*'),
      // Only the status of the stack tells a rollback from an update, and of a nested one only that of its parents.
      allow(['cloudformation:DescribeStackResource', 'cloudformation:DescribeStacks'], Aws.STACK_ID),
      ...parentsOf(stack).map((parent) => allow(['cloudformation:DescribeStacks'], new ScopedAws(parent).stackId)),
    ],
  });
}

/** What the settings of the function take, whether `OnDemandBackupProvider.configure()` or a property injector of its users made them. */
export function settingsPermissions(fn: lambda.Function): iam.PolicyStatement[] {
  const { vpcConfig, tracingConfig, deadLetterConfig, kmsKeyArn } = fn.node.defaultChild as lambda.CfnFunction;
  const queueArn = (deadLetterConfig as lambda.CfnFunction.DeadLetterConfigProperty | undefined)?.targetArn;
  const queueKey = fn.deadLetterQueue?.encryptionMasterKey;
  return [
    ...vpcConfig ? [allow(NETWORK_ACTIONS, '*')] : [],
    ...tracingConfig ? [allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*')] : [],
    ...queueArn ? [allow([fn.deadLetterTopic ? 'sns:Publish' : 'sqs:SendMessage'], queueArn)] : [],
    ...queueKey ? [allow(['kms:Decrypt', 'kms:GenerateDataKey'], queueKey.keyArn)] : [],
    ...kmsKeyArn ? [allow(['kms:Decrypt'], kmsKeyArn as string)] : [],
  ];
}

/** What starting a backup takes. */
export function startPermissions({ vaultArns, roleArn }: BackupTarget): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: ['backup:StartBackupJob'], resources: vaultArns }),
    new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } },
    }),
  ];
}

/** What waiting for a backup takes. */
export function waitPermissions(stateMachineArn: string): iam.PolicyStatement[] {
  return [
    allow(['states:StartExecution'], stateMachineArn),
    // IAM knows no resource for these actions. A job that nobody waits for any more is stopped while it is still queued.
    allow(['backup:ListCopyJobs', 'backup:StopBackupJob'], '*'),
  ];
}

/** What final backups of more than an hour take: a part must not take the job of an earlier operation for one of this. */
export function eventPermissions(): iam.PolicyStatement {
  return allow(['cloudformation:DescribeStackEvents'], Aws.STACK_ID);
}

/** What the state machine may do. */
export function stateMachinePolicy(functionArn: string): iam.PolicyDocument {
  return new iam.PolicyDocument({
    statements: [
      allow(['lambda:InvokeFunction'], functionArn),
      // Log delivery and X-Ray know no resources.
      allow(LOG_DELIVERY_ACTIONS, '*'),
      allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'], '*'),
    ],
  });
}

/** Those of AWSLambdaVPCAccessExecutionRole. */
const NETWORK_ACTIONS = [
  'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses',
];

const LOG_DELIVERY_ACTIONS = [
  'logs:CreateLogDelivery', 'logs:GetLogDelivery', 'logs:UpdateLogDelivery', 'logs:DeleteLogDelivery', 'logs:ListLogDeliveries',
  'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies', 'logs:DescribeLogGroups',
];

function parentsOf({ nestedStackParent: parent }: Stack): Stack[] {
  return parent ? [parent, ...parentsOf(parent)] : [];
}

function allow(actions: string[], resource: string): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources: [resource] });
}
