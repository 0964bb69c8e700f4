import { arn, generated, KINDS, Making } from './resource-kinds';

export { type Making } from './resource-kinds';

export function physicalId(making: Making): string {
  const kind = KINDS[making.type];
  const named = kind?.name === undefined ? undefined : making.properties[kind.name];
  const name = named === undefined ? (kind?.id ?? generated)(making) : String(named);
  return kind?.idOfName ? kind.idOfName(making, name) : name;
}

/** Known attributes; whoever asks for another one gets something plausible. */
export function attributes(making: Making, id: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(KINDS[making.type]?.attributes ?? {}).map(([name, value]) => [name, value(making, id)]));
}

export function plausibleAttribute(making: Making, id: string, name: string): string {
  if (!name.endsWith('Arn') && !name.endsWith('ARN')) return `${id}.${name}`;
  const [, service = 'service', type = 'Thing'] = making.type.split('::');
  return arn(service.toLowerCase(), () => `${type.toLowerCase()}/${id}`)(making, id);
}

export function isReplacement(type: string, changed: readonly string[]): boolean {
  const kind = KINDS[type];
  return changed.some((property) => property === kind?.name || kind?.replaced?.includes(property));
}

/** Whether two resources of this type may not have the same name at the same time. */
export const hasName = (type: string, properties: Readonly<Record<string, unknown>>): boolean => {
  const name = KINDS[type]?.name;
  return name !== undefined && properties[name] !== undefined;
};

/** The ARN under which the resource is a source of backups, where it is one. */
export function sourceArn(making: Making, id: string): string | undefined {
  return KINDS[making.type]?.source?.(making, id);
}

export function duration(type: string): readonly [number, number] {
  return KINDS[type]?.seconds ?? [1, 6];
}
