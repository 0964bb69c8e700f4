import { ServiceResponse } from '../service';
import { errorAnswer } from './answers';
import { BackupError } from './errors';

/** What goes wrong with a call. */
export interface Fault {
  readonly name: string;
  readonly response: ServiceResponse;
  /** Whether the service does its work before the answer is lost: the caller cannot know. */
  readonly done: boolean;
}

export const FAULTS = {
  error: (type: string, message: string): Fault => fault(type, errorAnswer(new BackupError(type, message))),
  accessDenied: (message = 'User is not authorized to perform this action'): Fault => FAULTS.error('AccessDeniedException', message),
  throttled: (): Fault => FAULTS.error('ThrottlingException', 'Rate exceeded'),
  unavailable: (): Fault => FAULTS.error('ServiceUnavailableException', 'The request failed due to a temporary failure of the server.'),
  /** What a load balancer in front of a service sends. */
  badGateway: (): Fault => fault('bad-gateway', { kind: 'answer', status: 502, headers: { 'content-type': 'text/html' }, body: '<html>502 Bad Gateway</html>' }),
  /** An error in a shape that no model declares. */
  unknownError: (status = 400): Fault => fault('unknown-error', {
    kind: 'answer', status, headers: { 'content-type': 'application/json' }, body: '{"reason":{"text":"something that nobody has documented"}}',
  }),
  reset: (): Fault => fault('reset', { kind: 'reset' }),
  hang: (): Fault => fault('hang', { kind: 'hang' }),
  /** The job is started, and the caller does not learn of it. */
  resetAfterwards: (): Fault => ({ ...fault('reset-afterwards', { kind: 'reset' }), done: true }),
  hangAfterwards: (): Fault => ({ ...fault('hang-afterwards', { kind: 'hang' }), done: true }),
  unavailableAfterwards: (): Fault => ({ ...FAULTS.unavailable(), name: 'unavailable-afterwards', done: true }),
} as const;

export interface FaultOptions {
  /** All operations unless said. */
  readonly operation?: string;
  /** For how many calls; all unless said. */
  readonly times?: number;
  readonly when?: (call: FaultCandidate) => boolean;
}

export interface FaultCandidate {
  readonly operation: string;
  readonly caller: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly time: number;
}

/** The faults that tests want. */
export class Faults {
  private readonly planned: { readonly fault: Fault; readonly options: FaultOptions; left: number }[] = [];

  /** Returns what takes the fault away again. */
  public inject(what: Fault, options: FaultOptions = {}): () => void {
    const entry = { fault: what, options, left: options.times ?? Infinity };
    this.planned.push(entry);
    return () => { entry.left = 0; };
  }

  public take(call: FaultCandidate): Fault | undefined {
    const entry = this.planned.find(({ left, options }) =>
      left > 0 && (options.operation ?? call.operation) === call.operation && (options.when?.(call) ?? true));
    if (entry) entry.left -= 1;
    return entry?.fault;
  }
}

function fault(name: string, response: ServiceResponse): Fault {
  return { name, response, done: false };
}
