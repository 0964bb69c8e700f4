import { fitsResource, ResourceFacts } from '../resource-facts';
import { RESOURCE_TABLE, rowsOfCloudFormationType, rowsOf } from '../resource-table';
import { PropsView, ReferenceView, SourceView } from './props-view';
import { Finding, Rule } from './rule';
import { quoted } from './text';
import { notBackupable } from './unsupported';

const GUIDE = 'https://docs.aws.amazon.com/aws-backup/latest/devguide';
const SUPPORTED = `${GUIDE}/whatisbackup.html#supported-resources`;
const REGION = /^[a-z]+(-[a-z0-9]+)+$/;
const ACCOUNT = /^\d{12}$/;

/** What is backed up. */
export const SOURCE_RULES: readonly Rule<PropsView>[] = [
  {
    id: 'SourceMissing',
    severity: 'error',
    rule: 'A backup needs a source.',
    remedy: 'Use one of the factories of BackupSource.',
    see: SUPPORTED,
    check: ({ source }) => source ? [] : [{ prop: 'source', value: 'nothing' }],
  },
  {
    id: 'SourceArn',
    severity: 'error',
    rule: 'AWS Backup needs an ARN: arn:<partition>:<service>:<region>:<account>:<resource>.',
    remedy: 'Use a factory of BackupSource for its type, or give the whole ARN.',
    see: `${GUIDE}/API_StartBackupJob.html`,
    check: on((source) => source.arn.wellFormed ? undefined : {}),
  },
  {
    id: 'SourceUnsupported',
    severity: 'error',
    rule: 'AWS Backup cannot back up this kind of resource.',
    remedy: 'Use what its own service offers for backups.',
    see: SUPPORTED,
    check: on((source) => {
      const because = notBackupable(source);
      return because === undefined ? undefined : { because };
    }),
  },
  {
    id: 'SourceArnShape',
    severity: 'error',
    rule: 'The ARN has to be one of the resource itself, in the form that AWS Backup takes for its type.',
    remedy: 'Give the ARN of the table, bucket, cluster, file system, volume or instance as a whole.',
    see: SUPPORTED,
    check: on((source) => notBackupable(source) === undefined && !fitsType(source) ? { because: expectedForms(source) } : undefined),
  },
  {
    id: 'SourceArnPlace',
    severity: 'error',
    rule: 'An ARN names the Region and the 12-digit account of the resource; that of a bucket names neither.',
    remedy: 'Correct the ARN.',
    see: SUPPORTED,
    check: on(({ arn: { wellFormed, service, region, account } }) => {
      const global = RESOURCE_TABLE.some((row) => row.service === service && row.global);
      const fits = global ? !region && !account : REGION.test(region ?? 'eu-west-1') && ACCOUNT.test(account ?? '123456789012');
      return !wellFormed || fits ? undefined : {};
    }),
  },
  {
    id: 'SourceAttribute',
    severity: 'error',
    rule: 'The source has to be the ARN of the resource, not another attribute of it, such as a stream, nor a part of it, such as an index or the objects.',
    remedy: 'Use the factory of BackupSource for its type.',
    see: SUPPORTED,
    check: ({ source }) => {
      const [row] = rowsOfCloudFormationType(source?.reference?.cloudFormationType ?? '');
      return row && !isArnOf(source!.reference!, row) ? [{ prop: 'source', value: referenceText(source!.reference!) }] : [];
    },
  },
  {
    id: 'SourceTypeContradicted',
    severity: 'error',
    rule: 'The resource type has to be that of the resource behind the ARN.',
    remedy: 'Leave resourceType out of BackupSource.fromArn().',
    see: SUPPORTED,
    check: on(({ type, reference }) => {
      const rows = rowsOfCloudFormationType(reference?.cloudFormationType ?? '');
      return type !== undefined && rows.length > 0 && !rows.some((row) => row.type === type)
        ? { because: `It is ${reference!.cloudFormationType}, which is not ${type}.` }
        : undefined;
    }),
  },
  {
    id: 'SourceSurroundingStack',
    severity: 'error',
    rule: 'A stack cannot be backed up while it is being deployed, so neither the stack of the backup nor one around it can be its source.',
    remedy: 'Create the backup in another stack.',
    see: `${GUIDE}/applicationstackbackups.html`,
    check: on((source) => source.surroundingStack ? {} : undefined),
  },
  {
    id: 'SourceTypeUnknown',
    severity: 'warning',
    rule: 'This library does not know the service in the ARN as one that AWS Backup can back up, so nothing about it has been checked.',
    remedy: 'If AWS Backup can back it up, say so with BackupSource.fromArn(arn, BackupResourceType.of(\'<its resource type>\')).',
    see: SUPPORTED,
    check: on((source) => isUnknownService(source) && notBackupable(source) === undefined ? {} : undefined),
  },
];

function on(check: (source: SourceView) => Omit<Finding, 'prop' | 'value'> | undefined) {
  return ({ source }: PropsView): Finding[] => {
    const found = source && check(source);
    return found ? [{ prop: 'source', value: quoted(source.arn.text), ...found }] : [];
  };
}

function isUnknownService({ type, arn }: SourceView): boolean {
  return type === undefined && arn.wellFormed && arn.service !== undefined && !RESOURCE_TABLE.some((row) => row.service === arn.service);
}

/** Whether the literal parts fit a row of the type; a type that the table does not know fits anything. */
function fitsType({ type, arn }: SourceView): boolean {
  const rows = type === undefined ? RESOURCE_TABLE.filter((row) => row.service === arn.service) : rowsOf(type);
  return rows.length === 0 || rows.some((row) => row.service === (arn.service ?? row.service) && fitsResource(row, arn.resource ?? row.resource));
}

function expectedForms({ type, arn }: SourceView): string {
  const rows = RESOURCE_TABLE.filter((row) => type === undefined ? row.service === arn.service : row.type === type);
  const forms = rows.map((row) => `arn:…:${row.service}:${row.global ? ':' : '<region>:<account>'}:${row.resource.replaceAll('{', '<').replaceAll('}', '>')}`);
  return `Expected ${[...new Set(forms)].join(' or ')}.`;
}

function isArnOf({ cloudFormationType, attribute, suffix }: ReferenceView, row: ResourceFacts): boolean {
  const facts = row.cloudFormation[cloudFormationType];
  const expected = new RegExp(`^${(facts.suffix ?? '').replace(/\{\w+\}/g, '[^/:]+')}$`);
  return attribute === (facts.refIsArn ? 'Ref' : facts.attribute) && expected.test(suffix);
}

function referenceText({ cloudFormationType, attribute, suffix }: ReferenceView): string {
  const what = attribute === 'Ref' ? 'Ref' : `attribute ${attribute}`;
  return `the ${what} of ${cloudFormationType}${suffix && ` with ${quoted(suffix)} behind it`}`;
}
