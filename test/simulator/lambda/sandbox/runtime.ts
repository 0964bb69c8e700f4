import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Done, FunctionError, InvokeOrder } from '../protocol';
import { Sandbox } from './context';
import { now } from './time';

let instances = 0;

/** A fresh instance of the bundle, with module state of its own. */
export async function loadHandler(directory: string, handler: string): Promise<Function> {
  const dot = handler.lastIndexOf('.');
  const [file, name] = [handler.slice(0, dot), handler.slice(dot + 1)];
  const path = ['.js', '.cjs', '.mjs'].map((extension) => join(directory, file) + extension).find((candidate) => existsSync(candidate));
  if (!path) throw Object.assign(new Error(`Cannot find module '${file}'`), { name: 'Runtime.ImportModuleError' });
  const exported = path.endsWith('.mjs') ? await import(`${pathToFileURL(path).href}?instance=${++instances}`) : requireAfresh(directory, path);
  const found: unknown = exported[name];
  if (typeof found !== 'function') throw Object.assign(new Error(`${handler} is undefined or not exported`), { name: 'Runtime.HandlerNotFound' });
  return found;
}

function requireAfresh(directory: string, path: string): Record<string, unknown> {
  const load = createRequire(path);
  for (const key of Object.keys(load.cache)) {
    if (key.startsWith(directory + sep)) delete load.cache[key];
  }
  return load(path) as Record<string, unknown>;
}

export function errorOf(thrown: unknown): FunctionError {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: typeof thrown === 'string' ? thrown : JSON.stringify(thrown) };
  return { errorType: thrown.name, errorMessage: thrown.message, trace: thrown.stack?.split('\n') };
}

/** Runs the handler as Lambda does: what it returns or calls back with is the answer. */
export async function run(sandbox: Sandbox, order: InvokeOrder): Promise<Done> {
  try {
    sandbox.handler ??= await loadHandler(order.directory, order.handler);
    const handler = sandbox.handler;
    const result: unknown = await new Promise((resolve, reject) => {
      const callback = (error: unknown, value: unknown): void => error ? reject(error as Error) : resolve(value);
      const returned: unknown = handler(JSON.parse(order.payload), contextOf(order), callback);
      if (returned instanceof Promise || handler.length < 3) resolve(returned);
    });
    return { invocation: order.invocation, payload: JSON.stringify(result ?? null), fatal: false };
  } catch (thrown) {
    return { invocation: order.invocation, error: errorOf(thrown), fatal: sandbox.handler === undefined };
  }
}

function contextOf(order: InvokeOrder): Record<string, unknown> {
  return {
    awsRequestId: order.invocation,
    functionName: order.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: order.functionArn,
    memoryLimitInMB: String(order.memory),
    logGroupName: `/aws/lambda/${order.functionName}`,
    logStreamName: `[$LATEST]${order.sandbox}`,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => order.deadline - now(),
  };
}
