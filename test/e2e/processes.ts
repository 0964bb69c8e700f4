import { ChildProcess, spawn } from 'child_process';

export interface Finished {
  readonly code: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

const running = new Set<ChildProcess>();

// Whatever ends this process ends what it has started, with everything that they have started.
// Before anything else that happens at the exit, which may fail, and because what still runs still writes.
process.prependListener('exit', () => running.forEach((child) => endGroup(child, 'SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

export interface StartOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A process with a group of its own. */
export function start(command: string, args: readonly string[], { cwd, env = process.env }: StartOptions = {}): ChildProcess {
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.on('exit', () => running.delete(child));
  return child;
}

/** Runs a command to its end, whatever that is. */
export async function finish(
  command: string, args: readonly string[], options: StartOptions & { readonly onText?: (text: string) => void } = {},
): Promise<Finished> {
  const child = start(command, args, options);
  const chunks: string[] = [];
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      chunks.push(text);
      options.onText?.(text);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { code, output: chunks.join('') };
}

/** Runs a command that has to succeed. */
export async function run(command: string, args: readonly string[], options: StartOptions = {}): Promise<string> {
  const { code, output } = await finish(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.on('exit', resolve));
  endGroup(child, 'SIGTERM');
  const impatience = setTimeout(() => endGroup(child, 'SIGKILL'), 5_000);
  await gone;
  clearTimeout(impatience);
}

function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // Gone already.
  }
}
