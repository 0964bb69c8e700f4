import { runtimeFailure } from './failures';

type Step = { readonly kind: 'member'; readonly name: string } | { readonly kind: 'index'; readonly index: number } | { readonly kind: 'all' };

/** What a path is read from: the state's data (`$`) and the context object (`$$`). */
export interface Scope {
  readonly data: unknown;
  readonly context: unknown;
}

/** The value at a path; a failure where there is none, because the service fails the execution then. */
export function read(path: string, scope: Scope, field: string): unknown {
  const found = find(path, scope);
  if (found.present) return found.value;
  throw runtimeFailure(`The JSONPath '${path}' specified for the field '${field}' could not be found in the input '${JSON.stringify(scope.data)}'`);
}

/** The value at a path, or the knowledge that there is none. */
export function find(path: string, scope: Scope): { readonly present: boolean; readonly value?: unknown } {
  const inContext = path.startsWith('$$');
  const steps = parse(inContext ? path.slice(1) : path);
  let values: unknown[] = [inContext ? scope.context : scope.data];
  for (const step of steps) values = values.flatMap((value) => follow(value, step));
  // A path with a wildcard answers a list, also an empty one.
  if (steps.some(({ kind }) => kind === 'all')) return { present: true, value: values };
  return values.length === 0 ? { present: false } : { present: true, value: values[0] };
}

/** The input with the value put where the path says; only reference paths, which name one place. */
export function put(path: string, input: unknown, value: unknown): unknown {
  const steps = parse(path);
  if (steps.some(({ kind }) => kind === 'all')) throw runtimeFailure(`Not a reference path: ${path}`);
  return place(input, steps, value, path);
}

function place(target: unknown, [step, ...rest]: readonly Step[], value: unknown, path: string): unknown {
  if (!step) return value;
  if (step.kind === 'member') {
    const existing = target ?? {};
    if (typeof existing !== 'object' || Array.isArray(existing)) throw runtimeFailure(`Unable to apply ResultPath ${path} to ${JSON.stringify(target)}`);
    return { ...existing, [step.name]: place((existing as Record<string, unknown>)[step.name], rest, value, path) };
  }
  const index = (step as { index: number }).index;
  if (!Array.isArray(target) || index >= target.length) throw runtimeFailure(`Unable to apply ResultPath ${path} to ${JSON.stringify(target)}`);
  return target.map((entry, i) => (i === index ? place(entry, rest, value, path) : entry));
}

function follow(value: unknown, step: Step): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  switch (step.kind) {
    case 'all': return Object.values(value);
    case 'index': return Array.isArray(value) && step.index < value.length ? [value[step.index]] : [];
    case 'member': return !Array.isArray(value) && Object.hasOwn(value, step.name) ? [(value as Record<string, unknown>)[step.name]] : [];
  }
}

const STEP = /\.([\p{L}\p{N}_-]+)|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|\.\*|\[\*\]/uy;

function parse(path: string): Step[] {
  const steps: Step[] = [];
  STEP.lastIndex = 1;
  while (path.startsWith('$') && STEP.lastIndex < path.length) {
    const at = STEP.lastIndex;
    const match = STEP.exec(path);
    if (!match) throw runtimeFailure(`The simulator does not read the JSONPath '${path}' from '${path.slice(at)}' on`);
    const name = match[1] ?? (match[2] ?? match[3])?.replace(/\\(.)/g, '$1');
    steps.push(name !== undefined ? { kind: 'member', name } : match[4] !== undefined ? { kind: 'index', index: Number(match[4]) } : { kind: 'all' });
  }
  if (!path.startsWith('$')) throw runtimeFailure(`Not a JSONPath: '${path}'`);
  return steps;
}
