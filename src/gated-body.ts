import { CfnResource, TagManager } from 'aws-cdk-lib';

/** What of a rendered resource decides whether CloudFormation is going to change it for a reason that counts. */
export interface GatedBody {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: { readonly [name: string]: any };
  readonly condition?: string;
}

/** Where a type holds tags beside its own tag property. */
const FURTHER_TAGS: { readonly [type: string]: readonly (readonly string[])[] } = {
  'AWS::DynamoDB::GlobalTable': [['Replicas', 'Tags']],
  'AWS::EC2::LaunchTemplate': [['LaunchTemplateData', 'TagSpecifications'], ['TagSpecifications']],
};

/**
 * The part of a rendered resource that counts: without its tags, because build tags on an app would back up everything
 * on every deployment, and without properties that are to be ignored.
 */
export function gatedBody(resource: CfnResource, logicalId: string, body: any, ignored: readonly string[]): GatedBody {
  const tags = TagManager.of(resource)?.tagPropertyName;
  const out = new Set([...ignored, ...(tags ? [capitalized(tags)] : []), ...(body.Type === NESTED_STACK ? ['TemplateURL'] : [])]);
  const properties = Object.fromEntries(Object.entries(body.Properties ?? {}).filter(([name]) => !out.has(name)));
  const further = FURTHER_TAGS[body.Type] ?? [];
  return { logicalId, type: body.Type, properties: further.reduce(without, properties), condition: body.Condition };
}

// Its URL holds a hash of the whole template, outputs and metadata included; what is in the template counts by itself.
const NESTED_STACK = 'AWS::CloudFormation::Stack';

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** A copy of a value without what is at the end of the path, in each element where there is a list on the way. */
function without(value: any, [key, ...rest]: readonly string[]): any {
  if (Array.isArray(value)) {
    return value.map((each) => without(each, [key, ...rest]));
  }
  if (value === null || typeof value !== 'object' || !(key in value)) {
    return value;
  }
  const { [key]: inner, ...others } = value;
  return rest.length > 0 ? { ...others, [key]: without(inner, rest) } : others;
}
