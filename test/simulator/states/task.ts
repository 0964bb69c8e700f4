import { NeededPermission } from '../service';
import { isLambdaInvoke } from './definition';
import { runtimeFailure, StateFailure } from './failures';
import { InvokeResult, StateMachine } from './machine';

/** What it takes to invoke a function as a state machine. */
export interface Invoker {
  readonly invoke: (functionArn: string, payload: unknown, callerRoleArn: string) => Promise<InvokeResult>;
  readonly roleDenial: (roleArn: string, permission: NeededPermission) => string | undefined;
}

/** A Task that invokes a function: by the optimized integration, whose result wraps the payload, or by the function's own ARN. */
export async function invokeFunction(resource: string, parameters: unknown, machine: StateMachine, invoker: Invoker): Promise<unknown> {
  const integrated = isLambdaInvoke(resource);
  const request = integrated ? parameters : { FunctionName: resource, Payload: parameters };
  const { FunctionName, Payload, InvocationType } = request as Readonly<Record<string, unknown>>;
  if (typeof FunctionName !== 'string') throw runtimeFailure('The field \'FunctionName\' is required');
  if ((InvocationType ?? 'RequestResponse') !== 'RequestResponse') {
    throw runtimeFailure(`The simulator does not run InvocationType ${String(InvocationType)}`);
  }
  const arn = FunctionName.startsWith('arn:') ? FunctionName : functionArn(FunctionName, machine.arn);
  const denial = invoker.roleDenial(machine.roleArn, { action: 'lambda:InvokeFunction', resource: arn });
  if (denial !== undefined) throw new StateFailure('Lambda.AWSLambdaException', `${denial} (Service: Lambda, Status Code: 403)`);
  const result = await invoker.invoke(arn, Payload ?? {}, machine.roleArn).catch((error: unknown): InvokeResult =>
    ({ kind: 'error', name: 'Lambda.SdkClientException', cause: String(error) }));
  if (result.kind === 'error') throw new StateFailure(result.name, result.cause);
  return integrated ? { ExecutedVersion: '$LATEST', Payload: result.payload, StatusCode: 200 } : result.payload;
}

function functionArn(name: string, machineArn: string): string {
  const [, partition, , region, account] = machineArn.split(':');
  return `arn:${partition}:lambda:${region}:${account}:function:${name}`;
}
