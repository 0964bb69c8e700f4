/** What the estimate looks at. */
interface Template {
  readonly stackName?: string;
  readonly region?: string;
  readonly resources: { readonly [logicalId: string]: any };
}

/** CloudFormation appends twelve characters to the names that it makes. */
const GENERATED_SUFFIX = 13;
const MAX_ROLE_NAME = 64;
/** A usual ARN, where nothing better is known. */
const USUAL_ARN = 60;

/**
 * How many characters of inline policies each role has, as IAM counts: without white space, all of them together.
 *
 * An estimate, because names that CloudFormation makes are only known at deployment; their lengths are known well enough.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function inlinePolicySizes(template: Template): { [role: string]: number } {
  const sizes: { [role: string]: number } = {};
  const add = (role: string, document: any) => {
    sizes[role] = (sizes[role] ?? 0) + lengthOf(document, template);
  };
  for (const [id, { Type: type, Properties: properties = {} }] of Object.entries(template.resources)) {
    if (type === 'AWS::IAM::Role') {
      asList(properties.Policies).forEach((policy) => add(id, policy.PolicyDocument));
    } else if (type === 'AWS::IAM::Policy') {
      asList(properties.Roles).forEach((role) => role.Ref && add(role.Ref, properties.PolicyDocument));
    } else if (type === 'AWS::IAM::RolePolicy' && properties.RoleName?.Ref) {
      add(properties.RoleName.Ref, properties.PolicyDocument);
    }
  }
  return sizes;
}

/** Length of a value as compact JSON, with intrinsic functions as long as what they will be. */
function lengthOf(value: any, template: Template): number {
  if (Array.isArray(value)) {
    return sum(value.map((each) => lengthOf(each, template))) + commas(value.length) + 2;
  }
  if (value === null || typeof value !== 'object') {
    return JSON.stringify(value)?.length ?? 0;
  }
  const entries = Object.entries(value);
  const text = entries.length === 1 ? textLength(value, template) : undefined;
  return text === undefined
    ? sum(entries.map(([key, each]) => JSON.stringify(key).length + 1 + lengthOf(each, template))) + commas(entries.length) + 2
    : text + 2;
}

/** Length of the text that an intrinsic function becomes; nothing if the value is no intrinsic function. */
function textLength(value: any, template: Template): number | undefined {
  if (typeof value === 'string') {
    return value.length;
  }
  if (value['Fn::Join']) {
    const [separator, texts] = value['Fn::Join'];
    return sum(asList(texts).map((each) => textLength(each, template) ?? USUAL_ARN)) + separator.length * commas(asList(texts).length);
  }
  if (value.Ref) {
    return pseudoLength(value.Ref, template) ?? nameLength(value.Ref, template);
  }
  if (value['Fn::GetAtt']) {
    return arnLength(value['Fn::GetAtt'][0], template);
  }
  return Object.keys(value)[0]?.startsWith('Fn::') ? USUAL_ARN : undefined;
}

function pseudoLength(name: string, { stackName, region }: Template): number | undefined {
  const lengths: { readonly [pseudo: string]: number } = {
    'AWS::Partition': 3,
    'AWS::Region': region?.length ?? 9,
    'AWS::AccountId': 12,
    'AWS::StackName': stackName?.length ?? 20,
    'AWS::StackId': 110,
    'AWS::URLSuffix': 13,
  };
  return lengths[name];
}

function nameLength(id: string, { stackName, resources }: Template): number {
  const { RoleName, BackupVaultName } = resources[id]?.Properties ?? {};
  const named = [RoleName, BackupVaultName].find((name) => typeof name === 'string');
  return named?.length ?? Math.min((stackName?.length ?? 20) + 1 + id.length + GENERATED_SUFFIX, MAX_ROLE_NAME);
}

function arnLength(id: string, template: Template): number {
  const region = template.region?.length ?? 9;
  switch (template.resources[id]?.Type) {
    case 'AWS::IAM::Role':
      return 'arn:aws:iam::123456789012:role/'.length + nameLength(id, template);
    case 'AWS::Backup::BackupVault':
    case 'AWS::Backup::LogicallyAirGappedBackupVault':
      return 'arn:aws:backup::123456789012:backup-vault:'.length + region + nameLength(id, template);
    case 'AWS::Logs::LogGroup':
      return 'arn:aws:logs::123456789012:log-group::*'.length + region + nameLength(id, template);
    default:
      return USUAL_ARN;
  }
}

function asList(value: any): any[] {
  return Array.isArray(value) ? value : [];
}

function commas(count: number): number {
  return Math.max(count - 1, 0);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
