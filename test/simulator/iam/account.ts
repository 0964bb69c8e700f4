import { Clock } from '../clock';
import { Authorizer, NeededPermission } from '../service';
import { judge, PolicyDocument } from './policy';

/** A document and the moment from which it counts. */
interface Version {
  readonly document: PolicyDocument;
  readonly from: number;
}

interface Role {
  readonly arn: string;
  readonly name: string;
  readonly createdAt: number;
  /** Inline policies, by name. A new version does not count before it has propagated; until then the one before it does. */
  readonly inline: Map<string, Version[]>;
  readonly managed: Set<string>;
  boundary?: string;
}

/** Who a caller is. */
export interface Caller {
  readonly roleArn: string;
  readonly session: string;
}

const allow = (...actions: string[]): PolicyDocument => ({ Statement: { Effect: 'Allow', Action: actions, Resource: '*' } });

/** What the AWS managed policies that functions have let them do; all others count as letting nobody call anything that is simulated. */
const AWS_MANAGED: Readonly<Record<string, PolicyDocument>> = {
  'service-role/AWSLambdaBasicExecutionRole': allow('logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'),
  'service-role/AWSLambdaVPCAccessExecutionRole': allow('logs:*', 'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'),
  'AWSXRayDaemonWriteAccess': allow('xray:PutTraceSegments', 'xray:PutTelemetryRecords'),
  'AdministratorAccess': allow('*'),
};

/** The roles and policies of the account, judged as they are at the moment of a call. */
export class IamAccount implements Authorizer {
  private readonly roles = new Map<string, Role>();
  private readonly policies = new Map<string, Version[]>();

  constructor(
    private readonly clock: Clock,
    /** Milliseconds until a new role or policy counts everywhere. */
    private readonly propagation: number,
    private readonly identify: (accessKeyId: string) => Caller | undefined,
  ) {}

  public putRole(arn: string, name: string, inline: Readonly<Record<string, PolicyDocument>>, managed: readonly string[], boundary?: string): void {
    const role = this.roles.get(arn) ?? { arn, name, createdAt: this.clock.now(), inline: new Map<string, Version[]>(), managed: new Set<string>() };
    this.roles.set(arn, role);
    for (const key of role.inline.keys()) {
      if (key.startsWith('own/') && !(key.slice(4) in inline)) role.inline.delete(key);
    }
    for (const [policy, document] of Object.entries(inline)) this.putInline(arn, `own/${policy}`, document);
    role.managed.clear();
    for (const policy of managed) role.managed.add(policy);
    role.boundary = boundary;
  }

  public removeRole(arn: string): void {
    this.roles.delete(arn);
  }

  public role(arn: string): { readonly arn: string; readonly name: string; readonly createdAt: number } | undefined {
    return this.roles.get(arn);
  }

  public roleNamed(name: string): string | undefined {
    return [...this.roles.values()].find((role) => role.name === name)?.arn;
  }

  public putInline(roleArn: string, policy: string, document: PolicyDocument): void {
    const role = this.roles.get(roleArn);
    if (!role) throw new Error(`The role with name ${roleArn.split('/').pop()} cannot be found.`);
    this.add(role.inline, policy, document);
  }

  public removeInline(roleArn: string, policy: string): void {
    this.roles.get(roleArn)?.inline.delete(policy);
  }

  public putManaged(arn: string, document: PolicyDocument): void {
    this.add(this.policies, arn, document);
  }

  public removeManaged(arn: string): void {
    this.policies.delete(arn);
  }

  public attach(roleArn: string, policyArn: string): void {
    this.roles.get(roleArn)?.managed.add(policyArn);
  }

  public detach(roleArn: string, policyArn: string): void {
    this.roles.get(roleArn)?.managed.delete(policyArn);
  }

  /** All documents of a role that count now. */
  public documents(roleArn: string): readonly PolicyDocument[] {
    const role = this.roles.get(roleArn);
    if (!role) return [];
    const inline = [...role.inline.values()].map((versions) => this.current(versions));
    return [...inline, ...[...role.managed].map((arn) => this.managed(arn))].filter((document) => document !== undefined);
  }

  /** A client that is no function of the account belongs to the test, which may do everything. A role's ARN may stand for the key. */
  public denial(accessKeyId: string, permission: NeededPermission): string | undefined {
    const caller = accessKeyId.startsWith('arn:') ? { roleArn: accessKeyId, session: 'service' } : this.identify(accessKeyId);
    if (!caller) return undefined;
    const role = this.roles.get(caller.roleArn);
    const question = { action: permission.action, resource: permission.resource, context: permission.context ?? {} };
    const refuse = (why: string): string => {
      const [, partition, , , account] = caller.roleArn.split(':');
      const user = `arn:${partition}:sts::${account}:assumed-role/${caller.roleArn.split('/').pop()}/${caller.session}`;
      return `User: ${user} is not authorized to perform: ${permission.action} on resource: ${permission.resource} because ${why}`;
    };
    const verdict = role ? judge(this.documents(role.arn), question) : 'silent';
    if (verdict === 'denied') return refuse('of an explicit deny in an identity-based policy');
    if (verdict === 'silent') return refuse(`no identity-based policy allows the ${permission.action} action`);
    const boundary = role?.boundary ? judge([this.managed(role.boundary)].filter((document) => document !== undefined), question) : 'allowed';
    return boundary === 'allowed' ? undefined : refuse(`no permissions boundary allows the ${permission.action} action`);
  }

  private managed(arn: string): PolicyDocument | undefined {
    const own = this.policies.get(arn);
    return own ? this.current(own) : AWS_MANAGED[arn.split(':policy/').pop() ?? ''];
  }

  private add(to: Map<string, Version[]>, key: string, document: PolicyDocument): void {
    const versions = to.get(key) ?? [];
    if (JSON.stringify(versions.at(-1)?.document) === JSON.stringify(document)) return;
    to.set(key, [...versions, { document, from: this.clock.now() + this.propagation }]);
  }

  private current(versions: readonly Version[]): PolicyDocument | undefined {
    return versions.filter((version) => version.from <= this.clock.now()).at(-1)?.document;
  }
}
