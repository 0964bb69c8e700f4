import { BackupError, invalidParameter, missingParameter } from './errors';
import { StartRequest } from './model';
import { Arn, parseArn, ResourceKind } from './resource-types';
import { Undocumented } from './undocumented';

type Check = (value: unknown, at: string) => void;

const MAX_WINDOW_MINUTES = 52_560_000;

const wrongType = (at: string, wanted: string): BackupError => new BackupError('SerializationException', `${at} is not ${wanted}`);

const string: Check = (value, at) => { if (typeof value !== 'string') throw wrongType(at, 'a JSON string'); };
const number: Check = (value, at) => { if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongType(at, 'a JSON number without a fraction'); };
const boolean: Check = (value, at) => { if (typeof value !== 'boolean') throw wrongType(at, 'a JSON boolean'); };

const structure = (members: Readonly<Record<string, Check>>): Check => (value, at) => {
  if (!isObject(value)) throw wrongType(at, 'a JSON object');
  for (const [name, check] of Object.entries(members)) {
    if (value[name] !== undefined && value[name] !== null) check(value[name], `${at}.${name}`);
  }
};

const stringMap: Check = (value, at) => {
  if (!isObject(value)) throw wrongType(at, 'a JSON object');
  for (const [name, entry] of Object.entries(value)) string(entry, `${at}.${name}`);
};

const START_BACKUP_JOB = structure({
  BackupVaultName: string,
  LogicallyAirGappedBackupVaultArn: string,
  ResourceArn: string,
  IamRoleArn: string,
  IdempotencyToken: string,
  StartWindowMinutes: number,
  CompleteWindowMinutes: number,
  Lifecycle: structure({
    MoveToColdStorageAfterDays: number,
    DeleteAfterDays: number,
    OptInToArchiveForSupportedResources: boolean,
    DeleteAfterEvent: string,
  }),
  RecoveryPointTags: stringMap,
  BackupOptions: stringMap,
  Index: string,
});

/** The request as the wire has it: right JSON types, required members there. */
export function parseStartRequest(body: Readonly<Record<string, unknown>>): StartRequest {
  START_BACKUP_JOB(body, 'StartBackupJobInput');
  for (const name of ['BackupVaultName', 'ResourceArn', 'IamRoleArn']) {
    if (!body[name]) throw missingParameter(`${name} is required`);
  }
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)) as unknown as StartRequest;
}

/** The rules that need nothing but the request. */
export function validateStartRequest(request: StartRequest, undocumented: Undocumented): Arn {
  if (!/^[a-zA-Z0-9\-_]{2,50}$/.test(request.BackupVaultName)) throw invalidParameter(`Invalid BackupVaultName ${request.BackupVaultName}`);
  const arn = parseArn(request.ResourceArn);
  if (!arn) throw invalidParameter(`Invalid ARN ${request.ResourceArn}`);
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+/.test(request.IamRoleArn)) throw invalidParameter(`Invalid role ARN ${request.IamRoleArn}`);
  if (request.Index !== undefined && !['ENABLED', 'DISABLED'].includes(request.Index)) throw invalidParameter(`Invalid Index ${request.Index}`);
  validateWindows(request, undocumented);
  validateLifecycle(request, undocumented);
  return arn;
}

/** Options are of the type that has them. */
export function validateBackupOptions(request: StartRequest, kind: ResourceKind): void {
  const known: Readonly<Record<string, readonly string[]>> = { EC2: ['WindowsVSS'], S3: ['BackupACLs', 'BackupObjectTags'] };
  for (const [name, value] of Object.entries(request.BackupOptions ?? {})) {
    const valid = (known[kind.type] ?? []).includes(name) && ['enabled', 'disabled'].includes(value);
    if (!valid) throw invalidParameter(`Invalid backup option ${name}=${value} for resource type ${kind.type}`);
  }
}

function validateWindows(request: StartRequest, undocumented: Undocumented): void {
  const { StartWindowMinutes: start, CompleteWindowMinutes: complete } = request;
  if (start !== undefined && (start < 60 || start > MAX_WINDOW_MINUTES)) throw invalidParameter('StartWindowMinutes must be at least 60 minutes');
  if (complete !== undefined && (complete < 1 || complete > MAX_WINDOW_MINUTES)) throw invalidParameter('CompleteWindowMinutes is out of range');
  const gap = (complete ?? Infinity) - (start ?? 480);
  if (undocumented.completeWindowMinimum === 'enforced' && gap < 60) throw invalidParameter('CompleteWindowMinutes must be at least 60 minutes greater than StartWindowMinutes');
}

function validateLifecycle(request: StartRequest, undocumented: Undocumented): void {
  const { MoveToColdStorageAfterDays: cold, DeleteAfterDays: days, DeleteAfterEvent: event } = request.Lifecycle ?? {};
  if (event !== undefined) throw invalidParameter('Invalid lifecycle. DeleteAfterEvent is not valid as an input');
  if (cold === -1 && days === -1 && undocumented.minusOneLifecycle === 'accepted') return;
  if (days !== undefined && (days < 1 || days > 36_500)) throw invalidParameter('Invalid lifecycle. DeleteAfterDays cannot be less than 1 or more than 36500 days');
  if (cold !== undefined && (cold < 0 || cold > 36_500)) throw invalidParameter('Invalid lifecycle. MoveToColdStorageAfterDays is out of range');
  if (cold !== undefined && days !== undefined && days < cold + 90) {
    throw invalidParameter('Invalid lifecycle. DeleteAfterDays cannot be less than 90 days apart from MoveToColdStorageAfterDays');
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
