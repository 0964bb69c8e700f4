import { NotYetError, UserError } from './failure';

/** What the failure of a call means for the next try. */
export type TroubleKind =
  /** Passes by itself: try again while there is time. */
  | 'transient'
  /** What CloudFormation has just made may not be known everywhere yet: try again for a few minutes. */
  | 'propagation'
  /** Trying again changes nothing. */
  | 'final';

/** A call that failed. */
export interface Trouble {
  readonly kind: TroubleKind;
  readonly name: string;
  readonly message: string;
}

const TRANSIENT = new Set([
  'ThrottlingException', 'Throttling', 'TooManyRequestsException', 'RequestLimitExceeded', 'ServiceUnavailableException', 'TimeoutError',
]);
const PROPAGATION = new Set([
  'AccessDeniedException', 'AccessDenied', 'ResourceNotFoundException',
  // What a role that has just been made looks like to a service that does not know it.
  'UnrecognizedClientException', 'InvalidClientTokenId',
]);

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

export function troubleOf(error: unknown): Trouble {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return { kind: kindOf(error, name, message), name, message };
}

export function soundsLikePropagation(message: string | undefined): boolean {
  return message !== undefined && PROPAGATION_TEXTS.some((text) => text.test(message));
}

function kindOf(error: unknown, name: string, message: string): TroubleKind {
  if (error instanceof UserError) {
    return 'final';
  }
  if (error instanceof NotYetError) {
    return 'propagation';
  }
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  // Without a status nothing came back: the network, not the service.
  if (TRANSIENT.has(name) || status === undefined || status >= 500 || status === 429) {
    return 'transient';
  }
  return PROPAGATION.has(name) || soundsLikePropagation(message) ? 'propagation' : 'final';
}
