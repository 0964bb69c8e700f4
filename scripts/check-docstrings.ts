import * as fs from 'fs';
import * as path from 'path';
import { gunzipSync } from 'zlib';

/** The parts of a jsii assembly that are looked at here. */
interface Documented {
  readonly name: string;
  readonly docs?: { readonly summary?: string; readonly default?: string; readonly see?: string };
}

interface Member extends Documented {
  readonly optional?: boolean;
  readonly overrides?: string;
  readonly parameters?: readonly Documented[];
}

interface Type extends Documented {
  readonly kind: 'class' | 'interface' | 'enum';
  readonly datatype?: boolean;
  readonly properties?: readonly Member[];
  readonly methods?: readonly Member[];
  readonly members?: readonly Member[];
}

/**
 * Fails on what users can see without being told what it is: a type or member without a summary, an optional prop without
 * `@default`, a member for which neither it nor its type names the page of AWS that says more. Reads the assembly that jsii has written, so compile first.
 */
function main(folder: string): void {
  const types = Object.values(readAssembly(path.join(folder, '.jsii')).types);
  const problems = types.flatMap(problemsOf);
  problems.forEach((problem) => console.error(problem));
  console.log(`${types.length} public types with ${types.flatMap(membersOf).length} members; ${problems.length} lack something.`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

function problemsOf(type: Type): string[] {
  return [
    ...hasSummary(type) ? [] : [`${type.name}: no summary`],
    ...membersOf(type).filter((member) => !hasSummary(member)).map(({ name }) => `${type.name}.${name}: no summary`),
    ...propsOf(type).filter(({ optional, docs }) => optional && !docs?.default).map(({ name }) => `${type.name}.${name}: optional, and no @default`),
    ...membersOf(type).filter(({ docs }) => !docs?.see && !type.docs?.see).map(({ name }) => `${type.name}.${name}: no @see, nor has ${type.name}`),
  ];
}

/** Those that the type adds: what it inherits is documented where it comes from. */
function membersOf({ properties = [], methods = [], members = [] }: Type): Member[] {
  return [...properties, ...methods, ...members].filter(({ overrides }) => overrides === undefined);
}

function propsOf({ datatype, properties = [] }: Type): readonly Member[] {
  return datatype ? properties : [];
}

function hasSummary({ docs }: Documented): boolean {
  return Boolean(docs?.summary?.trim());
}

/** The assembly, or what it says is in another file, compressed. */
function readAssembly(file: string): { readonly types: { readonly [fqn: string]: Type } } {
  const content = JSON.parse(fs.readFileSync(file, 'utf8'));
  return content.schema === 'jsii/file-redirect'
    ? JSON.parse(gunzipSync(fs.readFileSync(path.join(path.dirname(file), content.filename))).toString('utf8'))
    : content;
}

main(process.argv[2] ?? path.join(__dirname, '..'));
