import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledgeStateMachineRole } from './acknowledged-findings';
import { stateMachinePolicy } from './provider-permissions';
import { OnDemandBackupProviderProps } from './provider-props';
import { configureRole } from './provider-settings';

/**
 * The state machine that waits for the backups of a stack: no function runs while a backup does.
 *
 * Each execution is one resource that waits. Its data is what the function gave it at the start and gives it
 * back after each poll, with the seconds until the next one.
 */
export class Waiter extends Construct {
  public readonly stateMachineArn: string;

  constructor(scope: Construct, id: string, functionArn: string, props: OnDemandBackupProviderProps) {
    super(scope, id);
    const logGroup = props.logGroup ?? new logs.LogGroup(this, 'Log', {
      retention: logs.RetentionDays.TWO_YEARS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('states.amazonaws.com'),
      description: 'Role of the state machine that waits for on-demand backups of this stack',
      inlinePolicies: { Base: stateMachinePolicy(functionArn) },
    });
    configureRole(role, props);
    acknowledgeStateMachineRole(role);
    const machine = new sfn.CfnStateMachine(this, 'StateMachine', {
      roleArn: role.roleArn,
      definition: definition(functionArn),
      // The data holds the response URL of CloudFormation, which is a credential.
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logGroup.logGroupRef.logGroupArn } }],
      },
      tracingConfiguration: { enabled: true },
    });
    this.stateMachineArn = machine.attrArn;
  }
}

function definition(functionArn: string): object {
  const invoke = {
    Type: 'Task',
    Resource: `arn:${Aws.PARTITION}:states:::lambda:invoke`,
    Parameters: { 'FunctionName': functionArn, 'Payload.$': '$' },
    OutputPath: '$.Payload',
    Retry: [
      // Where Lambda has no execution to spare, a poll that is late is no failure.
      { ErrorEquals: ['Lambda.TooManyRequestsException'], IntervalSeconds: 1, BackoffRate: 1.5, MaxDelaySeconds: 20, MaxAttempts: 1000, JitterStrategy: 'FULL' },
      { ErrorEquals: ['States.ALL'], IntervalSeconds: 2, BackoffRate: 2, MaxDelaySeconds: 30, MaxAttempts: 8, JitterStrategy: 'FULL' },
    ],
  };
  return {
    Comment: 'Waits for an on-demand backup',
    StartAt: 'Poll',
    States: {
      Poll: { ...invoke, Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'GiveUp' }], Next: 'Answered' },
      Answered: { Type: 'Choice', Choices: [{ Variable: '$.pause', IsPresent: true, Next: 'Pause' }], Default: 'Done' },
      Pause: { Type: 'Wait', SecondsPath: '$.pause', Next: 'Poll' },
      // The function is told what went wrong, and answers CloudFormation with it.
      GiveUp: { ...invoke, Next: 'Done' },
      Done: { Type: 'Succeed' },
    },
  };
}
