import { Chance, evaluate } from './intrinsics';
import { read, Scope } from './paths';

/** A payload template: members whose names end in `.$` are paths or functions, everything else is as it stands. */
export function fill(template: unknown, scope: Scope, chance: Chance): unknown {
  if (Array.isArray(template)) return template.map((entry) => fill(entry, scope, chance));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([name, value]) =>
    name.endsWith('.$') ? [name.slice(0, -2), resolve(value as string, scope, name, chance)] : [name, fill(value, scope, chance)]));
}

function resolve(text: string, scope: Scope, field: string, chance: Chance): unknown {
  return text.startsWith('$') ? read(text, scope, field) : evaluate(text, scope, field, chance);
}
