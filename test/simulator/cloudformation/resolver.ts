import { intrinsic, isObject, Template } from './template';

/** What a template's expressions may refer to. */
export interface Scope {
  readonly template: Template;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly pseudo: Readonly<Record<string, unknown>>;
  /** Physical id of a resource. */
  ref(logicalId: string): string | undefined;
  /** Throws where the attribute does not exist. */
  attribute(logicalId: string, name: string): unknown;
  imported(name: string): unknown;
  /** Value of a dynamic reference, for example `ssm:/path`. */
  dynamic(reference: string): string | undefined;
}

/** Stands for AWS::NoValue until it is taken out of its surroundings. */
const NOTHING = Symbol('AWS::NoValue');

/** Works out the expressions of a template. */
export class Resolver {
  private readonly conditions = new Map<string, boolean>();

  constructor(private readonly scope: Scope) {}

  public condition(name: string): boolean {
    const known = this.conditions.get(name);
    if (known !== undefined) return known;
    const definition = this.scope.template.Conditions?.[name];
    if (definition === undefined) throw new Error(`Template format error: Unresolved condition dependency ${name}`);
    const value = this.truth(definition);
    this.conditions.set(name, value);
    return value;
  }

  public resolve(value: unknown): unknown {
    const result = this.value(value);
    return result === NOTHING ? undefined : result;
  }

  private value(value: unknown): unknown {
    if (typeof value === 'string') return this.dynamicReferences(value);
    if (Array.isArray(value)) return value.map((item) => this.value(item)).filter((item) => item !== NOTHING);
    if (!isObject(value)) return value;
    const call = intrinsic(value);
    if (call) return this.call(call.name, call.argument);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.value(item)]).filter(([, item]) => item !== NOTHING));
  }

  private call(name: string, argument: unknown): unknown {
    switch (name) {
      case 'Ref': return this.reference(String(argument));
      case 'Fn::GetAtt': return this.attribute(Array.isArray(argument) ? argument.map((part) => this.text(part)) : String(argument).split('.'));
      case 'Fn::Sub': return this.substitute(argument);
      case 'Fn::Join': return this.join(argument);
      case 'Fn::Select': return this.select(argument);
      case 'Fn::Split': return this.text(this.list(argument)[1]).split(String(this.list(argument)[0]));
      case 'Fn::FindInMap': return this.findInMap(argument);
      case 'Fn::ImportValue': return this.scope.imported(this.text(argument));
      case 'Fn::If': return this.either(argument);
      case 'Fn::Base64': return Buffer.from(this.text(argument)).toString('base64');
      case 'Fn::GetAZs': return ['a', 'b', 'c'].map((zone) => `${this.text(argument) || String(this.scope.pseudo['AWS::Region'])}${zone}`);
      case 'Fn::Cidr': return this.cidr(argument);
      case 'Fn::Equals':
      case 'Fn::And':
      case 'Fn::Or':
      case 'Fn::Not':
      case 'Condition': return this.truth({ [name]: argument });
      default: throw new Error(`Template error: ${name} is not supported here`);
    }
  }

  private truth(expression: unknown): boolean {
    const call = intrinsic(expression);
    if (!call) throw new Error(`Template error: not a condition: ${JSON.stringify(expression)}`);
    const parts = Array.isArray(call.argument) ? call.argument as unknown[] : [call.argument];
    switch (call.name) {
      case 'Condition': return this.condition(String(call.argument));
      case 'Fn::Equals': return JSON.stringify(this.value(parts[0])) === JSON.stringify(this.value(parts[1]));
      case 'Fn::And': return parts.every((part) => this.truth(part));
      case 'Fn::Or': return parts.some((part) => this.truth(part));
      case 'Fn::Not': return !this.truth(parts[0]);
      default: throw new Error(`Template error: ${call.name} is not a condition`);
    }
  }

  private reference(name: string): unknown {
    if (name === 'AWS::NoValue') return NOTHING;
    if (name in this.scope.pseudo) return this.scope.pseudo[name];
    if (name in this.scope.parameters) return this.scope.parameters[name];
    const physicalId = this.scope.ref(name);
    if (physicalId === undefined) throw new Error(`Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`);
    return physicalId;
  }

  private attribute([logicalId, ...path]: string[]): unknown {
    return this.scope.attribute(logicalId, path.join('.'));
  }

  private substitute(argument: unknown): string {
    const [text, given] = Array.isArray(argument) ? [String(argument[0]), argument[1] as unknown] : [String(argument), {}];
    const values = isObject(given) ? given : {};
    return text.replace(/\$\{([^}]+)\}/g, (_, expression: string) => {
      const name = expression.trim();
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      if (name in values) return this.text(values[name]);
      return String(name.includes('.') ? this.attribute(name.split('.')) : this.reference(name));
    });
  }

  private join(argument: unknown): string {
    const [separator, items] = this.list(argument);
    return this.list(this.value(items)).map((item) => this.text(item)).join(String(separator));
  }

  private select(argument: unknown): unknown {
    const [index, items] = this.list(argument);
    const list = this.list(this.value(items));
    const position = Number(this.text(index));
    if (!(position in list)) throw new Error(`Template error: Fn::Select cannot select nonexistent value at index ${position}`);
    return list[position];
  }

  private findInMap(argument: unknown): unknown {
    const [map, top, second, options] = this.list(argument);
    const keys = [map, top, second].map((key) => this.text(key));
    const found = this.scope.template.Mappings?.[keys[0]]?.[keys[1]]?.[keys[2]];
    if (found !== undefined) return found;
    if (isObject(options) && 'DefaultValue' in options) return this.value(options.DefaultValue);
    throw new Error(`Template error: Unable to get mapping for ${keys.join('::')}`);
  }

  private either(argument: unknown): unknown {
    const [condition, yes, no] = this.list(argument);
    return this.value(this.condition(String(condition)) ? yes : no);
  }

  /** Good enough to tell subnets apart. */
  private cidr(argument: unknown): string[] {
    const [block, count] = this.list(argument);
    const [a, b] = this.text(block).split('.');
    return Array.from({ length: Number(this.text(count)) }, (_, index) => `${a}.${b}.${index}.0/24`);
  }

  private text(value: unknown): string {
    const result = this.value(value);
    if (result === NOTHING || result === undefined) return '';
    return Array.isArray(result) ? result.join(',') : String(result as string | number | boolean);
  }

  private list(value: unknown): unknown[] {
    if (!Array.isArray(value)) throw new Error(`Template error: a list is needed, not ${JSON.stringify(value)}`);
    return value as unknown[];
  }

  private dynamicReferences(text: string): string {
    return text.replace(/\{\{resolve:([^}]+)\}\}/g, (whole, reference: string) => this.scope.dynamic(reference) ?? whole);
  }
}
