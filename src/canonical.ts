import { createHash } from 'crypto';

/** A value as JSON with its keys in one order, so that equal values are equal texts. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) => inner !== null && typeof inner === 'object' && !Array.isArray(inner)
    ? inKeyOrder(inner)
    : inner);
}

/** The same with its keys in one order: maps of Java and Go have none of their own. */
export function inKeyOrder<T>(map: { readonly [key: string]: T }): { [key: string]: T } {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => a < b ? -1 : 1));
}

/** The fingerprint of a value: 32 hex digits. */
export function fingerprintOf(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 32);
}
