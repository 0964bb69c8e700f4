import { Garbage, ResourceRecord, Stack, StackInput, Touched, Unfinished } from './stack';
import { Steps } from './steps';
import { Plan, Surroundings } from './surroundings';
import { takeDown } from './take-down';
import { isCustom, Properties, same } from './template';
import { Failure, Halt, walk } from './walk';

/**
 * Brings a stack from what it is to what a template says, and back. Going there and tidying up are two calls, because a
 * nested stack tidies up only after its parent has arrived.
 */
export class Run {
  public readonly halt: Halt;
  private readonly unfinished: Unfinished;

  constructor(private readonly stack: Stack, private readonly around: Surroundings, private readonly noRollback: boolean) {
    this.halt = new Halt(around.undocumented.siblingsOnFailure);
    const creating = stack.resources.size === 0 && stack.lastUpdatedTime === undefined;
    this.unfinished = stack.unfinished ?? {
      stable: creating ? undefined : stack.input, outputs: stack.outputs, journal: new Map(), garbage: [], nested: new Map(),
    };
  }

  /** True where nothing has ever been stable: then the way back is deletion. */
  public get isFirst(): boolean {
    return this.unfinished.stable === undefined;
  }

  public async apply(input: StackInput): Promise<Failure[]> {
    const { stack, around } = this;
    stack.unfinished = this.unfinished;
    stack.input = input;
    const plan = new Plan(stack, input, around);
    const steps = new Steps(stack, around, this.halt, false);
    const failures = await walk({
      clock: around.clock,
      random: around.random,
      halt: this.halt,
      waitsFor: plan.waitsFor,
      onFailure: this.noRollback ? 'go on' : 'halt',
      step: async (logicalId) => this.step(logicalId, plan, steps),
    });
    if (failures.length > 0 || this.halt.reason !== undefined) return failures.length > 0 ? failures : [{ logicalId: stack.name, reason: this.halt.reason ?? '' }];
    try {
      Object.assign(stack, plan.outputs());
    } catch (error) {
      return [{ logicalId: stack.name, reason: (error as Error).message }];
    }
    for (const record of stack.resources.values()) {
      if (!plan.waitsFor.has(record.logicalId)) this.unfinished.garbage.push({ record, policy: record.definition.DeletionPolicy });
    }
    return [];
  }

  /** The operation is over and nothing is left of it to go on with. */
  public async cleanUp(): Promise<void> {
    const { stack, around, unfinished } = this;
    stack.unfinished = undefined;
    await Promise.all([...unfinished.nested.values()].map(async (child) => child.cleanUp()));
    await takeDown(stack, around, { garbage: unfinished.garbage, tries: 3, onFailure: 'skip' });
  }

  /** Everything back to where it was stable. What is named in `skip` counts as done. */
  public async rollback(skip: readonly string[] = []): Promise<Failure[]> {
    const { stack, around, unfinished } = this;
    const { stable, journal } = unfinished;
    if (!stable) throw new Error(`${stack.name} has never been stable`);
    unfinished.garbage = [];
    for (const id of skip) journal.delete(id);
    for (const [id, touched] of journal) {
      if (touched.kind !== 'created') continue;
      const record = stack.resources.get(id);
      if (record) unfinished.garbage.push({ record, policy: keptOnRollback(record) });
      journal.delete(id);
    }
    const steps = new Steps(stack, around, new Halt('awaited'), true);
    const failures = await walk({
      clock: around.clock,
      random: around.random,
      halt: new Halt('awaited'),
      onFailure: 'go on',
      waitsFor: new Map([...journal].map(([id, { before }]) => [id, (before?.dependencies ?? []).filter((other) => journal.has(other))])),
      step: async (logicalId) => {
        const touched = journal.get(logicalId);
        if (touched?.before) await this.restore(touched.before, touched, steps);
        journal.delete(logicalId);
      },
    });
    stack.input = stable;
    stack.outputs = unfinished.outputs;
    return failures;
  }

  private async step(logicalId: string, plan: Plan, steps: Steps): Promise<void> {
    const { stack, around, unfinished: { journal } } = this;
    const record = stack.resources.get(logicalId);
    if (record?.status === 'CREATE_FAILED' && !(isCustom(record.type) && around.undocumented.retryOfFailedCreate === 'update' && record.physicalId !== undefined)) {
      await steps.delete(record, 1);
      stack.resources.delete(logicalId);
      journal.delete(logicalId);
    }
    if (!stack.resources.has(logicalId)) {
      journal.set(logicalId, { kind: 'created', attempted: {} });
      return steps.create(logicalId, plan);
    }
    if (record) await this.change(record, plan, steps);
  }

  private async change(record: ResourceRecord, plan: Plan, steps: Steps): Promise<void> {
    const { around, stack, unfinished: { garbage } } = this;
    const definition = plan.definition(record.logicalId);
    let properties: Properties;
    try {
      if (definition.Type !== record.type) throw new Error(`Update of resource type is not permitted. The new template modifies resource type of ${record.logicalId}`);
      properties = plan.properties(record.logicalId);
    } catch (error) {
      this.remember(record, 'updated', record.properties);
      stack.setResource(record, 'UPDATE_FAILED', (error as Error).message);
      throw error;
    }
    const settled = (): void => {
      record.definition = definition;
      record.dependencies = plan.waitsFor.get(record.logicalId) ?? [];
    };
    const failed = record.status === 'UPDATE_FAILED' || record.status === 'CREATE_FAILED';
    if (!failed && same(properties, record.properties)) return settled();
    const before = { ...record };
    if (isCustom(record.type)) {
      this.remember(record, 'updated', properties);
      const lastAttempt = around.undocumented.oldPropertiesAfterFailure === 'last attempt' || before.status === 'CREATE_FAILED';
      await steps.ask(record, properties, (lastAttempt ? record.attempted : undefined) ?? record.properties);
      if (record.physicalId !== before.physicalId && before.physicalId !== undefined) garbage.push(replaced(before));
    } else if (around.ordinary.needsReplacement(record.type, record.properties, properties)) {
      this.remember(record, 'replaced', properties);
      await steps.replace(record, properties);
      garbage.push(replaced(before));
    } else {
      this.remember(record, 'updated', properties);
      const nested = await steps.update(record, properties);
      if (nested) this.unfinished.nested.set(record.logicalId, nested);
    }
    settled();
  }

  private remember(record: ResourceRecord, kind: Touched['kind'], attempted: Properties): void {
    const { journal } = this.unfinished;
    const known = journal.get(record.logicalId);
    if (known) known.attempted = attempted;
    else journal.set(record.logicalId, { kind, before: { ...record }, attempted });
  }

  private async restore(before: ResourceRecord, touched: Touched, steps: Steps): Promise<void> {
    const { stack, around, unfinished: { garbage } } = this;
    const record = stack.resources.get(before.logicalId);
    if (!record) return;
    const now = { ...record };
    const left = record.physicalId !== before.physicalId;
    const discard = (): number => garbage.push({ record: { ...now, properties: touched.attempted }, policy: undefined });
    if (isCustom(record.type)) {
      if (left && around.undocumented.rollbackOfReplacement === 'delete only') {
        Object.assign(record, before);
        discard();
        return stack.setResource(record, 'UPDATE_COMPLETE');
      }
      await steps.ask(record, before.properties, touched.attempted);
      if (record.physicalId !== now.physicalId) discard();
      if (left && record.physicalId !== before.physicalId) garbage.push({ record: { ...before }, policy: undefined });
    } else if (left) {
      Object.assign(record, before);
      discard();
      stack.setResource(record, 'UPDATE_COMPLETE');
    } else if (this.unfinished.nested.has(record.logicalId)) {
      stack.setResource(record, 'UPDATE_IN_PROGRESS');
      await this.unfinished.nested.get(record.logicalId)?.rollback();
      this.unfinished.nested.delete(record.logicalId);
      record.properties = before.properties;
      stack.setResource(record, 'UPDATE_COMPLETE');
    } else if (!same(before.properties, touched.attempted)) {
      const nested = await steps.update(record, before.properties);
      await nested?.cleanUp();
    } else {
      stack.setResource(record, 'UPDATE_COMPLETE');
    }
    const { physicalId, attributes, status, timestamp } = record;
    Object.assign(record, before, { physicalId, attributes, status, timestamp, attempted: undefined });
  }
}

function replaced(before: ResourceRecord): Garbage {
  return { record: before, policy: before.definition.UpdateReplacePolicy };
}

/** RetainExceptOnCreate lets go what a failed operation has made. */
function keptOnRollback(record: ResourceRecord): string | undefined {
  return record.definition.DeletionPolicy === 'Retain' ? 'Retain' : undefined;
}
