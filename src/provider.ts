import { createHash } from 'crypto';
import * as path from 'path';
import { Aws, Duration, Reference, RemovalPolicy, Stack, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, IConstruct, IDependable } from 'constructs';
import { PROVIDER_ID } from './own-resources';
import { Waiter } from './waiter';

/** What a backup is written to and with whose permissions; the unit in which permissions are granted. */
export interface BackupTarget {
  /** The vault, and the air-gapped vault where there is one. */
  readonly vaultArns: string[];
  readonly roleArn: string;
}

/** What a backup needs of the provider: the contract between copies of this library in one app, so it can only grow. */
export interface IProvider extends IConstruct {
  readonly serviceToken: string;
  /** What a custom resource has to depend on before it may use the target. */
  permissionsFor(target: BackupTarget): IDependable;
  /** The state machine that waits; made when the first backup of the stack waits. */
  waiting(): { readonly stateMachineArn: string; readonly permissions: IDependable };
}

/** The function behind all backups of a stack, with its role and log. */
export class Provider extends Construct implements IProvider {
  /** The provider of the stack; made by whichever copy of the library comes first. */
  public static of(scope: IConstruct): IProvider {
    const stack = Stack.of(scope);
    return (stack.node.tryFindChild(PROVIDER_ID) as IProvider | undefined) ?? new Provider(stack);
  }

  public readonly serviceToken: string;
  private readonly role: iam.Role;

  private constructor(stack: Stack) {
    super(stack, PROVIDER_ID);
    const logGroup = new logs.LogGroup(this, 'Log', {
      retention: logs.RetentionDays.TWO_YEARS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: 'Role of the function that starts on-demand backups of this stack',
      inlinePolicies: { Base: basePolicy(logGroup) },
    });
    const fn = new lambda.Function(this, 'Function', {
      code: lambda.Code.fromAsset(path.join(__dirname, '..', 'assets', 'lambda', 'index')),
      handler: 'index.handler',
      runtime: lambda.determineLatestNodeRuntime(this),
      description: 'Starts the on-demand backups of this stack with AWS Backup',
      // A running job is followed for about a minute, a role that is still propagating for three.
      timeout: Duration.minutes(15),
      memorySize: 256,
      environment: { STACK_ID: Aws.STACK_ID },
      role: this.role.withoutPolicyUpdates(),
      logGroup,
    });
    fn.node.addDependency(this.role);
    this.serviceToken = fn.functionArn;
  }

  /**
   * One policy for each pair of vault and role, on which only the backups that use the pair depend: permissions
   * come before their first use and go after the last, and unrelated backups are not coupled.
   */
  public permissionsFor(target: BackupTarget): IDependable {
    const id = `Permissions${this.identityOf([...target.vaultArns, target.roleArn])}`;
    return this.node.tryFindChild(id) ?? new iam.Policy(this, id, {
      roles: [this.role],
      statements: [
        new iam.PolicyStatement({ actions: ['backup:StartBackupJob'], resources: target.vaultArns }),
        new iam.PolicyStatement({
          actions: ['iam:PassRole'],
          resources: [target.roleArn],
          conditions: { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } },
        }),
      ],
    });
  }

  public waiting(): { readonly stateMachineArn: string; readonly permissions: IDependable } {
    const waiter = this.node.tryFindChild('Waiter') as Waiter | undefined ?? new Waiter(this, 'Waiter', this.serviceToken);
    // A policy of its own: in the role, it would make function, role and machine a cycle.
    const permissions = this.node.tryFindChild('WaiterPermissions') ?? new iam.Policy(this, 'WaiterPermissions', {
      roles: [this.role],
      statements: [
        new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: [waiter.stateMachineArn] }),
        // IAM knows no resource for these actions. A job that nobody waits for any more is stopped while it is still queued.
        new iam.PolicyStatement({ actions: ['backup:ListCopyJobs', 'backup:StopBackupJob'], resources: ['*'] }),
      ],
    });
    return { stateMachineArn: waiter.stateMachineArn, permissions };
  }

  /** The same in every synthesis, though the texts may hold tokens, also of other stacks with the same logical ids. */
  private identityOf(texts: string[]): string {
    const owners = texts
      .flatMap((text) => Tokenization.reverseString(text).tokens)
      .filter((token): token is Reference => Reference.isReference(token))
      .map((reference) => Stack.of(reference.target).node.addr);
    return createHash('sha256').update(JSON.stringify([Stack.of(this).resolve(texts), owners])).digest('hex').slice(0, 8);
  }
}

/** What never varies from one backup to another. */
function basePolicy(logGroup: logs.ILogGroup): iam.PolicyDocument {
  return new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
      // IAM knows no resource for these actions.
      new iam.PolicyStatement({ actions: ['backup:DescribeBackupJob', 'backup:ListBackupJobs'], resources: ['*'] }),
      // Only the status of the stack tells a rollback from an update.
      new iam.PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [Aws.STACK_ID] }),
    ],
  });
}
