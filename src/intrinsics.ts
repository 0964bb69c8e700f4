/** An intrinsic function whose value can change though the text around it stays as it is. */
export interface Intrinsic {
  /** As it stands in a template. */
  readonly value: object;
  /** The logical id of the resource or parameter whose value it is. */
  readonly of?: string;
  /** The attribute, if it is one. */
  readonly attribute?: string;
  /** The parameters that a value of a mapping is looked up by. */
  readonly by?: readonly string[];
}

/** What a part of a template takes from elsewhere: Refs, attributes, values of mappings and conditions, wherever they stand in it. */
export function intrinsicsOf(value: any): Intrinsic[] {
  if (value === null || typeof value !== 'object') {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap(intrinsicsOf);
  }
  return Object.entries<any>(value).flatMap(([key, inner]) => {
    switch (key) {
      case 'Ref':
        return [ref(inner)];
      case 'Fn::GetAtt':
        return [attribute(inner), ...intrinsicsOf(inner)];
      case 'Fn::Sub':
        return [...substitutions(inner), ...intrinsicsOf(inner)];
      case 'Fn::FindInMap':
        return [{ value, by: intrinsicsOf(inner).flatMap(({ of }) => of ?? []) }];
      case 'Fn::If':
        return [{ value: condition(inner[0]) }, ...intrinsicsOf(inner.slice(1))];
      default:
        return intrinsicsOf(inner);
    }
  });
}

/** What a condition says, as a value. */
export function condition(name: string): object {
  return { 'Fn::If': [name, '1', '0'] };
}

function ref(id: string): Intrinsic {
  return { value: { Ref: id }, of: id };
}

function attribute(inner: string | [string, unknown]): Intrinsic {
  const [id, name] = Array.isArray(inner) ? inner : splitAttribute(inner);
  return { value: { 'Fn::GetAtt': [id, name] }, of: id, attribute: typeof name === 'string' ? name : '' };
}

function substitutions(inner: string | [string, object]): Intrinsic[] {
  const [text, variables] = Array.isArray(inner) ? inner : [inner, {}];
  return [...String(text).matchAll(/\$\{([^!}][^}]*)\}/g)]
    .map(([, name]) => name.trim())
    .filter((name) => !(name in variables))
    .map((name) => name.includes('.') ? attribute(name) : ref(name));
}

function splitAttribute(text: string): [string, string] {
  const dot = text.indexOf('.');
  return [text.slice(0, dot), text.slice(dot + 1)];
}
