import { BackupService } from '../backup';
import { Effects, Physical } from '../cloudformation/ordinary';
import { isObject } from '../cloudformation/template';
import { IamAccount } from '../iam/account';
import { PolicyDocument } from '../iam/policy';

type Named = { readonly PolicyName: string; readonly PolicyDocument: PolicyDocument };

/** Roles and policies of stacks become those of the account, and known to AWS Backup. */
export class IamEffects implements Effects {
  constructor(
    private readonly iam: IamAccount,
    private readonly backup: BackupService,
    private readonly now: () => number,
    /** Milliseconds until AWS Backup can assume a new role and has its rights. */
    private readonly backupPropagation: number,
  ) {}

  public created(resource: Physical): void {
    this.put(resource);
  }

  public updated(resource: Physical): void {
    this.detach(resource);
    this.put(resource);
  }

  public deleted(resource: Physical): void {
    switch (resource.type) {
      case 'AWS::IAM::Role':
        this.iam.removeRole(String(resource.attributes.Arn));
        this.backup.removeRole(String(resource.attributes.Arn));
        break;
      case 'AWS::IAM::ManagedPolicy':
        this.detach(resource);
        this.iam.removeManaged(resource.physicalId);
        break;
      default: this.detach(resource);
    }
  }

  private put(resource: Physical): void {
    const { type, properties, physicalId } = resource;
    switch (type) {
      case 'AWS::IAM::Role': return this.putRole(resource);
      case 'AWS::IAM::Policy':
        for (const arn of this.roles(properties.Roles)) this.iam.putInline(arn, physicalId, properties.PolicyDocument as PolicyDocument);
        return;
      case 'AWS::IAM::ManagedPolicy':
        this.iam.putManaged(physicalId, properties.PolicyDocument as PolicyDocument);
        for (const arn of this.roles(properties.Roles)) this.iam.attach(arn, physicalId);
    }
  }

  private putRole({ physicalId, properties, attributes }: Physical): void {
    const arn = String(attributes.Arn);
    const inline = Object.fromEntries(((properties.Policies ?? []) as Named[]).map((policy) => [policy.PolicyName, policy.PolicyDocument]));
    const managed = (properties.ManagedPolicyArns ?? []) as string[];
    this.iam.putRole(arn, physicalId, inline, managed, properties.PermissionsBoundary as string | undefined);
    if (!trusts(properties.AssumeRolePolicyDocument, 'backup.amazonaws.com')) return;
    const from = (this.iam.role(arn)?.createdAt ?? this.now()) + this.backupPropagation;
    const permitted = managed.some((policy) => /AWSBackupServiceRolePolicy|AdministratorAccess/.test(policy)) || Object.keys(inline).length > 0;
    this.backup.putRole({ arn, assumableFrom: from, permittedFrom: permitted ? from : Infinity });
  }

  /** A changed policy may name other roles than before. */
  private detach(resource: Physical): void {
    for (const arn of this.roles(resource.properties.Roles)) {
      if (resource.type === 'AWS::IAM::Policy') this.iam.removeInline(arn, resource.physicalId);
      if (resource.type === 'AWS::IAM::ManagedPolicy') this.iam.detach(arn, resource.physicalId);
    }
  }

  private roles(names: unknown): string[] {
    return ((names ?? []) as string[]).map((name) => this.iam.roleNamed(name)).filter((arn) => arn !== undefined);
  }
}

function trusts(document: unknown, service: string): boolean {
  if (!isObject(document)) return false;
  return [document.Statement].flat().some((statement) => isObject(statement) && isObject(statement.Principal)
    && [statement.Principal.Service].flat().includes(service));
}
