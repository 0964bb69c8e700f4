import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';

const compiled = new Map<string, Function>();
const load = createRequire(__filename);

/**
 * A fresh instance of a bundle in this process, with the globals and modules that it is given in place of Node's.
 *
 * Its text is run as it is, but for `import()` of Node's own modules, which a function compiled here could not do.
 */
export function instantiate(file: string, globals: Readonly<Record<string, unknown>>, modules: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = Object.keys(globals);
  const text = readFileSync(file, 'utf8');
  // Each assembly has a copy of its own.
  const key = createHash('sha1').update(text).update(names.join()).digest('hex');
  const wrapper = compiled.get(key) ?? compile(text, file, names);
  compiled.set(key, wrapper);
  const required = (name: string): unknown => modules[name.replace(/^node:/, '')] ?? load(name);
  // eslint-disable-next-line @typescript-eslint/require-await
  const imported = async (name: string): Promise<unknown> => required(name);
  const module = { exports: {} as Record<string, unknown> };
  wrapper(module.exports, required, module, imported, ...Object.values(globals));
  return module.exports;
}

function compile(bundle: string, file: string, names: readonly string[]): Function {
  const text = bundle.replace(/\bimport\((?=["']node:)/g, 'importModule(');
  return compileFunction(text, ['exports', 'require', 'module', 'importModule', ...names], { filename: file }) as Function;
}

export function fileOf(directory: string, handler: string): { readonly file: string; readonly name: string } {
  const dot = handler.lastIndexOf('.');
  return { file: join(directory, `${handler.slice(0, dot)}.js`), name: handler.slice(dot + 1) };
}
