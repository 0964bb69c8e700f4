import { Clock } from '../clock';
import { Recorder } from '../recorder';
import { Service, ServiceRequest, ServiceResponse } from '../service';
import { isObject } from './template';

/** What a custom resource answered, as far as it could be understood. */
export interface Answer {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly physicalId?: string;
  /** Why it failed, in CloudFormation's words. */
  readonly reason: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Asked {
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  readonly requestId: string;
}

interface Open extends Asked {
  readonly issuedAt: number;
  readonly take: (answer: Answer) => void;
  /** The body that was taken; undefined while nothing has come. */
  taken?: string;
  /** CloudFormation does not wait for it any more. */
  closed: boolean;
}

export const LIFETIME_SECONDS = 7199;
const LONGEST = 4096;
const RECEIVED = 'Received response status [FAILED] from custom resource. Message returned: ';

/** Where custom resources put their answers: one pre-signed URL for each request. */
export class AnswerBucket implements Service {
  public readonly signingName = 'answer';
  private readonly open = new Map<string, Open>();

  constructor(private readonly clock: Clock, private readonly recorder: Recorder, private readonly endpoint: string) {}

  /** Opens a place for the answer; the function returned ends the waiting for it. */
  public expect(asked: Asked, take: (answer: Answer) => void): { readonly url: string; readonly close: () => void } {
    const entry: Open = { ...asked, issuedAt: this.clock.now(), take, closed: false };
    const path = `/cloudformation-custom-resource-response/${encodeURIComponent(`${asked.stackId}|${asked.logicalId}|${asked.requestId}`)}`;
    this.open.set(path, entry);
    const date = new Date(this.clock.now()).toISOString().replace(/[-:]|\.\d+/g, '');
    const query = 'X-Amz-Algorithm=AWS4-HMAC-SHA256'
      + `&X-Amz-Date=${date}&X-Amz-SignedHeaders=host&X-Amz-Expires=${LIFETIME_SECONDS}&X-Amz-Credential=simulated&X-Amz-Signature=simulated`;
    return { url: `${this.endpoint}${path}?${query}`, close: () => { entry.closed = true; } };
  }

  // eslint-disable-next-line @typescript-eslint/require-await
  public async handle(request: ServiceRequest): Promise<ServiceResponse> {
    const entry = this.open.get(request.path);
    if (!entry || request.method !== 'PUT') return { kind: 'answer', status: 403, body: 'SignatureDoesNotMatch' };
    if (this.clock.now() > entry.issuedAt + LIFETIME_SECONDS * 1000) {
      this.note(entry, request.body, false, 'the URL has expired');
      return { kind: 'answer', status: 403, body: '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>' };
    }
    this.consider(entry, request.body);
    return { kind: 'answer', status: 200, body: '' };
  }

  private consider(entry: Open, body: string): void {
    if (entry.taken !== undefined) {
      if (entry.taken !== body) this.recorder.violation(`${entry.stackName} ${entry.logicalId}: a second answer that differs from the first: ${body}`);
      return this.note(entry, body, false, 'answered already');
    }
    entry.taken = body;
    if (entry.closed) return this.note(entry, body, false, 'nobody waits for it any more');
    const { answer, problems } = understand(entry, body);
    for (const problem of problems) this.recorder.violation(`${entry.stackName} ${entry.logicalId}: ${problem}`);
    this.note(entry, body, problems.length === 0, problems[0]);
    entry.closed = true;
    entry.take(answer);
  }

  private note(entry: Open, body: string, accepted: boolean, problem?: string): void {
    const { answer, said } = understand(entry, body);
    this.recorder.add({
      kind: 'answer',
      stack: entry.stackName,
      logicalId: entry.logicalId,
      requestId: entry.requestId,
      status: answer.status,
      accepted,
      bytes: Buffer.byteLength(body),
      reason: said,
      problem,
      physicalId: answer.physicalId,
      data: answer.data,
    });
  }
}

/** Checks an answer as CloudFormation does; a broken one is a failure. */
function understand(asked: Asked, body: string): { readonly answer: Answer; readonly said?: string; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const bytes = Buffer.byteLength(body);
  if (bytes > LONGEST) problems.push(`Response object is too long: ${bytes} bytes, ${LONGEST} at most`);
  let parsed: Readonly<Record<string, unknown>> = {};
  try {
    const value: unknown = JSON.parse(body);
    if (isObject(value)) parsed = value;
    else problems.push('the answer is no JSON object');
  } catch {
    problems.push('the answer is no JSON');
  }
  const { Status, PhysicalResourceId, Reason, Data } = parsed;
  if (Status !== 'SUCCESS' && Status !== 'FAILED') problems.push(`Status is ${JSON.stringify(Status)}`);
  if (typeof PhysicalResourceId !== 'string' || PhysicalResourceId === '') problems.push('Invalid PhysicalResourceId');
  else if (Buffer.byteLength(PhysicalResourceId) > 1024) problems.push('PhysicalResourceId is longer than 1 KB');
  if (Status === 'FAILED' && !Reason) problems.push('FAILED without a Reason');
  if (parsed.StackId !== asked.stackId) problems.push(`StackId is ${JSON.stringify(parsed.StackId)}`);
  if (parsed.RequestId !== asked.requestId) problems.push(`RequestId is ${JSON.stringify(parsed.RequestId)}`);
  if (parsed.LogicalResourceId !== asked.logicalId) problems.push(`LogicalResourceId is ${JSON.stringify(parsed.LogicalResourceId)}`);
  const data = isObject(Data) ? Data : {};
  if (Data !== undefined && (!isObject(Data) || Object.values(data).some((value) => typeof value === 'object'))) {
    problems.push('Value of property Data must be an object with String (or simple type) properties');
  }
  const status = problems.length === 0 && Status === 'SUCCESS' ? 'SUCCESS' : 'FAILED';
  const reason = problems.length > 0 ? problems.join('; ') : status === 'FAILED' ? `${RECEIVED}${String(Reason)}` : '';
  const physicalId = typeof PhysicalResourceId === 'string' && PhysicalResourceId !== '' && PhysicalResourceId.length <= 1024 ? PhysicalResourceId : undefined;
  return { answer: { status, physicalId, reason, data }, said: typeof Reason === 'string' ? Reason : undefined, problems };
}
