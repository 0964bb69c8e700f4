import { Clock } from '../clock';
import { Random } from '../random';
import { attributes, duration, hasName, isReplacement, Making, physicalId, plausibleAttribute, sourceArn } from './resource-types';
import { Stack } from './stack';
import { Properties, same } from './template';

/** A resource that exists in the simulated account. */
export interface Physical {
  readonly type: string;
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly properties: Properties;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Where it can be backed up. */
  readonly sourceArn?: string;
}

/** What else in the account hears of resources: IAM, Lambda, AWS Backup, … Throws where a service refuses. */
export interface Effects {
  created(resource: Physical): void;
  updated(resource: Physical): void;
  deleted(resource: Physical): void;
}

export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** Resources that are not custom and not stacks. */
export class OrdinaryResources {
  private readonly names = new Set<string>();
  private readonly made = new Map<string, Physical>();
  private readonly generations = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly place: Place,
    private readonly effects: Effects,
  ) {}

  public async create(stack: Stack, logicalId: string, type: string, properties: Properties): Promise<Physical> {
    await this.time(type);
    const generation = (this.generations.get(`${stack.name}/${logicalId}`) ?? 0) + 1;
    this.generations.set(`${stack.name}/${logicalId}`, generation);
    const making = this.making(stack, logicalId, type, properties, generation);
    const id = physicalId(making);
    const key = `${type} ${id}`;
    if (hasName(type, properties) && this.names.has(key)) throw new Error(`Resource of type '${type}' with identifier '${id}' already exists.`);
    const resource: Physical = {
      ...placed(stack, logicalId), type, properties, physicalId: id, attributes: attributes(making, id), sourceArn: sourceArn(making, id),
    };
    this.effects.created(resource);
    this.names.add(key);
    this.made.set(key, resource);
    return resource;
  }

  public needsReplacement(type: string, before: Properties, after: Properties): boolean {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return isReplacement(type, [...names].filter((name) => !same(before[name], after[name])));
  }

  public async update(stack: Stack, logicalId: string, type: string, id: string, properties: Properties): Promise<Physical> {
    await this.time(type);
    const before = this.made.get(`${type} ${id}`);
    const making = this.making(stack, logicalId, type, properties, this.generations.get(`${stack.name}/${logicalId}`) ?? 1);
    // Addresses and ids stay; only what repeats a property follows it.
    const resource: Physical = {
      type,
      properties,
      logicalId,
      stackName: stack.name,
      stackId: stack.id,
      physicalId: id,
      sourceArn: before?.sourceArn,
      attributes: { ...attributes(making, id), ...(type === 'AWS::SSM::Parameter' ? {} : before?.attributes) },
    };
    this.effects.updated(resource);
    this.made.set(`${type} ${id}`, resource);
    return resource;
  }

  public async delete(type: string, id: string): Promise<void> {
    await this.time(type);
    const key = `${type} ${id}`;
    const resource = this.made.get(key);
    if (!resource) return;
    this.effects.deleted(resource);
    this.made.delete(key);
    this.names.delete(key);
  }

  public exists(type: string, id: string): boolean {
    return this.made.has(`${type} ${id}`);
  }

  /** An attribute that the table does not know. */
  public plausible(stack: Stack, logicalId: string, type: string, id: string, name: string): string {
    return plausibleAttribute(this.making(stack, logicalId, type, {}, 1), id, name);
  }

  private making(stack: Stack, logicalId: string, type: string, properties: Properties, generation: number): Making {
    // Generated names are the same in each history, so that warm functions find the variables that they were made with.
    const random = new Random(1).fork(`${stack.name}/${logicalId}/${generation}`);
    return { type, stackName: stack.name, logicalId, properties, random, ...this.place };
  }

  private async time(type: string): Promise<void> {
    const [low, high] = duration(type);
    await this.clock.sleep(this.random.between(low * 1000, high * 1000));
  }
}

function placed(stack: Stack, logicalId: string): Pick<Physical, 'stackName' | 'stackId' | 'logicalId'> {
  return { stackName: stack.name, stackId: stack.id, logicalId };
}
