import { Authorizer, Service, ServiceRequest, ServiceResponse } from '../service';
import { LambdaService } from './service';

const PATH = /^\/2015-03-31\/functions\/([^/]+)(\/invocations)?$/;

/** Lambda's own API, as far as functions use it that call another function and wait for its answer. */
export class InvokeApi implements Service {
  public readonly signingName = 'lambda';

  constructor(private readonly lambda: LambdaService, private readonly authorizer: Authorizer) {}

  public async handle(request: ServiceRequest): Promise<ServiceResponse> {
    const [, name, invocations] = PATH.exec(request.path) ?? [];
    if (name === undefined) return refusal(404, 'UnknownOperationException', `${request.method} ${request.path}`);
    const functionArn = decodeURIComponent(name);
    const denial = this.authorizer.denial(request.accessKeyId, { action: invocations ? 'lambda:InvokeFunction' : 'lambda:GetFunction', resource: functionArn });
    if (denial !== undefined) return refusal(403, 'AccessDeniedException', denial);
    return invocations ? this.invoke(functionArn, request.body) : describe(functionArn);
  }

  private async invoke(functionArn: string, payload: string): Promise<ServiceResponse> {
    const { payload: answer, error } = await this.lambda.invoke(functionArn, payload === '' ? '{}' : payload);
    switch (error?.errorType) {
      case undefined: return { kind: 'answer', status: 200, body: answer! };
      case 'Lambda.TooManyRequestsException': return refusal(429, 'TooManyRequestsException', error!.errorMessage);
      case 'Lambda.ResourceNotFoundException': return refusal(404, 'ResourceNotFoundException', error!.errorMessage);
      default: return { kind: 'answer', status: 200, headers: { 'x-amz-function-error': 'Unhandled' }, body: JSON.stringify(error) };
    }
  }
}

function describe(functionArn: string): ServiceResponse {
  const configuration = { FunctionArn: functionArn, State: 'Active', LastUpdateStatus: 'Successful' };
  return { kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ Configuration: configuration }) };
}

function refusal(status: number, type: string, message: string): ServiceResponse {
  return { kind: 'answer', status, headers: { 'content-type': 'application/json', 'x-amzn-errortype': type }, body: JSON.stringify({ Type: 'User', message }) };
}
