import { ResourceFacts } from '../src/resource-facts';

const VAULT = 'the vault\'s key';
const SOURCE = 'the source\'s key';

/** Where full management does not say which key it is. From AWS's page "Encryption for backups in AWS Backup". */
const KEY_OF_RECOVERY_POINT: Readonly<Record<string, string>> = {
  'CloudFormation': VAULT,
  'DynamoDB': `${VAULT} with advanced features for DynamoDB backups, else ${SOURCE}`,
  'Redshift': SOURCE,
  'Redshift Serverless': SOURCE,
};

/** What the managed policies of AWS Backup allow on every key. */
const ON_EVERY_KEY = ['kms:DescribeKey', 'kms:CreateGrant for AWS services'];

/** What they allow besides, by type of resource: `kms:ViaService` limits it to that service. */
const MORE_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  DynamoDB: ['kms:Decrypt, kms:GenerateDataKey through DynamoDB'],
  DSQL: ['kms:Decrypt through DSQL'],
  EBS: ['kms:GenerateDataKeyWithoutPlaintext, kms:ReEncryptTo, kms:ReEncryptFrom through EC2'],
  EC2: ['kms:GenerateDataKeyWithoutPlaintext, kms:ReEncryptTo, kms:ReEncryptFrom through EC2'],
};

/** Only in the policy for S3, which has none of the others. */
const S3_ACTIONS = ['kms:DescribeKey', 'kms:Decrypt through S3'];

/** Which key encrypts a recovery point of the type. */
export function keyOf({ type, fullManagement }: ResourceFacts): string {
  const key = KEY_OF_RECOVERY_POINT[type] ?? { yes: VAULT, no: SOURCE, depends: undefined, unclear: undefined }[fullManagement];
  if (key === undefined) {
    throw new Error(`${type}: say in scripts/key-needs.ts whose key encrypts its recovery points`);
  }
  return key;
}

/** What the role does with the key of a source of the type. */
export function actionsOnKey({ type }: ResourceFacts): string[] {
  return type === 'S3' ? [...S3_ACTIONS] : [...ON_EVERY_KEY, ...MORE_ACTIONS[type] ?? []];
}
