import { spawnSync } from 'child_process';

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Ran {
  readonly status: number;
  readonly stdout: string;
  /** All that was printed. */
  readonly output: string;
}

/** Runs a program to its end, whatever that is. */
export function tryRun(command: string, args: readonly string[], { cwd, env = {} }: RunOptions): Ran {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error) {
    throw error;
  }
  return { status: status ?? 1, stdout, output: stdout + stderr };
}

/** Runs a program that has to succeed, and answers what it printed on stdout. */
export function run(command: string, args: readonly string[], options: RunOptions): string {
  const { status, stdout, output } = tryRun(command, args, options);
  if (status !== 0) {
    throw new Error(`${[command, ...args].join(' ')} ended with ${status}:\n${output.trimEnd().split('\n').slice(-40).join('\n')}`);
  }
  return stdout;
}

/** Whether a program is there. */
export function isInstalled(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
}
