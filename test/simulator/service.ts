/** One call that reached an endpoint of the simulator. */
export interface ServiceRequest {
  readonly method: string;
  /** Path without the query, percent-decoded by nobody yet. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Who signed it: the access key id in the Authorization header, which names a role of the simulated account. */
  readonly accessKeyId: string;
}

/** What the endpoint sends back, or what the network does instead. */
export type ServiceResponse =
  | { readonly kind: 'answer'; readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string }
  /** The connection is closed without an answer. */
  | { readonly kind: 'reset' }
  /** Nothing is ever sent; simulated time goes on meanwhile, so the caller's own timeouts run out. */
  | { readonly kind: 'hang' };

/** A permission that a call needs. */
export interface NeededPermission {
  /** For example `backup:StartBackupJob`. */
  readonly action: string;
  /** An ARN, or `*` where the action knows no resources. */
  readonly resource: string;
  /** Condition keys of this call, for example `iam:PassedToService`. */
  readonly context?: Readonly<Record<string, string>>;
}

/** Judges whether a role may do something, on the policies that exist at that moment. */
export interface Authorizer {
  /** Undefined where it is allowed, else the text of the AccessDeniedException. */
  denial(accessKeyId: string, permission: NeededPermission): string | undefined;
}

/** An AWS service behind one endpoint. */
export interface Service {
  /** Signing name in the Authorization header, for example `backup`. */
  readonly signingName: string;
  handle(request: ServiceRequest): Promise<ServiceResponse>;
}
