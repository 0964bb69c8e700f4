import { ServiceRequest, ServiceResponse } from '../service';

/** An error of the service, as its declared shapes have it. */
export class StatesError extends Error {
  constructor(public readonly type: string, message: string) {
    super(message);
    this.name = type;
  }
}

/** A call, taken off the wire. */
export interface StatesCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, string | undefined>>;
}

const CONTENT_TYPE = { 'content-type': 'application/x-amz-json-1.0' };

/** The operation is in a header. */
export function parseCall(request: ServiceRequest): StatesCall {
  const target = request.headers['x-amz-target'] ?? '';
  return { operation: target.replace(/^AWSStepFunctions\./, ''), input: JSON.parse(request.body || '{}') as StatesCall['input'] };
}

export const answer = (output: Readonly<Record<string, unknown>>): ServiceResponse =>
  ({ kind: 'answer', status: 200, headers: CONTENT_TYPE, body: JSON.stringify(output) });

/** An error in awsJson1.0: its type is in the body. */
export const errorAnswer = (error: StatesError): ServiceResponse => ({
  kind: 'answer',
  status: error.type === 'ServiceUnavailable' ? 503 : 400,
  headers: CONTENT_TYPE,
  body: JSON.stringify({ __type: `com.amazonaws.swf.service.v2.model#${error.type}`, message: error.message }),
});
