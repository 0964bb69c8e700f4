import { syncBuiltinESMExports } from 'node:module';
import { Done, InvokeOrder, LogLine, Order, Report } from '../protocol';
import { current, Sandbox } from './context';
import { forgetRequests, inFlight, installHttp } from './http';
import { errorOf, run } from './runtime';
import { Settling } from './settle';
import { fireFirst, forgetTimers, installTime, nextTimer, now, resetTime, setTime } from './time';

const worker = Number(process.env.SIMULATOR_WORKER);
const sandboxes = new Map<number, Sandbox>();
let lines: LogLine[] = [];
let done: Done[] = [];
let seen = 0;

const settling = new Settling(() => {
  const report: Report = { number: seen, inFlight: inFlight(), next: nextTimer(), lines, done };
  lines = [];
  done = [];
  process.send?.(report);
});

function finish(sandbox: Sandbox, result: Done): void {
  if (sandbox.dead || sandbox.invocation !== result.invocation) return;
  sandbox.invocation = undefined;
  done.push(result);
  if (result.fatal) drop(sandbox);
  settling.activity();
}

/** Returns whether anything of it was still going on. */
function drop(sandbox: Sandbox): boolean {
  sandbox.dead = true;
  sandboxes.delete(sandbox.id);
  const timers = forgetTimers(sandbox);
  return forgetRequests(sandbox) || timers;
}

function invoke(order: InvokeOrder & Order): void {
  if (order.afresh) [...sandboxes.values()].forEach(drop);
  if (order.environment) {
    for (const name of Object.keys(process.env)) {
      if (!(name in order.environment)) delete process.env[name];
    }
    Object.assign(process.env, order.environment);
  }
  const sandbox = sandboxes.get(order.sandbox) ?? { id: order.sandbox, dead: false };
  sandboxes.set(order.sandbox, sandbox);
  sandbox.invocation = order.invocation;
  Math.random = seeded(order.seed);
  current.run(sandbox, () => void run(sandbox, order).then((result) => finish(sandbox, result)));
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    // mulberry32, as in ../../random.ts
    /* eslint-disable no-bitwise */
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    /* eslint-enable no-bitwise */
  };
}

function follow(order: Order): void {
  seen = order.number;
  if (order.kind === 'reset') resetTime(order.time);
  else setTime(order.time);
  switch (order.kind) {
    case 'invoke': invoke(order); break;
    case 'wake': fireFirst(); break;
    case 'time': break;
    case 'drop': {
      const sandbox = sandboxes.get(order.sandbox);
      if (sandbox) drop(sandbox);
      break;
    }
    case 'reset':
      for (const sandbox of [...sandboxes.values()]) {
        const left = [forgetTimers(sandbox), forgetRequests(sandbox)];
        if (sandbox.invocation !== undefined || left.includes(true)) drop(sandbox);
      }
      lines = [];
      done = [];
      break;
  }
  settling.activity();
}

/** Without an owner it can only be the one that is at work; with several, all of them go, as one process would. */
function fatal(type: string, thrown: unknown): void {
  const owner = current.getStore();
  const struck = owner ? [owner] : [...sandboxes.values()].filter((sandbox) => sandbox.invocation !== undefined);
  for (const sandbox of struck) {
    if (sandbox.invocation === undefined) continue;
    const error = { ...errorOf(thrown), errorType: type };
    lines.push({ invocation: sandbox.invocation, time: now(), line: `ERROR ${type}: ${error.errorMessage}` });
    finish(sandbox, { invocation: sandbox.invocation, error, fatal: true });
  }
}

function captureOutput(stream: NodeJS.WriteStream): void {
  stream.write = (chunk: string | Uint8Array): boolean => {
    const sandbox = current.getStore();
    if (sandbox?.dead) return true;
    const invocation = sandbox?.invocation ?? '';
    for (const line of String(chunk).replace(/\n$/, '').split('\n')) lines.push({ invocation, time: now(), line });
    return true;
  };
}

installTime();
installHttp(worker, settling.activity);
syncBuiltinESMExports();
captureOutput(process.stdout);
captureOutput(process.stderr);
process.on('uncaughtException', (error) => fatal('Runtime.UnhandledException', error));
process.on('unhandledRejection', (reason) => fatal('Runtime.UnhandledPromiseRejection', reason));
const exit = process.exit.bind(process);
// The host is gone: so is this process, also after a crash of the host.
process.on('disconnect', () => exit(0));
process.exit = ((code?: number) => {
  fatal('Runtime.ExitError', new Error(`Runtime exited with exit status ${code ?? 0}`));
  throw new Error('this sandbox is gone');
}) as typeof process.exit;
process.on('message', (order: Order) => follow(order));
