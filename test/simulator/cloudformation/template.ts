/** A synthesized template, as far as the simulator looks into it. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, ParameterDefinition>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources?: Readonly<Record<string, ResourceDefinition>>;
  readonly Outputs?: Readonly<Record<string, OutputDefinition>>;
}

export interface ParameterDefinition {
  readonly Type: string;
  readonly Default?: string | number;
  readonly NoEcho?: boolean | string;
}

export interface ResourceDefinition {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: unknown;
}

export interface OutputDefinition {
  readonly Value: unknown;
  readonly Condition?: string;
  readonly Export?: { readonly Name: unknown };
}

export type Properties = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isCustom = (type: string): boolean => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';

/** The name in `{ name: argument }` if that is what the value is. */
export function intrinsic(value: unknown): { readonly name: string; readonly argument: unknown } | undefined {
  if (!isObject(value)) return undefined;
  const names = Object.keys(value);
  if (names.length !== 1 || !(names[0] === 'Ref' || names[0] === 'Condition' || names[0].startsWith('Fn::'))) return undefined;
  return { name: names[0], argument: value[names[0]] };
}

/** Names in `${...}` of a Fn::Sub, without its literals. */
export function substitutions(text: string): string[] {
  return [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name]) => name.trim());
}

/** Logical ids that a value refers to by Ref, Fn::GetAtt or Fn::Sub; pseudo parameters and parameters too. */
export function references(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) {
    for (const item of value) references(item, found);
    return found;
  }
  if (!isObject(value)) return found;
  const call = intrinsic(value);
  if (call?.name === 'Ref') found.add(String(call.argument));
  else if (call?.name === 'Fn::GetAtt') found.add(Array.isArray(call.argument) ? String(call.argument[0]) : String(call.argument).split('.')[0]);
  else if (call?.name === 'Fn::Sub') addSubstitutions(call.argument, found);
  else for (const item of Object.values(value)) references(item, found);
  return found;
}

function addSubstitutions(argument: unknown, found: Set<string>): void {
  const [text, values] = Array.isArray(argument) ? [String(argument[0]), argument[1] as unknown] : [String(argument), {}];
  const own = isObject(values) ? Object.keys(values) : [];
  for (const name of substitutions(text)) {
    if (!own.includes(name)) found.add(name.split('.')[0]);
  }
  references(values, found);
}

/** What a resource has to wait for, among the resources that exist under the conditions of the moment. */
export function dependenciesOf(definition: ResourceDefinition, among: ReadonlySet<string>): string[] {
  const explicit = definition.DependsOn === undefined ? [] : [definition.DependsOn].flat();
  return [...new Set([...explicit, ...references(definition.Properties ?? {})])].filter((id) => among.has(id));
}

/** Equal as CloudFormation sees it: the order of keys does not matter. */
export function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (isObject(value)) return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
  return JSON.stringify(value) ?? 'null';
}

/** Custom resources get every scalar as a string. */
export function stringified(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stringified);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, stringified(item)]));
  return typeof value === 'string' ? value : String(value);
}
