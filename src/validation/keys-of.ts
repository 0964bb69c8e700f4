import { CfnResource } from 'aws-cdk-lib';
import { markedReferences, withReferences } from '../marked-references';

/** A key as a property names it. */
export interface NamedKey {
  /** Where this app defines it. */
  readonly key?: CfnResource;
  /** An alias of AWS, such as `alias/aws/s3`. */
  readonly managedByAws: boolean;
}

/** Where the types that AWS Backup backs up, and vaults, name the key of their data. */
const PATHS = [
  ['KmsKeyId'],
  ['KmsEncryptionKey'],
  ['EncryptionKeyArn'],
  ['SSESpecification', 'KMSMasterKeyId'],
  ['Replicas', '*', 'SSESpecification', 'KMSMasterKeyId'],
  ['BucketEncryption', 'ServerSideEncryptionConfiguration', '*', 'ServerSideEncryptionByDefault', 'KMSMasterKeyID'],
];

/** The keys that a resource names, of whatever stack. */
export function keysOf(resource: CfnResource, rendered: Readonly<Record<string, any>>): NamedKey[] {
  if (PATHS.every(([property]) => rendered[property] === undefined) || PATHS.every((path) => valuesAt(rendered, path).length === 0)) {
    return [];
  }
  const { value, targets } = withReferences(resource, (resource as any)._toCloudFormation());
  const [{ Properties: properties }] = Object.values<any>(value.Resources);
  const keys = PATHS.flatMap((path) => valuesAt(properties, path)).map((named): NamedKey => {
    const { text, indexes } = markedReferences(named);
    const key = indexes.map((index) => targets[index]).find(({ cfnResourceType }) => cfnResourceType === 'AWS::KMS::Key');
    return { key, managedByAws: /(^|:)alias\/aws\//.test(text) };
  });
  return keys.filter((each, i) => i === keys.findIndex(({ key, managedByAws }) => key === each.key && managedByAws === each.managedByAws));
}

function valuesAt(value: any, [step, ...rest]: readonly string[]): any[] {
  if (step === undefined) {
    return value === undefined ? [] : [value];
  }
  const next = step === '*' ? Array.isArray(value) ? value : [] : [value?.[step]];
  return next.flatMap((each) => valuesAt(each, rest));
}
