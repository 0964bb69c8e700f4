import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { aws_iam as iam, aws_kms as kms, aws_lambda, aws_logs as logs } from 'aws-cdk-lib/interfaces';
import { IConstruct } from 'constructs';
import { setProviderProps } from './provider-settings';

/**
 * Settings of what runs the backups of a stack: a function, and a state machine where something waits.
 *
 * The names are those of `aws-lambda`'s `FunctionOptions`. What the settings need of the function's role is granted with
 * them, which property injection into `lambda.Function` cannot do. There is no name for the function: with another one
 * CloudFormation would refuse every later deployment.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-lambda-function.html
 */
export interface OnDemandBackupProviderProps {
  /**
   * The VPC that the function runs in.
   *
   * It has to reach AWS Backup, CloudFormation, Step Functions if something waits, and
   * Amazon S3, by which CloudFormation takes the answer: through a NAT gateway or the endpoints in `docs/permissions.md`.
   *
   * @default - no VPC
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
   */
  readonly vpc?: ec2.IVpc;
  /**
   * Which subnets of the VPC. Needs `vpc`.
   *
   * @default - its private subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;
  /**
   * Security groups of the function. Need `vpc`, and HTTPS to the outside.
   *
   * @default - one of its own for each stack, which lets everything out and nothing in
   */
  readonly securityGroups?: ec2.ISecurityGroup[];
  /**
   * Where Lambda puts events that the function could not take in three tries.
   *
   * CloudFormation has stopped waiting for an answer to them by then: they are for the record, never to be sent again.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
   */
  readonly deadLetterQueue?: sqs.IQueue;
  /**
   * How many executions of the function are set apart for it, and how many may run at most; at least 1.
   *
   * Each takes seconds where something waits, a minute and a half where the start of a job is followed. Below the number of
   * backups that start at once they queue, which their time limits allow for.
   *
   * @default - none set apart, no limit of its own
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
   */
  readonly reservedConcurrentExecutions?: number;
  /**
   * Whether the function sends traces to AWS X-Ray. The state machine always does.
   *
   * @default Tracing.DISABLED
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
   */
  readonly tracing?: lambda.Tracing;
  /**
   * The log group of the function and the state machine, for example one with a key of your own.
   *
   * @default - one of its own for each of them, kept two years and deleted with the stack
   */
  readonly logGroup?: logs.ILogGroupRef;
  /**
   * The key for the environment of the function, which holds only the id of the stack.
   *
   * The function's role gets `kms:Decrypt` on it; the key policy has to leave that to IAM, as CDK's keys do.
   *
   * @default - the AWS managed key of Lambda
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
   */
  readonly environmentEncryption?: kms.IKeyRef;
  /**
   * Memory of the function in MiB, 128 to 10,240.
   *
   * @default 256
   */
  readonly memorySize?: number;
  /**
   * The role of the function. It is never modified: it needs what `docs/permissions.md` lists, for every vault and
   * role that backups of the stack use, before the first of them is deployed and after the last one is gone.
   *
   * @default - one of its own for each stack, which holds exactly what its backups need
   */
  readonly role?: iam.IRoleRef;
  /**
   * The permissions boundary of every role that this library makes: of the function, the state machine, and the one
   * that AWS Backup assumes unless a backup names another.
   *
   * @default - none, or what `PermissionsBoundary.of(scope)` applies
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  readonly permissionsBoundary?: iam.IManagedPolicyRef;
  /**
   * Code signing of the function. The bundle that this library ships is not signed; a pipeline that signs assets is.
   *
   * @default - no code signing
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
   */
  readonly codeSigningConfig?: aws_lambda.ICodeSigningConfigRef;
}

/**
 * What runs all `OnDemandBackup`s of a stack: a function, and a state machine where something waits.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-lambda-function.html
 */
export class OnDemandBackupProvider {
  /**
   * Settings for every stack in a scope, nested stacks included. The nearest scope wins as a whole: its settings are not mixed with those of a wider one.
   *
   * @param scope an app, a stage, a stack or what groups them
   * @throws an error within a stack, which has only one function; when the scope has settings already; when a backup below
   * it was created before, which they would come too late for; and for settings that Lambda does not take
   */
  public static configure(scope: IConstruct, props: OnDemandBackupProviderProps): void {
    setProviderProps(scope, props);
  }

  private constructor() {}
}
