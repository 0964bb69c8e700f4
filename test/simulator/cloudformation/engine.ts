import { parameterValues } from './parameters';
import { Run } from './run';
import { Family, NestedUpdate, Stack, StackInput } from './stack';
import { NestedStacks, Surroundings } from './surroundings';
import { takeDown } from './take-down';
import { isObject, Properties, same, Template } from './template';
import { Failure } from './walk';

export interface OperationOptions {
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** False leaves a failed stack as it is. */
  readonly rollback?: boolean;
  /** Only for creations. */
  readonly onFailure?: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';
}

export interface DeleteOptions {
  readonly retainResources?: readonly string[];
  /** FORCE_DELETE_STACK: what cannot be deleted stays behind. */
  readonly force?: boolean;
}

/** Stacks by name and id, and the operations on them. */
export class CloudFormation implements NestedStacks {
  private readonly stacks: Stack[] = [];
  private readonly runs = new Map<string, Run>();

  constructor(
    /** Everything but the nested stacks, which are this engine itself. */
    private readonly parts: Omit<Surroundings, 'nested' | 'imported'>,
    private readonly templateOf: (templateUrl: string) => Template,
    private readonly storedParameter: (name: string) => string | undefined,
  ) {}

  /** By ARN, or by the name of a stack that still exists. */
  public find(nameOrId: string): Stack | undefined {
    return this.stacks.find((stack) => stack.id === nameOrId) ?? this.stacks.find((stack) => stack.name === nameOrId && !stack.gone);
  }

  public all(): readonly Stack[] {
    return this.stacks;
  }

  public async createStack(name: string, template: Template, options: OperationOptions = {}, family: Family = {}): Promise<Stack> {
    if (this.find(name)) throw new Error(`Stack [${name}] already exists`);
    const { pseudo, random, clock, recorder } = this.parts;
    const id = `arn:${String(pseudo['AWS::Partition'])}:cloudformation:${String(pseudo['AWS::Region'])}:${String(pseudo['AWS::AccountId'])}:stack/${name}/${random.uuid()}`;
    const input = { template, parameters: parameterValues(template, options.parameters ?? {}, {}, this.storedParameter) };
    const stack = new Stack(id, name, input, family, clock, recorder);
    this.stacks.push(stack);
    const onFailure = options.onFailure ?? (options.rollback === false ? 'DO_NOTHING' : 'ROLLBACK');
    stack.disableRollback = onFailure === 'DO_NOTHING';
    stack.setStatus('CREATE_IN_PROGRESS', 'User Initiated');
    await this.begin(stack);
    const run = this.run(stack, onFailure === 'DO_NOTHING');
    const failures = await run.apply(input);
    if (failures.length === 0) {
      await run.cleanUp();
      stack.setStatus('CREATE_COMPLETE');
    } else {
      await this.creationFailed(stack, failures, onFailure);
    }
    return stack;
  }

  public async updateStack(nameOrId: string, template: Template, options: OperationOptions = {}): Promise<Stack> {
    const stack = this.existing(nameOrId);
    if (!/^(CREATE_COMPLETE|CREATE_FAILED|UPDATE_COMPLETE|UPDATE_FAILED|UPDATE_ROLLBACK_COMPLETE)$/.test(stack.status)) {
      throw new Error(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
    }
    const input = this.inputFor(stack, template, options);
    if (isUnchanged(stack, input)) return stack;
    const { run, failures } = await this.change(stack, input, options.rollback === false, 'User Initiated');
    if (failures.length === 0) await this.tidy(stack, run);
    else if (stack.disableRollback) stack.setStatus('UPDATE_FAILED', failedText(failures, 'update'));
    else await this.rollBack(stack, run, failedText(failures, 'update'));
    return stack;
  }

  /** Turns a running update round. */
  public cancelUpdate(nameOrId: string): void {
    const stack = this.existing(nameOrId);
    if (stack.status !== 'UPDATE_IN_PROGRESS') throw new Error(`CancelUpdateStack cannot be called from current stack status ${stack.status}`);
    stack.disableRollback = false;
    this.runs.get(stack.id)?.halt.now('User cancelled', this.parts.undocumented.siblingsOnCancel);
  }

  /** RollbackStack: back to the last stable state from a failure with rollback disabled. */
  public async rollbackStack(nameOrId: string): Promise<Stack> {
    const stack = this.existing(nameOrId);
    const run = this.run(stack, false);
    if (run.isFirst) await this.creationFailed(stack, [], 'ROLLBACK');
    else await this.rollBack(stack, run, 'User Initiated');
    return stack;
  }

  public async continueUpdateRollback(nameOrId: string, skip: readonly string[] = []): Promise<Stack> {
    const stack = this.existing(nameOrId);
    if (stack.status !== 'UPDATE_ROLLBACK_FAILED') throw new Error(`Stack:${stack.id} is in ${stack.status} state and can not continue its rollback`);
    await this.rollBack(stack, this.run(stack, false), 'User Initiated', skip);
    return stack;
  }

  public async deleteStack(nameOrId: string, options: DeleteOptions = {}): Promise<Stack> {
    const stack = this.existing(nameOrId);
    if (options.retainResources?.length && stack.status !== 'DELETE_FAILED') {
      throw new Error('Invalid operation on stack: retain resources can only be specified for a stack in DELETE_FAILED state');
    }
    stack.setStatus('DELETE_IN_PROGRESS', 'User Initiated');
    await this.begin(stack);
    const garbage = [...stack.resources.values()].map((record) => ({ record, policy: record.definition.DeletionPolicy }));
    // What a failed update had already replaced is still there.
    const earlier = stack.unfinished?.garbage ?? [];
    const failures = await takeDown(stack, this.around(), {
      garbage: [...earlier.filter(({ record }) => stack.resources.get(record.logicalId) !== record), ...garbage],
      tries: 1,
      onFailure: options.force ? 'skip' : 'keep',
      retain: options.retainResources,
    });
    stack.unfinished = undefined;
    if (failures.length > 0) {
      stack.setStatus('DELETE_FAILED', failedText(failures, 'delete'));
    } else {
      stack.deletionTime = this.parts.clock.now();
      stack.outputs = {};
      stack.exports = {};
      stack.setStatus('DELETE_COMPLETE');
    }
    return stack;
  }

  // Nested stacks

  public async create(parent: Stack, logicalId: string, properties: Properties, left: Promise<void>): Promise<Stack> {
    const name = `${parent.name}-${logicalId}-${this.parts.random.suffix(13)}`;
    const onFailure = this.parts.undocumented.nestedCreateFailure === 'rolls back itself' ? 'ROLLBACK' : 'DO_NOTHING';
    const family = { parentId: parent.id, rootId: parent.family.rootId ?? parent.id };
    void left.then(() => this.stop(name));
    return this.createStack(name, this.templateOf(String(properties.TemplateURL)), { parameters: parametersOf(properties), onFailure }, family);
  }

  public async update(childId: string, properties: Properties, left: Promise<void>): Promise<NestedUpdate> {
    const stack = this.existing(childId);
    void left.then(() => this.stop(childId));
    const template = this.templateOf(String(properties.TemplateURL));
    const input = this.inputFor(stack, template, { parameters: parametersOf(properties) });
    if (isUnchanged(stack, input)) return { rollback: async () => {}, cleanUp: async () => {} };
    const { run, failures } = await this.change(stack, input, false, 'Parent update');
    if (failures.length > 0) {
      await this.rollBack(stack, run, failedText(failures, 'update'));
      throw new Error(`Embedded stack ${stack.id} was not successfully updated. Currently in ${stack.status} with reason: ${failedText(failures, 'update')}`);
    }
    stack.setStatus('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    return {
      cleanUp: async () => this.tidy(stack, run),
      rollback: async () => {
        await this.rollBack(stack, run, 'Parent rollback');
        if (stack.status !== 'UPDATE_ROLLBACK_COMPLETE') throw new Error(`Embedded stack ${stack.id} was not successfully rolled back: ${stack.status}`);
      },
    };
  }

  public async delete(childId: string): Promise<void> {
    if (this.find(childId)?.gone) return;
    const child = await this.deleteStack(childId);
    if (child.status !== 'DELETE_COMPLETE') throw new Error(`Embedded stack ${child.id} was not successfully deleted: ${child.reason ?? ''}`);
  }

  public outputs(childId: string): Readonly<Record<string, string>> {
    return this.existing(childId).outputs;
  }

  /** Only what is on its way forward can be stopped. */
  private stop(childId: string): void {
    const child = this.find(childId);
    if (child && /^(CREATE|UPDATE)_IN_PROGRESS$/.test(child.status)) this.runs.get(child.id)?.halt.now('Parent stopped', 'cancelled');
  }

  private async change(stack: Stack, input: StackInput, noRollback: boolean, reason: string): Promise<{ run: Run; failures: Failure[] }> {
    stack.disableRollback = noRollback;
    const run = this.run(stack, noRollback);
    stack.lastUpdatedTime = this.parts.clock.now();
    stack.setStatus('UPDATE_IN_PROGRESS', reason);
    await this.begin(stack);
    return { run, failures: await run.apply(input) };
  }

  private async tidy(stack: Stack, run: Run): Promise<void> {
    stack.setStatus('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    await run.cleanUp();
    stack.setStatus('UPDATE_COMPLETE');
  }

  private async rollBack(stack: Stack, run: Run, reason: string, skip: readonly string[] = []): Promise<void> {
    if (run.isFirst) return this.creationFailed(stack, [], 'ROLLBACK');
    stack.setStatus('UPDATE_ROLLBACK_IN_PROGRESS', reason);
    await this.begin(stack);
    const failures = await run.rollback(skip);
    if (failures.length > 0) return stack.setStatus('UPDATE_ROLLBACK_FAILED', failedText(failures, 'update'));
    stack.setStatus('UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
    await run.cleanUp();
    stack.setStatus('UPDATE_ROLLBACK_COMPLETE');
  }

  private async creationFailed(stack: Stack, failures: readonly Failure[], onFailure: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING'): Promise<void> {
    const reason = failedText(failures, 'create');
    if (onFailure === 'DO_NOTHING') return stack.setStatus('CREATE_FAILED', reason);
    stack.setStatus(onFailure === 'DELETE' ? 'DELETE_IN_PROGRESS' : 'ROLLBACK_IN_PROGRESS', reason);
    await this.begin(stack);
    const garbage = [...stack.resources.values()].map((record) => ({
      record, policy: record.definition.DeletionPolicy === 'Retain' ? 'Retain' : undefined,
    }));
    const left = await takeDown(stack, this.around(), { garbage, tries: 1, onFailure: 'keep' });
    stack.unfinished = undefined;
    if (left.length > 0) stack.setStatus(onFailure === 'DELETE' ? 'DELETE_FAILED' : 'ROLLBACK_FAILED', failedText(left, 'delete'));
    else stack.setStatus(onFailure === 'DELETE' ? 'DELETE_COMPLETE' : 'ROLLBACK_COMPLETE');
  }

  private run(stack: Stack, noRollback: boolean): Run {
    const run = new Run(stack, this.around(), noRollback);
    this.runs.set(stack.id, run);
    return run;
  }

  /** The status shows before the first resource does. */
  private async begin(_stack: Stack): Promise<void> {
    await this.parts.clock.sleep(this.parts.random.between(200, 1500));
  }

  private around(): Surroundings {
    return { ...this.parts, nested: this, imported: (name) => this.imported(name) };
  }

  private imported(name: string): string {
    const stack = this.stacks.find((candidate) => name in candidate.exports);
    if (!stack) throw new Error(`No export named ${name} found.`);
    return stack.exports[name];
  }

  private inputFor(stack: Stack, template: Template, options: OperationOptions): StackInput {
    return { template, parameters: parameterValues(template, options.parameters ?? {}, stack.input.parameters, this.storedParameter) };
  }

  private existing(nameOrId: string): Stack {
    const stack = this.find(nameOrId);
    if (!stack) throw new Error(`Stack with id ${nameOrId} does not exist`);
    return stack;
  }
}

function isUnchanged(stack: Stack, input: StackInput): boolean {
  return stack.status.endsWith('_COMPLETE') && same(input.template, stack.input.template) && same(input.parameters, stack.input.parameters);
}

function parametersOf(properties: Properties): Readonly<Record<string, unknown>> {
  return isObject(properties.Parameters) ? properties.Parameters : {};
}

function failedText(failures: readonly Failure[], verb: string): string {
  return `The following resource(s) failed to ${verb}: [${failures.map(({ logicalId }) => logicalId).join(', ')}]. `;
}
