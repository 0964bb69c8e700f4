import { CloudFormationFacts, ResourceFacts } from './resource-facts';
import { RESOURCE_TABLE, rowsOfCloudFormationType } from './resource-table';

const NOT_WHILE_DEPLOYED: { readonly [type: string]: string } = {
  'AWS::CloudFormation::Stack': 'a nested stack is deployed together with its guard, and AWS Backup takes no stack that is being deployed; guard what is in it',
};

/** What the table says of a CloudFormation type. */
export function rowsAndFacts(type: string): [ResourceFacts, CloudFormationFacts][] {
  return rowsOfCloudFormationType(type).map((row) => [row, row.cloudFormation[type]]);
}

/** Why resources of a CloudFormation type cannot be guarded; undefined where they can. */
export function whyNotGuardable(type: string): string | undefined {
  const rows = rowsAndFacts(type);
  const [reason] = rows.flatMap(([, { notFromPhysicalId }]) => notFromPhysicalId ?? []);
  return rows.length === 0 ? 'AWS Backup cannot back it up' : NOT_WHILE_DEPLOYED[type] ?? reason;
}

/** CloudFormation types of which a guard can find the resource by its logical id. */
export function guardableTypes(): string[] {
  const types = RESOURCE_TABLE.flatMap(({ cloudFormation }) => Object.keys(cloudFormation));
  return [...new Set(types)].filter((type) => whyNotGuardable(type) === undefined).sort();
}
