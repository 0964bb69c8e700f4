import * as cdk from 'aws-cdk-lib';
import { RESOURCE_TABLE } from '../src/resource-table';

/** The L1 class of a CloudFormation type in aws-cdk-lib, and the attributes that its objects have. */
function l1Of(type: string): { readonly cfnType: string; readonly attributes: string[] } | undefined {
  const [, service, resource] = type.split('::');
  const module = service === 'CloudFormation' ? 'core' : `aws_${service.toLowerCase()}`;
  const found = module === 'core' ? cdk.CfnStack : (cdk as any)[module]?.[`Cfn${resource}`];
  return found && { cfnType: found.CFN_RESOURCE_TYPE_NAME, attributes: Object.getOwnPropertyNames(found.prototype) };
}

const types = RESOURCE_TABLE.flatMap((each) => Object.entries(each.cloudFormation).map(([type, facts]) => [each.type, type, facts] as const));
test.each(types)('%s: %s is an L1 of aws-cdk-lib, with the attribute', (_, type, { attribute }) => {
  const l1 = l1Of(type);
  expect(l1?.cfnType).toBe(type);
  if (attribute !== undefined) {
    expect(l1!.attributes.map((each) => each.toLowerCase())).toContain(`attr${attribute.replaceAll('.', '')}`.toLowerCase());
  }
});
