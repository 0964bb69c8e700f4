/**
 * What can be known about a kind of resource; the values are in `resource-table.ts`.
 *
 * Nothing in here imports the CDK: the function reads the same table at deployment.
 */
export interface ResourceFacts {
  /** `ResourceType` of a backup job. One type can have several rows, see `variant`. */
  readonly type: string;
  /** What tells rows of one type apart, where AWS Backup treats them differently. */
  readonly variant?: string;
  /** Service of the ARN that StartBackupJob takes. */
  readonly service: string;
  /** Last part of that ARN, with a `{placeholder}` for each id. */
  readonly resource: string;
  /** The ARN has neither Region nor account (S3). */
  readonly global?: boolean;
  /** AWS stores the id in lower case, whatever the template says. */
  readonly lowerCaseId?: boolean;
  /** CloudFormation types that are such a resource. */
  readonly cloudFormation: { readonly [type: string]: CloudFormationFacts };
  /** `archive`: only into the EBS snapshot archive, after opting in. `children`: only the nested recovery points. `depends`: on an account setting. */
  readonly coldStorage: 'yes' | 'archive' | 'children' | 'depends' | 'unclear' | 'no';
  /** Full AWS Backup management: recovery points have ARNs and keys of their own. */
  readonly fullManagement: 'yes' | 'depends' | 'unclear' | 'no';
  /** How a recovery point gets into a logically air-gapped vault; `copy` is by a temporary recovery point in the ordinary vault. */
  readonly airGapped: 'direct' | 'copy' | 'depends' | 'unclear' | 'no';
  /** What else must hold for the air-gapped vault. */
  readonly airGappedNote?: string;
  /** Recovery points can be indexed for backup search. */
  readonly index: boolean;
  /** StopBackupJob works. */
  readonly stoppable: boolean;
  /** Managed policies that the backup role needs, as IAM names them (a path belongs to the name). */
  readonly managedPolicies: readonly string[];
  /** Managed policies needed besides when `index` is set. */
  readonly indexPolicies: readonly string[];
  /** What the services say when the resource is gone; `{name}` is the last id of its ARN. See `saysGone()`. */
  readonly gone: readonly string[];
  /** AWS page about backups of this type. */
  readonly see: string;
}

/** How the ARN that AWS Backup wants is found from a CloudFormation resource. */
export interface CloudFormationFacts {
  /** Attribute that is that ARN; without one it is made from the Ref, as from the physical id. */
  readonly attribute?: string;
  /** The Ref itself is the ARN. */
  readonly refIsArn?: boolean;
  /** `FileSystemType`s that this row is about, where there are several rows. */
  readonly fileSystemTypes?: readonly string[];
  /** What separates the ids in the Ref, where there are several. */
  readonly separator?: string;
  /** What has to be appended to the attribute, when that is the ARN of something that only holds the resource. */
  readonly suffix?: string;
  /** Why the physical id alone does not give the ARN. */
  readonly notFromPhysicalId?: string;
}

/** Where a resource lives. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** The ARN as AWS Backup takes it; ids in the order of the placeholders. */
export function formatResourceArn(facts: ResourceFacts, ids: readonly string[], place: Place): string {
  let next = 0;
  const resource = facts.resource.replace(/\{\w+\}/g, () => ids[next++]);
  const [region, account] = facts.global ? ['', ''] : [place.region, place.account];
  return `arn:${place.partition}:${facts.service}:${region}:${account}:${resource}`;
}

/** What stands for a token in a text that is otherwise known. */
export const TOKEN = '{token}';

/**
 * Whether the last part of an ARN can be one of the row.
 *
 * A token may hold anything, separators included, so behind the first one only too many separators are wrong.
 */
export function fitsResource(facts: ResourceFacts, resource: string): boolean {
  const expected = splitResource(facts.resource);
  const [known, ...unknown] = resource.split(TOKEN);
  const seen = splitResource(known);
  if (unknown.length === 0 && seen.length !== expected.length) {
    return false;
  }
  return separators(resource) <= separators(facts.resource)
    && seen.every((part, i) => fitsPart(expected[i], part, unknown.length > 0 && i === seen.length - 1));
}

function fitsPart(expected: string | undefined, part: string, incomplete: boolean): boolean {
  if (expected?.startsWith('{')) {
    return !/^[/:]$/.test(part);
  }
  return incomplete ? expected?.startsWith(part) ?? false : expected === part;
}

/** Ids and separators, in their order. */
function splitResource(resource: string): string[] {
  return resource.match(/[^/:]+|[/:]/g) ?? [];
}

function separators(resource: string): number {
  return resource.match(/[/:]/g)?.length ?? 0;
}

/**
 * Whether a message says that the source itself no longer exists.
 *
 * Only texts with the source's own name or ARN count, or those that can mean nothing else in a job of this type:
 * "vault … does not exist" and "role … not found" are failures.
 */
export function saysGone(rows: readonly ResourceFacts[], message: string, resourceArn: string): boolean {
  const said = message.toLowerCase();
  const arn = resourceArn.toLowerCase();
  const name = arn.split(/[:/]/).pop()!;
  const texts = [...rows.flatMap((row) => row.gone), ...GONE_WITH_ARN];
  return texts.some((text) => said.includes(text.toLowerCase().replace('{name}', name).replace('{arn}', arn)));
}

/** Independent of the type. */
const GONE_WITH_ARN = ['{arn} does not exist', '{arn} not found', '{arn} was not found', 'could not find resource {arn}', 'could not find resource: {arn}'];
