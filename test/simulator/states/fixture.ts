import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { Execution, InvokeResult, RecordedStatesCall, StatesService } from './index';
import { HandClock, seeded, serve, settled } from '../backup/front';

export const MACHINE = 'arn:aws:states:eu-west-1:111122223333:stateMachine:waiter';
export const ROLE = 'arn:aws:iam::111122223333:role/machine';
export const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:poll';
export const LAMBDA_INVOKE = 'arn:aws:states:::lambda:invoke';

export type FunctionCode = (payload: any, attempt: number) => unknown;

/** Step Functions with one machine and one function, behind its real client. */
export interface Fixture {
  readonly service: StatesService;
  readonly client: SFNClient;
  readonly clock: HandClock;
  /** What the function was given. */
  readonly invocations: { readonly time: number; readonly arn: string; readonly payload: unknown; readonly role: string }[];
  readonly calls: RecordedStatesCall[];
  /** Replaces what the function does. */
  code: FunctionCode;
  denied?: string;
  roleDenied?: string;
  put(definition: object, type?: 'STANDARD' | 'EXPRESS'): void;
  /** Starts the machine, lets the time go by, and gives back the execution. */
  run(definition: object, input?: unknown, seconds?: number, type?: 'STANDARD' | 'EXPRESS'): Promise<Execution>;
  close(): Promise<void>;
}

/** What a function throws to Step Functions. */
export class FunctionError extends Error {
  constructor(public readonly type: string, message = 'broken') {
    super(message);
  }
}

export async function fixture(): Promise<Fixture> {
  const clock = new HandClock();
  const invocations: Fixture['invocations'] = [];
  const calls: RecordedStatesCall[] = [];
  const service = new StatesService({
    clock,
    authorizer: { denial: () => self.denied },
    random: seeded(),
    roleDenial: () => self.roleDenied,
    record: (call) => calls.push(call),
    invoke: async (arn, payload, role): Promise<InvokeResult> => {
      invocations.push({ time: clock.now(), arn, payload, role });
      try {
        return { kind: 'ok', payload: await self.code(payload, invocations.length) };
      } catch (error) {
        if (!(error instanceof FunctionError)) throw error;
        return { kind: 'error', name: error.type, cause: JSON.stringify({ errorType: error.type, errorMessage: error.message }) };
      }
    },
  });
  const front = await serve(service);
  const credentials = { accessKeyId: 'AKIACALLER', secretAccessKey: 'secret' };
  const client = new SFNClient({ region: 'eu-west-1', credentials, endpoint: front.endpoint, maxAttempts: 1 });
  const self: Fixture = {
    service,
    client,
    clock,
    invocations,
    calls,
    code: (payload) => payload,
    put: (definition, type = 'STANDARD') => service.putStateMachine({ arn: MACHINE, definition: JSON.stringify(definition), roleArn: ROLE, type }),
    run: async (definition, input = {}, seconds = 0, type = 'STANDARD') => {
      self.put(definition, type);
      const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn: MACHINE, input: JSON.stringify(input) }));
      await clock.advance(seconds);
      await settled();
      return service.executions().find(({ arn }) => arn === executionArn)!;
    },
    close: async () => {
      client.destroy();
      await front.close();
    },
  };
  return self;
}

/** A machine of one state. */
export const only = (state: object): object => ({ StartAt: 'Only', States: { Only: { End: true, ...state } } });

/** A task that invokes the function. */
export const invoke = (more: object = {}): object =>
  ({ Type: 'Task', Resource: LAMBDA_INVOKE, Parameters: { 'FunctionName': FUNCTION, 'Payload.$': '$' }, ...more });
