import { createHash } from 'crypto';
import { StateFailure } from './failures';
import { read, Scope } from './paths';

type Intrinsic = (args: readonly any[], random: () => number, uuid: () => string) => unknown;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  'States.Format': ([template, ...args]) => format(String(template), args),
  'States.StringToJson': ([text]) => JSON.parse(text as string),
  'States.JsonToString': ([value]) => JSON.stringify(value),
  'States.Array': (args) => args,
  'States.ArrayPartition': ([list, size]) =>
    Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size)),
  'States.ArrayContains': ([list, wanted]) => list.some((entry: unknown) => JSON.stringify(entry) === JSON.stringify(wanted)),
  'States.ArrayRange': ([from, to, step]) => Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step),
  'States.ArrayGetItem': ([list, index]) => list[index],
  'States.ArrayLength': ([list]) => list.length,
  'States.ArrayUnique': ([list]) => [...new Map(list.map((entry: unknown) => [JSON.stringify(entry), entry])).values()],
  'States.Base64Encode': ([text]) => Buffer.from(text as string).toString('base64'),
  'States.Base64Decode': ([text]) => Buffer.from(text as string, 'base64').toString(),
  'States.Hash': ([value, algorithm]) => createHash(String(algorithm).replace('-', '').toLowerCase())
    .update(typeof value === 'string' ? value : JSON.stringify(value)).digest('hex'),
  'States.JsonMerge': ([first, second]) => ({ ...first, ...second }),
  'States.MathRandom': ([from, to], random) => from + Math.floor(random() * (to - from)),
  'States.MathAdd': ([a, b]) => wholeNumber(a) + wholeNumber(b),
  'States.StringSplit': ([text, separators]) => text.split(new RegExp(`[${String(separators).replace(/[\]\\^-]/g, '\\$&')}]`)),
  'States.UUID': (_, __, uuid) => uuid(),
};

/** Where chance and new ids come from. */
export interface Chance {
  readonly random: () => number;
  readonly uuid: () => string;
}

/** The value of an intrinsic function; its arguments are literals, paths and other functions. */
export function evaluate(text: string, scope: Scope, field: string, chance: Chance): unknown {
  const reader = { text, at: 0 };
  const value = expression(reader, scope, field, chance);
  skipSpace(reader);
  if (reader.at !== text.length) throw failure(text, `nothing expected after ${text.slice(0, reader.at)}`);
  return value;
}

interface Reader {
  readonly text: string;
  at: number;
}

const LITERALS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

function expression(reader: Reader, scope: Scope, field: string, chance: Chance): unknown {
  skipSpace(reader);
  if (reader.text[reader.at] === "'") return quoted(reader);
  const word = take(reader, /(?:\[[^\]]*\]|[^,()\s[])+/y);
  if (word.startsWith('$')) return read(word, scope, field);
  if (Object.hasOwn(LITERALS, word)) return LITERALS[word];
  if (/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(word)) return Number(word);
  const intrinsic = INTRINSICS[word];
  if (!intrinsic || reader.text[reader.at] !== '(') throw failure(reader.text, `the simulator does not know ${word}`);
  const args = argumentsOf(reader, scope, field, chance);
  try {
    return intrinsic(args, chance.random, chance.uuid);
  } catch (error) {
    throw error instanceof StateFailure ? error : failure(reader.text, String(error));
  }
}

function argumentsOf(reader: Reader, scope: Scope, field: string, chance: Chance): unknown[] {
  const args: unknown[] = [];
  reader.at += 1;
  skipSpace(reader);
  while (reader.text[reader.at] !== ')') {
    args.push(expression(reader, scope, field, chance));
    skipSpace(reader);
    if (reader.text[reader.at] === ',') reader.at += 1;
    else if (reader.text[reader.at] !== ')') throw failure(reader.text, `, or ) expected at ${reader.at}`);
  }
  reader.at += 1;
  return args;
}

function quoted(reader: Reader): string {
  return take(reader, /'(?:[^'\\]|\\.)*'/y).slice(1, -1).replace(/\\(['\\{}])/g, (whole, character: string) =>
    // Escaped braces stay escaped, so that States.Format can tell them from places.
    character === '{' || character === '}' ? whole : character);
}

function format(template: string, args: readonly unknown[]): string {
  let next = 0;
  return template.replace(/\\([{}])|\{\}/g, (_, brace: string | undefined) => {
    if (brace !== undefined) return brace;
    if (next >= args.length) throw new Error('too few arguments for States.Format');
    const value = args[next++];
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

function wholeNumber(value: unknown): number {
  if (typeof value !== 'number') throw new Error(`${JSON.stringify(value)} is not a number`);
  return Math.round(value);
}

function take(reader: Reader, pattern: RegExp): string {
  pattern.lastIndex = reader.at;
  const match = pattern.exec(reader.text);
  if (!match) throw failure(reader.text, `not understood at ${reader.at}`);
  reader.at = pattern.lastIndex;
  return match[0];
}

function skipSpace(reader: Reader): void {
  while (reader.text[reader.at] === ' ') reader.at += 1;
}

const failure = (text: string, why: string): StateFailure => new StateFailure('States.IntrinsicFailure', `The function '${text}' had the following error: ${why}`);
