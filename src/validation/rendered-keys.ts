import { literal, RenderedResource, RenderedView, scalar, UsedKey } from './rendered-view';
import { Finding, Rule } from './rule';

const PAGE = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html';
/** The least that AWS Backup asks of a key policy. */
const NEEDED = ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey'];

/** What the keys of the source and of the vaults have to allow. No key belongs to this library, so none is changed. */
export const RENDERED_KEY_RULES: readonly Rule<RenderedView>[] = [
  {
    id: 'KeyDisabled',
    severity: 'warning',
    rule: 'A job that needs a disabled key FAILS.',
    remedy: 'Enable the key before the backup is deployed.',
    see: PAGE,
    check: ({ keys }) => keys.flatMap((key) => scalar(key.resource?.properties.Enabled) === 'false' ? [found(key, 'is disabled')] : []),
  },
  {
    id: 'KeyPolicy',
    severity: 'warning',
    rule: 'The policy of a key has to let the role of the backup use the key, or leave that to IAM as the default policy does; otherwise the job FAILS, or objects are left out.',
    remedy: `Allow ${NEEDED.join(', ')} to the role in the policy of the key.`,
    see: PAGE,
    check: ({ keys, roleArn }) => keys.flatMap((key) => {
      const missing = key.resource ? missingIn(key.resource, roleArn) : [];
      return missing.length > 0 ? [found(key, `has a policy that does not allow ${missing.join(', ')} to it`)] : [];
    }),
  },
  {
    id: 'KeyUnseen',
    severity: 'warning',
    rule: 'Where the role may not use the key of a bucket, AWS Backup leaves the objects out and COMPLETES the job. This app does not define the key, so its policy is not known.',
    remedy: 'Make sure that the policy of the key leaves the matter to IAM or names the role, then acknowledge this warning.',
    see: PAGE,
    check: ({ keys, sourceResource }) => sourceResource?.type === 'AWS::S3::Bucket'
      ? keys.filter(({ prop, resource, managedByAws }) => prop === 'source' && !resource && !managedByAws).map((key) => found(key, 'is defined elsewhere'))
      : [],
  },
];

function found({ prop, owner, resource }: UsedKey, what: string): Finding {
  return { prop, value: `${owner}, whose key ${resource ? `${resource.path} ` : ''}${what}` };
}

/** What no statement allows to the role; nothing where the policy is not literal. */
function missingIn(key: RenderedResource, roleArn: unknown): string[] {
  const policy = literal(key.properties.KeyPolicy);
  const statements = literal(policy.value?.Statement);
  if (!policy.known || !statements.known || statements.value === undefined) {
    return [];
  }
  const allowing = [statements.value].flat().filter((statement) => isForRole(statement, roleArn, key.sameStack));
  return NEEDED.filter((action) => !allowing.some((statement) => allows(statement, action)));
}

function isForRole(statement: any, roleArn: unknown, sameStack: boolean): boolean {
  const { known, value } = literal(statement);
  if (!known) {
    return true;
  }
  const principal = literal(value.Principal);
  const principals = !principal.known || typeof principal.value === 'string' ? [value.Principal] : [principal.value?.AWS ?? []].flat();
  return scalar(value.Effect) !== 'Deny' && principals.some((each) => isRoleOrAccount(each, roleArn, sameStack));
}

/** The account as a whole leaves it to IAM. What is not literal may be either, unless it is another resource of the stack. */
function isRoleOrAccount(principal: any, roleArn: unknown, sameStack: boolean): boolean {
  if (JSON.stringify(principal) === JSON.stringify(roleArn)) {
    return true;
  }
  return typeof principal === 'string' ? /^(\*|\d{12}|arn:.*:root)$/.test(principal) : !sameStack || !('Fn::GetAtt' in principal);
}

function allows(statement: any, action: string): boolean {
  const { known, value } = literal(statement);
  return !known || [value.Action].flat().some((each) => typeof each !== 'string' || matches(each, action));
}

/** Whether an action of a policy, which may hold asterisks, is this one. */
function matches(pattern: string, action: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.?+^$()[\]{}|\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(action);
}
