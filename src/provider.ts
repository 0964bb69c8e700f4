import { createHash } from 'crypto';
import * as path from 'path';
import { Aws, Duration, Reference, RemovalPolicy, Stack, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, DependencyGroup, IConstruct, IDependable } from 'constructs';
import { acknowledgeAllResources, acknowledgeFunctionRole, acknowledgeInlinePolicy } from './acknowledged-findings';
import { PROVIDER_ID } from './own-resources';
import { BackupTarget, eventPermissions, functionPolicy, settingsPermissions, startPermissions, waitPermissions } from './provider-permissions';
import { OnDemandBackupProviderProps } from './provider-props';
import { configureRole, providerPropsFor } from './provider-settings';
import { validateStack } from './validation';
import { Waiter } from './waiter';

/** What a backup needs of the provider: the contract between copies of this library in one app, so it can only grow. */
export interface IProvider extends IConstruct {
  readonly serviceToken: string;
  /** What a custom resource has to depend on before it may use the target. */
  permissionsFor(target: BackupTarget): IDependable;
  /** The state machine that waits; made when the first backup of the stack waits. */
  waiting(): { readonly stateMachineArn: string; readonly permissions: IDependable };
  /** Lets the function read when an operation began, which only the events of the stack tell of a deletion. */
  readEvents(): void;
  /** Keeps the log when the stack is deleted: it tells of backups that were made then. */
  retainLog(): void;
}

/** The function behind all backups of a stack, with its role and log. */
export class Provider extends Construct implements IProvider {
  /** The provider of the stack; made by whichever copy of the library comes first. */
  public static of(scope: IConstruct): IProvider {
    const stack = Stack.of(scope);
    return (stack.node.tryFindChild(PROVIDER_ID) as IProvider | undefined) ?? new Provider(stack);
  }

  public readonly serviceToken: string;
  private readonly props: OnDemandBackupProviderProps;
  /** Undefined where somebody else looks after the role. */
  private readonly ownRole?: iam.Role;
  /** Undefined where somebody else looks after the log. */
  private readonly ownLogGroup?: logs.LogGroup;
  /** By the texts as they are: what they resolve to is the same for the same texts. */
  private readonly pairs = new Map<string, IDependable>();

  private constructor(stack: Stack) {
    super(stack, PROVIDER_ID);
    this.node.addValidation({ validate: () => validateStack(stack) });
    this.props = providerPropsFor(stack);
    this.ownLogGroup = this.props.logGroup ? undefined : new logs.LogGroup(this, 'Log', {
      retention: logs.RetentionDays.TWO_YEARS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const logGroup = this.ownLogGroup ?? this.props.logGroup!;
    const policy = functionPolicy(stack, logGroup.logGroupRef.logGroupArn);
    this.ownRole = this.props.role ? undefined : this.createRole(policy, logGroup.logGroupRef.logGroupArn);
    const roleArn = (this.ownRole ?? this.props.role!).roleRef.roleArn;
    const fn = new lambda.Function(this, 'Function', {
      code: lambda.Code.fromAsset(path.join(__dirname, '..', 'assets', 'lambda', 'index')),
      handler: 'index.handler',
      runtime: runtimeFor(this),
      description: 'Starts the on-demand backups of this stack with AWS Backup',
      // A running job is followed for about a minute, a role that is still propagating for three.
      timeout: Duration.minutes(15),
      memorySize: this.props.memorySize ?? 256,
      environment: { STACK_ID: Aws.STACK_ID },
      // Imported, because what it needs is in the role: CDK adds nothing, and no DependsOn beside the reference.
      role: iam.Role.fromRoleArn(this, 'FunctionRole', roleArn, { mutable: false }),
      logGroup,
      vpc: this.props.vpc,
      vpcSubnets: this.props.vpcSubnets,
      securityGroups: this.props.securityGroups,
      deadLetterQueue: this.props.deadLetterQueue,
      reservedConcurrentExecutions: this.props.reservedConcurrentExecutions,
      tracing: this.props.tracing,
      environmentEncryption: this.props.environmentEncryption,
      codeSigningConfig: this.props.codeSigningConfig,
    });
    policy.addStatements(...settingsPermissions(fn));
    if (this.props.role) {
      fn.node.addDependency(this.props.role);
    }
    this.serviceToken = fn.functionArn;
  }

  /**
   * One policy for each pair of vault and role, on which only the backups that use the pair depend: permissions
   * come before their first use and go after the last, and unrelated backups are not coupled.
   */
  public permissionsFor(target: BackupTarget): IDependable {
    const key = JSON.stringify([target.vaultArns, target.roleArn]);
    const known = this.pairs.get(key) ?? this.policy(`Permissions${this.identityOf([...target.vaultArns, target.roleArn])}`, () => startPermissions(target));
    this.pairs.set(key, known);
    return known;
  }

  public waiting(): { readonly stateMachineArn: string; readonly permissions: IDependable } {
    const waiter = this.node.tryFindChild('Waiter') as Waiter | undefined ?? new Waiter(this, 'Waiter', this.serviceToken, this.props);
    // A policy of its own: in the role, it would make function, role and machine a cycle.
    const permissions = this.policy('WaiterPermissions', () => waitPermissions(waiter.stateMachineArn), acknowledgeAllResources);
    return { stateMachineArn: waiter.stateMachineArn, permissions };
  }

  public readEvents(): void {
    this.policy('EventPermissions', () => [eventPermissions()]);
  }

  public retainLog(): void {
    this.ownLogGroup?.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  private createRole(policy: iam.PolicyDocument, logGroupArn: string): iam.Role {
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
      description: 'Role of the function that starts on-demand backups of this stack',
      inlinePolicies: { Base: policy },
    });
    configureRole(role, this.props);
    acknowledgeFunctionRole(role, logGroupArn);
    return role;
  }

  /** A policy of the function, made when it is first needed; nothing where somebody else looks after the role. */
  private policy(id: string, statements: () => iam.PolicyStatement[], acknowledge?: (policy: IConstruct) => void): IDependable {
    if (!this.ownRole) {
      return new DependencyGroup();
    }
    const existing = this.node.tryFindChild(id);
    if (existing) {
      return existing;
    }
    const policy = new iam.Policy(this, id, { roles: [this.ownRole], statements: statements() });
    acknowledgeInlinePolicy(policy);
    acknowledge?.(policy);
    return policy;
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

/** The CDK knows which runtime is in every Region. Where that is Node.js 22, whose support ends in April 2027, 24 is there too. */
function runtimeFor(scope: Construct): lambda.Runtime {
  const known = lambda.determineLatestNodeRuntime(scope);
  return known.name > lambda.Runtime.NODEJS_24_X.name ? known : lambda.Runtime.NODEJS_24_X;
}
