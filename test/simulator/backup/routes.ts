import { ServiceRequest } from '../service';
import { BackupError } from './errors';

/** A call, taken off the wire. */
export interface Call {
  readonly operation: string;
  /** Path and query parameters, and the members of the body. */
  readonly input: Readonly<Record<string, unknown>>;
}

const ROUTES: readonly (readonly [operation: string, method: string, pattern: RegExp])[] = [
  ['StartBackupJob', 'PUT', /^\/backup-jobs\/?$/],
  ['ListBackupJobs', 'GET', /^\/backup-jobs\/?$/],
  ['DescribeBackupJob', 'GET', /^\/backup-jobs\/(?<BackupJobId>[^/]+)$/],
  ['StopBackupJob', 'POST', /^\/backup-jobs\/(?<BackupJobId>[^/]+)$/],
  ['ListCopyJobs', 'GET', /^\/copy-jobs\/?$/],
  ['DescribeCopyJob', 'GET', /^\/copy-jobs\/(?<CopyJobId>[^/]+)$/],
  ['DescribeBackupVault', 'GET', /^\/backup-vaults\/(?<BackupVaultName>[^/]+)$/],
  ['ListRecoveryPointsByBackupVault', 'GET', /^\/backup-vaults\/(?<BackupVaultName>[^/]+)\/recovery-points\/?$/],
  ['DescribeRecoveryPoint', 'GET', /^\/backup-vaults\/(?<BackupVaultName>[^/]+)\/recovery-points\/(?<RecoveryPointArn>[^/]+)$/],
  ['DeleteRecoveryPoint', 'DELETE', /^\/backup-vaults\/(?<BackupVaultName>[^/]+)\/recovery-points\/(?<RecoveryPointArn>[^/]+)$/],
  ['DescribeRegionSettings', 'GET', /^\/account-settings\/?$/],
];

export function route(request: ServiceRequest): Call {
  for (const [operation, method, pattern] of ROUTES) {
    const match = request.method === method ? pattern.exec(request.path) : null;
    if (!match) continue;
    const labels = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
    return { operation, input: { ...Object.fromEntries(request.query), ...Object.fromEntries(labels), ...parseBody(request.body) } };
  }
  throw new BackupError('UnknownOperationException', `${request.method} ${request.path}`);
}

function parseBody(body: string): Readonly<Record<string, unknown>> {
  if (body === '') return {};
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    throw new BackupError('SerializationException', 'The body is not JSON');
  }
}
