import { VirtualClock } from '../clock';
import { Execution } from '../lambda/execution';
import { LambdaService } from '../lambda/service';
import { Random } from '../random';
import { Recorder } from '../recorder';
import { Service, ServiceRequest, ServiceResponse } from '../service';
import { Account, Origin } from './front';
import { operationOf, readable } from './operation';

/** One call, as a test that makes it fail sees it. */
export interface Call {
  /** Signing name, or `answer` for the PUT of a custom resource. */
  readonly service: string;
  readonly operation: string;
  /** Name of the function that calls; empty for a client outside. */
  readonly caller: string;
  readonly request: ServiceRequest;
  /** Counts all calls of the history from 0. */
  readonly index: number;
  readonly time: number;
}

/** What the network or the service does instead of answering; `after` lets the service do its work first, and only the answer gets lost. */
export type NetworkFault =
  | { readonly kind: 'reset' | 'hang'; readonly after?: boolean }
  | { readonly kind: 'status'; readonly status: number; readonly after?: boolean; readonly body?: string }
  | { readonly kind: 'error'; readonly type: string; readonly message: string; readonly status: number; readonly after?: boolean }
  | { readonly kind: 'delay'; readonly milliseconds: number };

export type NetworkFaults = (call: Call) => NetworkFault | undefined;

/** Every request of the account comes through here: it takes a little simulated time, may be disturbed, and is recorded. */
export class Gateway implements Account {
  private readonly services = new Map<string, Service>();
  private readonly random: Random;
  private index = 0;

  constructor(
    private readonly clock: VirtualClock,
    private readonly lambda: LambdaService,
    private readonly recorder: Recorder,
    random: Random,
    private readonly faults: NetworkFaults,
  ) {
    this.random = random.fork('network');
  }

  public add(service: Service): void {
    this.services.set(service.signingName, service);
  }

  public now(): number {
    return this.clock.now();
  }

  public async handle(request: ServiceRequest, signingName: string, origin: Origin | undefined): Promise<ServiceResponse> {
    const execution = origin && this.lambda.executionOf(origin.worker, origin.sandbox);
    const service = signingName || 'answer';
    const call: Call = {
      service, operation: operationOf(request, service), caller: execution?.attempt.function.name ?? '', request, index: this.index++, time: this.clock.now(),
    };
    if (!origin) return this.clock.drive(this.disturbed(call));
    await this.clock.sleep(this.random.between(3, 25));
    const { crashes } = execution?.nextCall() ?? {};
    if (crashes === 'before') return this.crash(execution, call, 'before');
    const answer = await this.disturbed(call);
    return crashes === 'after' ? this.crash(execution, call, 'after') : answer;
  }

  private crash(execution: Execution | undefined, call: Call, when: string): ServiceResponse {
    this.recorder.add({ kind: 'fault', what: `${call.caller} crashes ${when} ${call.service}:${call.operation}` });
    execution?.kill();
    return { kind: 'hang' };
  }

  private async disturbed(call: Call): Promise<ServiceResponse> {
    const fault = this.faults(call);
    if (fault?.kind === 'delay') await this.clock.sleep(fault.milliseconds);
    if (!fault || fault.kind === 'delay') return this.answer(call);
    if (fault.after) await this.answer(call);
    this.recorder.add({ kind: 'fault', what: `${call.service}:${call.operation} ${describe(fault)}${fault.after ? ' after it was done' : ''}` });
    switch (fault.kind) {
      case 'status': return { kind: 'answer', status: fault.status, body: fault.body ?? '' };
      case 'error': return errorAnswer(call.service, fault.type, fault.message, fault.status);
      case 'reset':
      case 'hang': return { kind: fault.kind };
    }
  }

  private async answer(call: Call): Promise<ServiceResponse> {
    const service = this.services.get(call.service);
    const answer = service ? await service.handle(call.request) : errorAnswer(call.service, 'UnknownService', `no ${call.service} here`, 404);
    if (call.service !== 'answer') {
      this.recorder.add({
        kind: 'call',
        service: call.service,
        operation: call.operation,
        caller: call.caller || 'client',
        input: readable(call.request),
        ...outcome(answer),
      });
    }
    return answer;
  }
}

function describe(fault: NetworkFault): string {
  switch (fault.kind) {
    case 'status': return `answers ${fault.status}`;
    case 'error': return `answers ${fault.type}`;
    case 'delay': return 'is late';
    default: return fault.kind === 'hang' ? 'never answers' : 'closes the connection';
  }
}

function outcome(answer: ServiceResponse): { outcome: string; output?: string } {
  if (answer.kind !== 'answer') return { outcome: answer.kind };
  if (answer.status < 300) return { outcome: 'success', output: answer.body };
  const type = answer.headers?.['x-amzn-errortype'] ?? /"__type"\s*:\s*"([^"]+)"/.exec(answer.body)?.[1] ?? /<Code>([^<]+)</.exec(answer.body)?.[1];
  return { outcome: type ?? String(answer.status), output: answer.body };
}

/** An error in the dialect of the service. */
export function errorAnswer(service: string, type: string, message: string, status: number): ServiceResponse {
  if (service === 'cloudformation') {
    const fault = status < 500 ? 'Sender' : 'Receiver';
    const body = `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>${fault}</Type><Code>${type}</Code>`
      + `<Message>${escapeXml(message)}</Message></Error><RequestId>00000000-0000-4000-8000-000000000000</RequestId></ErrorResponse>`;
    return { kind: 'answer', status, headers: { 'content-type': 'text/xml' }, body };
  }
  return {
    kind: 'answer', status, headers: { 'content-type': 'application/json', 'x-amzn-errortype': type }, body: JSON.stringify({ __type: type, message }),
  };
}

export function escapeXml(text: string): string {
  return text.replace(/[<>&'"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
