import { VirtualClock } from '../clock';
import { Random } from '../random';
import { Recorder } from '../recorder';
import { CustomResources } from './custom';
import { ResourceFaults, Undocumented } from './options';
import { OrdinaryResources } from './ordinary';
import { Resolver, Scope } from './resolver';
import { NestedUpdate, Stack, StackInput } from './stack';
import { dependenciesOf, isCustom, Properties, ResourceDefinition } from './template';

/** What operations on stacks work with. */
export interface Surroundings {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly recorder: Recorder;
  readonly ordinary: OrdinaryResources;
  readonly custom: CustomResources;
  readonly nested: NestedStacks;
  readonly undocumented: Undocumented;
  readonly faults: ResourceFaults;
  /** Region, account and partition, as pseudo parameters. */
  readonly pseudo: Readonly<Record<string, unknown>>;
  imported(name: string): unknown;
  dynamic(reference: string): string | undefined;
}

/** The stacks within stacks. */
export interface NestedStacks {
  /** When `left` comes true the parent has stopped waiting, and the nested stack stops too. */
  create(parent: Stack, logicalId: string, properties: Properties, left: Promise<void>): Promise<Stack>;
  update(childId: string, properties: Properties, left: Promise<void>): Promise<NestedUpdate>;
  delete(childId: string): Promise<void>;
  outputs(childId: string): Readonly<Record<string, string>>;
}

export const NESTED = 'AWS::CloudFormation::Stack';

/** What a template says under the parameters of the moment. */
export class Plan {
  public readonly waitsFor: ReadonlyMap<string, readonly string[]>;
  private readonly resolver: Resolver;

  constructor(private readonly stack: Stack, public readonly input: StackInput, private readonly around: Surroundings) {
    this.resolver = new Resolver(this.scope());
    const definitions = Object.entries(input.template.Resources ?? {})
      .filter(([, { Condition }]) => Condition === undefined || this.resolver.condition(Condition));
    const ids = new Set(definitions.map(([id]) => id));
    this.waitsFor = new Map(definitions.map(([id, definition]) => [id, dependenciesOf(definition, ids)]));
  }

  public definition(logicalId: string): ResourceDefinition {
    const definition = this.input.template.Resources?.[logicalId];
    if (!definition) throw new Error(`Resource ${logicalId} is not in the template`);
    return definition;
  }

  public properties(logicalId: string): Properties {
    return (this.resolver.resolve(this.definition(logicalId).Properties ?? {}) ?? {}) as Properties;
  }

  public outputs(): { readonly outputs: Record<string, string>; readonly exports: Record<string, string> } {
    const outputs: Record<string, string> = {};
    const exports: Record<string, string> = {};
    for (const [name, output] of Object.entries(this.input.template.Outputs ?? {})) {
      if (output.Condition !== undefined && !this.resolver.condition(output.Condition)) continue;
      outputs[name] = String(this.resolver.resolve(output.Value));
      if (output.Export) exports[String(this.resolver.resolve(output.Export.Name))] = outputs[name];
    }
    return { outputs, exports };
  }

  private scope(): Scope {
    const { stack, around } = this;
    return {
      template: this.input.template,
      parameters: this.input.parameters,
      pseudo: { ...around.pseudo, 'AWS::StackId': stack.id, 'AWS::StackName': stack.name, 'AWS::NotificationARNs': [] },
      ref: (logicalId) => stack.resources.get(logicalId)?.physicalId,
      attribute: (logicalId, name) => this.attribute(logicalId, name),
      imported: (name) => around.imported(name),
      dynamic: (reference) => around.dynamic(reference),
    };
  }

  private attribute(logicalId: string, name: string): unknown {
    const record = this.stack.resources.get(logicalId);
    if (record?.physicalId === undefined) throw new Error(`Template error: instance of Fn::GetAtt references undefined resource ${logicalId}`);
    if (record.type === NESTED) {
      const outputs = this.around.nested.outputs(record.physicalId);
      const output = name.replace(/^Outputs\./, '');
      if (!(output in outputs)) throw new Error(`Output '${output}' not found in stack '${record.physicalId}'`);
      return outputs[output];
    }
    if (name in record.attributes) return record.attributes[name];
    if (!isCustom(record.type)) return this.around.ordinary.plausible(this.stack, logicalId, record.type, record.physicalId, name);
    throw new Error(`CustomResource attribute error: Vendor response doesn't contain ${name} attribute in object ${this.stack.id}|${logicalId}`);
  }
}
