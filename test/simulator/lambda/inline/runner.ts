import { types } from 'node:util';
import { Random } from '../../random';
import { Account } from '../../server/front';
import { ServiceResponse } from '../../service';
import { Runner } from '../host';
import { Done, FunctionError, InvokeOrder } from '../protocol';
import { Employer } from '../worker';
import { fileOf, instantiate } from './bundle';
import { globalsOf, Sandbox, Surroundings } from './environment';
import { networkOf } from './network';

type Invocation = Omit<InvokeOrder, 'kind' | 'environment' | 'afresh'>;

/** There are no files in a function but its bundle. */
const noFiles = { readFile: async () => Promise.reject(Object.assign(new Error('ENOENT: no such file or directory'), { code: 'ENOENT' })) };

/** Runs functions in this very process: what they do takes no real time but that of their own computing. */
export class InlineRunner implements Runner {
  public readonly alive = true;
  public readonly accessKeyId: string;
  /** What its warm sandboxes were made with: code and variables. */
  public key = '';
  private readonly surroundings: Surroundings = { variables: {}, random: Math.random };
  private readonly sandboxes = new Map<number, Sandbox>();
  private account?: Account;

  constructor(public readonly id: number) {
    this.accessKeyId = `ASIASIMULATED${String(id).padStart(7, '0')}`;
  }

  public get employed(): boolean {
    return this.account !== undefined;
  }

  public employ(employer: Employer, account: Account, key: string): void {
    if (key !== this.key) this.sandboxes.clear();
    this.key = key;
    this.account = account;
    this.surroundings.employer = employer;
  }

  /** Ends what the history has left; clean sandboxes stay warm. */
  public dismiss(): void {
    for (const sandbox of [...this.sandboxes.values()].filter(({ invocation }) => invocation !== undefined)) this.drop(sandbox.id);
    this.account = undefined;
    this.surroundings.employer = undefined;
  }

  public async invoke(order: Invocation, environment: Readonly<Record<string, string>>): Promise<Done> {
    this.surroundings.variables = environment;
    const random = new Random(order.seed);
    this.surroundings.random = () => random.next();
    const sandbox = this.sandboxes.get(order.sandbox) ?? { id: order.sandbox, dead: false, late: [] };
    this.sandboxes.set(sandbox.id, sandbox);
    sandbox.invocation = order.invocation;
    return new Promise<Done>((resolve) => {
      const end = (done: Omit<Done, 'invocation'>): void => {
        if (sandbox.dead) return;
        sandbox.invocation = undefined;
        if (done.fatal) this.drop(sandbox.id);
        resolve({ ...done, invocation: order.invocation });
      };
      sandbox.die = (errorType, errorMessage) => end({ error: { errorType, errorMessage }, fatal: true });
      sandbox.late.splice(0).forEach((action) => action());
      this.run(sandbox, order).then(
        (payload) => end({ payload, fatal: false }),
        (thrown) => end({ error: errorOf(thrown), fatal: sandbox.handler === undefined }),
      );
    });
  }

  public drop(id: number): void {
    const sandbox = this.sandboxes.get(id);
    if (sandbox) sandbox.dead = true;
    this.sandboxes.delete(id);
  }

  private async run(sandbox: Sandbox, order: Invocation): Promise<string> {
    sandbox.handler ??= this.load(sandbox, order);
    const result: unknown = await sandbox.handler(JSON.parse(order.payload), {
      awsRequestId: order.invocation,
      functionName: order.functionName,
      invokedFunctionArn: order.functionArn,
      memoryLimitInMB: String(order.memory),
      getRemainingTimeInMillis: () => order.deadline - (this.surroundings.employer?.clock.now() ?? 0),
    });
    return JSON.stringify(result ?? null);
  }

  private load(sandbox: Sandbox, { directory, handler }: Invocation): Function {
    const { file, name } = fileOf(directory, handler);
    const globals = globalsOf(sandbox, this.surroundings);
    const network = networkOf((request, signingName, arrived) => {
      const { account } = this;
      const bring = (response: ServiceResponse): void => {
        if (!sandbox.dead && this.account === account) arrived(response);
      };
      if (!sandbox.dead) void account?.handle(request, signingName, { worker: this.id, sandbox: sandbox.id }).then(bring);
    }, globals as never);
    const modules = { 'http': network, 'https': network, 'fs': { ...noFiles, promises: noFiles }, 'fs/promises': noFiles, 'process': globals.process };
    const found = instantiate(file, globals, modules)[name];
    if (typeof found !== 'function') throw Object.assign(new Error(`${handler} is undefined or not exported`), { name: 'Runtime.HandlerNotFound' });
    return found;
  }
}

/** Errors come from another realm than this file's where jest runs it. */
function errorOf(thrown: unknown): FunctionError {
  if (!types.isNativeError(thrown)) return { errorType: typeof thrown, errorMessage: JSON.stringify(thrown) };
  return { errorType: thrown.name, errorMessage: thrown.message, trace: thrown.stack?.split('\n') };
}
