import { Template } from './example-templates';

/** What a role may do, as a reader of the template finds it. */
export interface RoleStatement {
  readonly actions: readonly string[];
  readonly resources: readonly unknown[];
  readonly condition?: unknown;
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** Logical ids of the roles that a service assumes and that the library has made. */
export function ownRoles(template: Template, service: string): string[] {
  return Object.entries(template.Resources)
    .filter(([id, { Type: type, Properties: properties }]) => type === 'AWS::IAM::Role' && id.startsWith('OnDemandBackup')
      && JSON.stringify(properties.AssumeRolePolicyDocument).includes(`${service}.amazonaws.com`))
    .map(([id]) => id);
}

/** The statements in the role, and those of the policies that are attached to it. */
export function statementsOf(template: Template, role: string): RoleStatement[] {
  const inline: any[] = template.Resources[role].Properties.Policies ?? [];
  const attached = Object.values(template.Resources)
    .filter(({ Type: type, Properties: properties }) => type === 'AWS::IAM::Policy' && properties.Roles.some((each: any) => each.Ref === role))
    .map(({ Properties: properties }) => properties);
  return [...inline, ...attached].flatMap(({ PolicyDocument: document }) => document.Statement as Statement[]).map(({ Action, Resource, Condition }) => ({
    actions: [Action].flat().sort(),
    resources: [Resource].flat(),
    condition: Condition,
  }));
}

/** Managed policies of a role, by their names. */
export function managedPoliciesOf(template: Template, role: string): string[] {
  return (template.Resources[role].Properties.ManagedPolicyArns ?? []).map((arn: unknown) => written(arn).replace(/^arn:.*:policy\//, ''));
}

/** A value as `Fn::Sub` would write it. */
export function written(value: any): string {
  if (value === null || typeof value !== 'object') {
    return String(value);
  }
  const [[name, argument]] = Object.entries<any>(value);
  switch (name) {
    case 'Ref': return `\${${argument}}`;
    case 'Fn::GetAtt': return `\${${argument.join('.')}}`;
    case 'Fn::Join': return argument[1].map(written).join(argument[0]);
    default: return JSON.stringify(value);
  }
}
