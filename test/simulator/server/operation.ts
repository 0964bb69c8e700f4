import { ServiceRequest } from '../service';

/** REST calls of AWS Backup, by method and the path without its ids. */
const REST: Readonly<Record<string, string>> = {
  'PUT /backup-jobs': 'StartBackupJob',
  'GET /backup-jobs': 'ListBackupJobs',
  'GET /backup-jobs/*': 'DescribeBackupJob',
  'POST /backup-jobs/*': 'StopBackupJob',
  'GET /copy-jobs': 'ListCopyJobs',
  'GET /copy-jobs/*': 'DescribeCopyJob',
  'GET /backup-vaults/*': 'DescribeBackupVault',
  'GET /backup-vaults/*/recovery-points': 'ListRecoveryPointsByBackupVault',
  'GET /backup-vaults/*/recovery-points/*': 'DescribeRecoveryPoint',
  'DELETE /backup-vaults/*/recovery-points/*': 'DeleteRecoveryPoint',
  'GET /account-settings': 'DescribeRegionSettings',
};

/** The operation that a request asks for, in whichever of AWS's protocols. */
export function operationOf(request: ServiceRequest, service: string): string {
  if (service === 'answer') return request.method;
  const target = request.headers['x-amz-target'];
  if (target) return target.split('.').pop() ?? target;
  const action = new URLSearchParams(request.body).get('Action');
  if (action) return action;
  const steps = request.path.split('/').filter((step) => step !== '');
  const key = `${request.method} /${steps.map((step, index) => index % 2 === 1 ? '*' : step).join('/')}`;
  return REST[key] ?? `${request.method} ${request.path}`;
}

/** What was sent, for people. */
export function readable(request: ServiceRequest): unknown {
  const query = Object.fromEntries(request.query);
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(request.body));
  try {
    return { path: request.path, ...query, ...(request.body ? JSON.parse(request.body) as object : {}) };
  } catch {
    return { path: request.path, ...query, body: request.body };
  }
}
