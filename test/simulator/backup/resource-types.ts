/** How a type reaches a logically air-gapped vault. */
export type AirGapped = 'direct' | 'copy' | 'unsupported';

/** What the service can do with one type of resource. */
export interface ResourceKind {
  readonly type: string;
  readonly stoppable: boolean;
  readonly airGapped: AirGapped;
  readonly coldStorage: boolean;
  readonly indexable: boolean;
  readonly composite: boolean;
  /** StartBackupJob itself names the recovery point. */
  readonly earlyArn: boolean;
  /** Without its region and account, both of which depend on the resource. */
  readonly pointArn: (arn: Arn, id: PointIds) => string;
  readonly goneText: (arn: string) => string;
}

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** What the new recovery point's ARN is made of. */
export interface PointIds {
  readonly region: string;
  readonly account: string;
  readonly uuid: string;
  readonly time: number;
}

export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, account, ...rest] = text.split(':');
  if (prefix !== 'arn' || !partition || !service || region === undefined || account === undefined || rest.length === 0) return undefined;
  return { partition, service, region, account, resource: rest.join(':') };
}

/** Every point in an air-gapped vault, and those of fully managed types. */
export const backupPointArn = (arn: Arn, id: PointIds): string =>
  `arn:${arn.partition}:backup:${id.region}:${id.account}:recovery-point:${id.uuid}`;

const hex17 = (id: PointIds) => id.uuid.replace(/-/g, '').slice(0, 17);
const name = (arn: Arn) => arn.resource.split(/[:/]/)[1];
const inService = (service: string, what: (arn: Arn, id: PointIds) => string, withAccount = true) => (arn: Arn, id: PointIds) =>
  `arn:${arn.partition}:${service}:${id.region}:${withAccount ? id.account : ''}:${what(arn, id)}`;

function kind(type: string, pointArn: ResourceKind['pointArn'], traits: Partial<ResourceKind> = {}): ResourceKind {
  return {
    type,
    pointArn,
    stoppable: true,
    airGapped: 'unsupported',
    coldStorage: false,
    indexable: false,
    composite: false,
    earlyArn: false,
    goneText: (arn) => `Could not find resource ${arn}`,
    ...traits,
  };
}

const clusterSnapshot = inService('rds', (_, id) => `cluster-snapshot:awsbackup:job-${id.uuid}`);
const fsxBackup = inService('fsx', (_, id) => `backup/backup-${hex17(id)}`);
const tableGone = (): string => 'Table not found.';
const databaseGone = (arn: string): string => `${arn.split(':').pop()} does not exist`;
const eksPoint = (arn: Arn, id: PointIds): string =>
  `arn:${arn.partition}:backup:${id.region}:${id.account}:recovery-point:composite:eks/${name(arn)}-${Math.floor(id.time / 1000)}`;

const KINDS: Readonly<Record<string, ResourceKind>> = {
  'EBS': kind('EBS', inService('ec2', (_, id) => `snapshot/snap-${hex17(id)}`, false), {
    airGapped: 'copy', coldStorage: true, indexable: true, goneText: () => 'The specified volume was not found.',
  }),
  'EC2': kind('EC2', inService('ec2', (_, id) => `image/ami-${hex17(id)}`, false), { airGapped: 'copy' }),
  'S3': kind('S3', backupPointArn, { airGapped: 'direct', indexable: true }),
  'EFS': kind('EFS', backupPointArn, { airGapped: 'direct', coldStorage: true, earlyArn: true }),
  'DynamoDB': kind('DynamoDB', backupPointArn, { airGapped: 'direct', coldStorage: true, earlyArn: true, goneText: tableGone }),
  'RDS': kind('RDS', (arn, id) => arn.resource.startsWith('cluster:')
    ? clusterSnapshot(arn, id)
    : inService('rds', () => `snapshot:awsbackup:job-${id.uuid}`)(arn, id), { stoppable: false, goneText: databaseGone }),
  'Aurora': kind('Aurora', clusterSnapshot, { stoppable: false, airGapped: 'copy', goneText: databaseGone }),
  'DocumentDB': kind('DocumentDB', clusterSnapshot, { stoppable: false, airGapped: 'copy', goneText: databaseGone }),
  'Neptune': kind('Neptune', clusterSnapshot, { stoppable: false, airGapped: 'copy', goneText: databaseGone }),
  'DSQL': kind('DSQL', backupPointArn, { airGapped: 'direct' }),
  'FSx': kind('FSx', fsxBackup, { stoppable: false, airGapped: 'copy' }),
  'Storage Gateway': kind('Storage Gateway', inService('ec2', (_, id) => `snapshot/snap-${hex17(id)}`, false), { airGapped: 'copy' }),
  'Timestream': kind('Timestream', backupPointArn, { airGapped: 'direct', coldStorage: true }),
  'CloudFormation': kind('CloudFormation', backupPointArn, { coldStorage: true, composite: true }),
  'Redshift': kind('Redshift', inService('redshift', (arn, id) => `snapshot:${name(arn)}/awsbackup:job-${id.uuid}`)),
  'Redshift Serverless': kind('Redshift Serverless', inService('redshift-serverless', (arn, id) => `snapshot:${name(arn)}/awsbackup:job-${id.uuid}`)),
  'EKS': kind('EKS', eksPoint, { composite: true }),
  'SAP HANA on Amazon EC2': kind('SAP HANA on Amazon EC2', backupPointArn, { stoppable: false, coldStorage: true }),
  'VirtualMachine': kind('VirtualMachine', backupPointArn, { airGapped: 'direct', coldStorage: true }),
};

const PLAIN_DYNAMODB: ResourceKind = kind('DynamoDB', inService('dynamodb', (arn, id) =>
  `table/${name(arn)}/backup/0${id.time}-${id.uuid.slice(0, 8)}`), { goneText: tableGone });
const FSX_VOLUME: ResourceKind = { ...KINDS.FSx, airGapped: 'unsupported' };

const PATTERNS: readonly (readonly [service: string, resource: RegExp, type: string])[] = [
  ['ec2', /^volume\/vol-/, 'EBS'],
  ['ec2', /^instance\/i-/, 'EC2'],
  ['s3', /^[^/]+$/, 'S3'],
  ['elasticfilesystem', /^file-system\/fs-/, 'EFS'],
  ['dynamodb', /^table\/[^/]+$/, 'DynamoDB'],
  ['rds', /^db:/, 'RDS'],
  ['rds', /^cluster:/, 'Aurora'],
  ['dsql', /^cluster\//, 'DSQL'],
  ['fsx', /^(file-system|volume)\//, 'FSx'],
  ['storagegateway', /^gateway\/[^/]+\/volume\//, 'Storage Gateway'],
  ['timestream', /^database\/[^/]+\/table\//, 'Timestream'],
  ['cloudformation', /^stack\//, 'CloudFormation'],
  ['redshift', /^cluster:/, 'Redshift'],
  ['redshift-serverless', /^namespace\//, 'Redshift Serverless'],
  ['eks', /^cluster\//, 'EKS'],
  ['ssm-sap', /^HANA\/.+\/DB\//, 'SAP HANA on Amazon EC2'],
  ['backup-gateway', /^vm\//, 'VirtualMachine'],
];

export const RESOURCE_TYPES: readonly string[] = Object.keys(KINDS);

/** Undefined for what AWS Backup does not back up. The named type decides where an ARN cannot (Aurora, DocumentDB and Neptune look alike). */
export function resourceKind(arn: Arn, advancedDynamoDb: boolean, namedType?: string): ResourceKind | undefined {
  const type = namedType ?? PATTERNS.find(([service, resource]) => arn.service === service && resource.test(arn.resource))?.[2];
  if (type === 'DynamoDB' && !advancedDynamoDb) return PLAIN_DYNAMODB;
  if (type === 'FSx' && arn.resource.startsWith('volume/')) return FSX_VOLUME;
  return type === undefined ? undefined : KINDS[type];
}

/** What a job is about that the service does not know; it fails of that. */
export const unknownKind = (arn: Arn): ResourceKind => kind(arn.service, backupPointArn);
