import { Assembly } from './account/assembly';
import { createWorld, World, WorldOptions } from './account/world';
import { VirtualClock } from './clock';
import { DeleteOptions, OperationOptions } from './cloudformation/engine';
import { ResourceRecord, Stack, StackEvent } from './cloudformation/stack';
import { Template } from './cloudformation/template';
import { InvocationLog } from './lambda/functions';
import { Machine } from './machine';
import { Recorded, Recorder } from './recorder';

export { Assembly } from './account/assembly';
export { type WorldOptions } from './account/world';
export { type Undocumented, type ResourceFaults, type ForeignAnswer } from './cloudformation/options';
export { type StackEvent } from './cloudformation/stack';
export { type Template } from './cloudformation/template';
export { type Attempt, type Crash, type Delivery, type InvocationLog, type LambdaFaults } from './lambda/functions';
export { Machine } from './machine';
export { describe as describeHappening, type Happening, type Recorded } from './recorder';
export { type Call, type NetworkFault, type NetworkFaults } from './server/gateway';

export interface LocalAwsOptions extends WorldOptions {
  /** Server and warm processes to use; without one, the account has its own and ends them when it stops. */
  readonly machine?: Machine;
}

/** A cdk.out folder, or a template with the folder that its assets are in. */
export type Deployable = string | { readonly template: Template; readonly assembly?: string };

export interface DeployOptions extends OperationOptions {
  /** Name of the template file in the assembly; the stack's name unless said. */
  readonly artifact?: string;
}

/** How an operation ended. */
export interface OperationResult {
  readonly stackId: string;
  readonly status: string;
  readonly reason?: string;
  /** CREATE_COMPLETE, UPDATE_COMPLETE or DELETE_COMPLETE. */
  readonly ok: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  /** Simulated milliseconds. */
  readonly duration: number;
  readonly events: readonly StackEvent[];
}

/** An AWS account on this machine: CloudFormation, Lambda, IAM, AWS Backup and Step Functions behind one endpoint, in simulated time. */
export class LocalAws {
  public static async start(options: LocalAwsOptions = {}): Promise<LocalAws> {
    const machine = options.machine ?? await Machine.start();
    const aws = new LocalAws(machine, options);
    machine.front.serve(aws.world.gateway);
    return aws;
  }

  public readonly world: World;
  private readonly assemblies = new Map<string, Assembly>();

  private constructor(private readonly machine: Machine, private readonly options: LocalAwsOptions) {
    this.world = createWorld(machine, options, { asset: (key) => this.asset(key), template: (url) => this.templateAt(url) });
  }

  /** Where clients outside find the account. */
  public get endpoint(): string {
    return this.machine.front.endpoint;
  }

  public get clock(): VirtualClock {
    return this.world.clock;
  }

  public get recorder(): Recorder {
    return this.world.recorder;
  }

  public get backup(): World['backup'] {
    return this.world.backup;
  }

  public get states(): World['states'] {
    return this.world.states;
  }

  public get sources(): World['sources'] {
    return this.world.sources;
  }

  /** Creates the stack or updates it, as `cdk deploy` would: one that was rolled back at its creation is deleted first. */
  public async deploy(stackName: string, what: Deployable, options: DeployOptions = {}): Promise<OperationResult> {
    const template = this.template(what, options.artifact ?? stackName);
    return this.operate(async () => {
      const { cloudFormation } = this.world;
      const existing = cloudFormation.find(stackName);
      if (existing && existing.status !== 'ROLLBACK_COMPLETE') return cloudFormation.updateStack(stackName, template, options);
      if (existing) await cloudFormation.deleteStack(stackName);
      return cloudFormation.createStack(stackName, template, options);
    });
  }

  public async destroy(stackName: string, options: DeleteOptions = {}): Promise<OperationResult> {
    return this.operate(async () => this.world.cloudFormation.deleteStack(stackName, options));
  }

  public cancel(stackName: string): void {
    this.world.cloudFormation.cancelUpdate(stackName);
  }

  public async rollback(stackName: string): Promise<OperationResult> {
    return this.operate(async () => this.world.cloudFormation.rollbackStack(stackName));
  }

  public async continueUpdateRollback(stackName: string, skip: readonly string[] = []): Promise<OperationResult> {
    return this.operate(async () => this.world.cloudFormation.continueUpdateRollback(stackName, skip));
  }

  /** Runs the action the first time that something like this happens. */
  public when(matches: (entry: Recorded) => boolean, action: () => void): void {
    const end = this.recorder.listen((entry) => {
      if (!matches(entry)) return;
      end();
      this.clock.at(this.clock.now(), action);
    });
  }

  /** The stack that exists under this name, or the last one that did. */
  public stack(stackName: string): Stack | undefined {
    const { cloudFormation } = this.world;
    return cloudFormation.find(stackName) ?? cloudFormation.all().filter(({ name }) => name === stackName).at(-1);
  }

  public events(stackName: string): readonly StackEvent[] {
    return this.stack(stackName)?.events ?? [];
  }

  public outputs(stackName: string): Readonly<Record<string, string>> {
    return this.stack(stackName)?.outputs ?? {};
  }

  /** By logical id. */
  public resources(stackName: string): Readonly<Record<string, ResourceRecord>> {
    return Object.fromEntries(this.stack(stackName)?.resources ?? []);
  }

  /** What functions have written, by invocation. */
  public logs(): readonly InvocationLog[] {
    return this.world.lambda.logs();
  }

  public violations(): readonly string[] {
    return this.recorder.violations();
  }

  /** The history is over. The next account may use the same machine. */
  public async stop(): Promise<void> {
    this.machine.front.serve(undefined);
    await this.world.lambda.close();
    if (!this.options.machine) await this.machine.stop();
  }

  private async operate(act: () => Promise<Stack>): Promise<OperationResult> {
    const start = this.clock.now();
    const before = new Map(this.world.cloudFormation.all().map((stack) => [stack.id, stack.events.length]));
    const stack = await this.clock.drive(act());
    return {
      stackId: stack.id,
      status: stack.status,
      reason: stack.reason,
      ok: /^(CREATE|UPDATE|DELETE)_COMPLETE$/.test(stack.status),
      outputs: stack.outputs,
      duration: this.clock.now() - start,
      events: stack.events.slice(before.get(stack.id) ?? 0),
    };
  }

  private template(what: Deployable, artifact: string): Template {
    if (typeof what === 'string') return this.assembly(what).template(artifact);
    if (what.assembly !== undefined) this.assembly(what.assembly);
    return what.template;
  }

  private assembly(directory: string): Assembly {
    // Read anew each time: the same folder may hold another synthesis.
    const assembly = new Assembly(directory);
    this.assemblies.delete(directory);
    this.assemblies.set(directory, assembly);
    return assembly;
  }

  private asset(key: string): string | undefined {
    return [...this.assemblies.values()].reverse().map((assembly) => assembly.asset(key)).find((path) => path !== undefined);
  }

  private templateAt(url: string): Template {
    const path = this.asset(url);
    if (path === undefined) throw new Error(`There is no template for ${url} in any assembly`);
    return Assembly.read(path);
  }
}
