import { Template } from './template';

/** Values for a template's parameters: given ones, kept ones, defaults; those of SSM types looked up. */
export function parameterValues(
  template: Template,
  given: Readonly<Record<string, unknown>>,
  kept: Readonly<Record<string, unknown>>,
  lookUp: (name: string) => string | undefined,
): Readonly<Record<string, unknown>> {
  const definitions = Object.entries(template.Parameters ?? {});
  const unknown = Object.keys(given).filter((name) => !(name in (template.Parameters ?? {})));
  if (unknown.length > 0) throw new Error(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  return Object.fromEntries(definitions.map(([name, { Type, Default }]) => {
    const fromStore = Type.startsWith('AWS::SSM::Parameter::Value<');
    const value = given[name] ?? (fromStore ? undefined : kept[name]) ?? Default;
    if (value === undefined) throw new Error(`Parameters: [${name}] must have values`);
    if (!fromStore) return [name, Type === 'CommaDelimitedList' || Type.startsWith('List<') ? String(value as string).split(',') : String(value as string)];
    const stored = lookUp(String(value as string));
    if (stored === undefined) throw new Error(`Unable to fetch parameters [${String(value as string)}] from parameter store for this account.`);
    return [name, Type.includes('List') ? stored.split(',') : stored];
  }));
}
