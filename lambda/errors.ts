/** What an error of a call means for the next try. */
export type ErrorClass =
  /** Passes by itself: try again until the deadline. */
  | 'transient'
  /** What CloudFormation has just made may not be known everywhere yet: try again for a few minutes. */
  | 'propagation'
  /** Trying again changes nothing. */
  | 'final';

interface ServiceError {
  readonly name: string;
  readonly message: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const TRANSIENT = new Set([
  'ThrottlingException', 'Throttling', 'TooManyRequestsException', 'RequestLimitExceeded', 'ServiceUnavailableException', 'TimeoutError',
]);
const PROPAGATION = new Set(['AccessDeniedException', 'AccessDenied', 'ResourceNotFoundException']);

/**
 * The texts by which AWS Backup says that a role, a policy or a vault is not there, as an error of the call or as
 * the StatusMessage of a job: which of the two it does is not documented.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-dashboards.html
 */
const PROPAGATION_TEXTS = [
  /cannot be assumed/i,
  /is not authorized to/i,
  /does not have permission/i,
  /access denied/i,
  /insufficient privileges/i,
  /backup vault .*does not exist/i,
];

export function classify(error: unknown): ErrorClass {
  const { name, $metadata, message } = asServiceError(error);
  const status = $metadata?.httpStatusCode;
  if (TRANSIENT.has(name) || status === undefined || status >= 500) {
    return 'transient';
  }
  return PROPAGATION.has(name) || soundsLikePropagation(message) ? 'propagation' : 'final';
}

export function soundsLikePropagation(message: string | undefined): boolean {
  return message !== undefined && PROPAGATION_TEXTS.some((text) => text.test(message));
}

export function nameOf(error: unknown): string {
  return asServiceError(error).name;
}

export function messageOf(error: unknown): string {
  return asServiceError(error).message;
}

function asServiceError(error: unknown): ServiceError {
  return error instanceof Error ? error : { name: 'Error', message: String(error) };
}
