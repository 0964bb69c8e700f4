import { Answer } from './answers';
import { CustomOutcome } from './custom';
import { NestedUpdate, ResourceRecord, Stack } from './stack';
import { Action } from './statuses';
import { NESTED, Plan, Surroundings } from './surroundings';
import { isCustom, Properties } from './template';
import { Halt } from './walk';

/** A step that is not over when the operation is left alone. */
const CANCELLED: Readonly<Record<'CREATE' | 'UPDATE', string>> = { CREATE: 'Resource creation cancelled', UPDATE: 'Resource update cancelled' };

/** Creates, updates and deletes single resources, and writes down what became of them. Throws where a step fails. */
export class Steps {
  constructor(
    private readonly stack: Stack,
    private readonly around: Surroundings,
    private readonly halt: Halt,
    private readonly rollback: boolean,
  ) {}

  public async create(logicalId: string, plan: Plan): Promise<void> {
    const definition = plan.definition(logicalId);
    const record: ResourceRecord = {
      logicalId,
      type: definition.Type,
      status: 'CREATE_IN_PROGRESS',
      timestamp: 0,
      definition,
      dependencies: plan.waitsFor.get(logicalId) ?? [],
      properties: {},
      attributes: {},
      begun: false,
    };
    this.stack.resources.set(logicalId, record);
    this.stack.deleted.delete(logicalId);
    await this.attempt(record, 'CREATE', async () => {
      const properties = plan.properties(logicalId);
      record.attempted = properties;
      this.stack.setResource(record, 'CREATE_IN_PROGRESS');
      this.disturb(record, 'CREATE');
      record.begun = true;
      if (isCustom(record.type)) await this.askToCreate(record, properties);
      else if (record.type === NESTED) await this.createNested(record, properties);
      else Object.assign(record, made(await this.around.ordinary.create(this.stack, logicalId, record.type, properties)));
      record.properties = properties;
      record.attempted = undefined;
    });
  }

  /** The new physical resource comes first; the old one goes when the operation is over. */
  public async replace(record: ResourceRecord, properties: Properties): Promise<void> {
    await this.attempt(record, 'UPDATE', async () => {
      this.begin(record, properties, 'Requested update requires the creation of a new physical resource; hence creating one.');
      Object.assign(record, made(await this.around.ordinary.create(this.stack, record.logicalId, record.type, properties)));
      record.properties = properties;
      record.attempted = undefined;
    });
  }

  public async update(record: ResourceRecord, properties: Properties): Promise<NestedUpdate | undefined> {
    let nested: NestedUpdate | undefined;
    await this.attempt(record, 'UPDATE', async () => {
      this.begin(record, properties);
      if (record.physicalId === undefined) throw new Error('there is nothing to update');
      if (isCustom(record.type)) throw new Error('custom resources are asked, not updated');
      if (record.type === NESTED) nested = await this.around.nested.update(record.physicalId, properties, this.halt.left);
      else Object.assign(record, made(await this.around.ordinary.update(this.stack, record.logicalId, record.type, record.physicalId, properties)));
      record.properties = properties;
      record.attempted = undefined;
    });
    return nested;
  }

  /** Sends an Update to a custom resource, whose answer may bring a new physical id. */
  public async ask(record: ResourceRecord, properties: Properties, oldProperties: Properties): Promise<void> {
    await this.attempt(record, 'UPDATE', async () => {
      this.begin(record, properties);
      if (properties.ServiceToken !== oldProperties.ServiceToken) throw new Error('Modifying service token is not allowed.');
      const outcome = await this.around.custom.ask(this.stack, {
        kind: 'Update', logicalId: record.logicalId, type: record.type, physicalId: record.physicalId, properties, oldProperties, left: this.halt.left,
      });
      this.succeeded(outcome, 'UPDATE');
      record.physicalId = outcome.physicalId;
      record.attributes = outcome.data;
      record.properties = properties;
      record.attempted = undefined;
    });
  }

  /** Deletes what the record stands for, with so many tries. */
  public async delete(record: ResourceRecord, tries: number): Promise<void> {
    for (let left = tries; left > 0; left--) {
      try {
        await this.attempt(record, 'DELETE', async () => this.remove(record));
        return;
      } catch (error) {
        if (left === 1) throw error;
      }
    }
  }

  private async remove(record: ResourceRecord): Promise<void> {
    if (isCustom(record.type)) record.physicalId ??= `${this.stack.name}-${record.logicalId}-${this.around.random.suffix(13)}`;
    this.stack.setResource(record, 'DELETE_IN_PROGRESS');
    this.disturb(record, 'DELETE');
    if (!record.begun || record.physicalId === undefined) return;
    if (record.type === NESTED) return this.around.nested.delete(record.physicalId);
    if (!isCustom(record.type)) return this.around.ordinary.delete(record.type, record.physicalId);
    const outcome = await this.around.custom.ask(this.stack, {
      kind: 'Delete', logicalId: record.logicalId, type: record.type, physicalId: record.physicalId, properties: record.attempted ?? record.properties,
    });
    this.succeeded(outcome, 'UPDATE');
  }

  private async askToCreate(record: ResourceRecord, properties: Properties): Promise<void> {
    const outcome = await this.around.custom.ask(this.stack, {
      kind: 'Create', logicalId: record.logicalId, type: record.type, properties, left: this.halt.left,
    });
    if (outcome.status !== 'LEFT') record.physicalId = outcome.physicalId;
    this.succeeded(outcome, 'CREATE');
    record.attributes = outcome.data;
  }

  private async createNested(record: ResourceRecord, properties: Properties): Promise<void> {
    const child = await this.around.nested.create(this.stack, record.logicalId, properties, this.halt.left);
    record.physicalId = child.id;
    if (child.status !== 'CREATE_COMPLETE') throw new Error(`Embedded stack ${child.id} was not successfully created: ${child.reason ?? child.status}`);
  }

  private begin(record: ResourceRecord, properties: Properties, reason?: string): void {
    record.attempted = properties;
    this.stack.setResource(record, 'UPDATE_IN_PROGRESS', reason);
    this.disturb(record, 'UPDATE');
  }

  private succeeded(outcome: CustomOutcome, action: 'CREATE' | 'UPDATE'): asserts outcome is Answer {
    if (outcome.status === 'LEFT') throw new Error(CANCELLED[action]);
    if (outcome.status === 'FAILED') throw new Error(outcome.reason);
  }

  private async attempt(record: ResourceRecord, action: Action, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.stack.setResource(record, `${action}_FAILED`, (error as Error).message);
      throw error;
    }
    this.stack.setResource(record, `${action}_COMPLETE`);
  }

  private disturb({ logicalId, type }: ResourceRecord, action: Action): void {
    const reason = this.around.faults({ stackName: this.stack.name, logicalId, type, action, rollback: this.rollback });
    if (reason !== undefined) throw new Error(reason);
  }
}

function made(physical: { readonly physicalId: string; readonly attributes: Readonly<Record<string, unknown>> }): Pick<ResourceRecord, 'physicalId' | 'attributes'> {
  return { physicalId: physical.physicalId, attributes: physical.attributes };
}
