import * as path from 'path';
import { stripVTControlCharacters } from 'util';
import { Assembly, readAssembly, readViolations, Violation } from './assembly';
import { cdkSynth } from './cdk-cli';
import { Consumer, Language, Program } from './language';
import { run } from './run';

/** What a consumer does. */
export interface Observed {
  readonly assembly: Assembly;
  /** The example of README.md. */
  readonly smallest?: Assembly;
  /** What the checks of the library say about the app. */
  readonly checks: readonly Violation[];
  /** Text of the error for each case of bad input. */
  readonly messages: Readonly<Record<string, string>>;
  readonly policy?: {
    readonly exitCode: number;
    /** All that `cdk synth` printed. */
    readonly output: string;
    readonly violations: readonly Violation[];
  };
}

// The built-in check of templates takes two seconds each time, and is not what is compared.
const QUIET = { CDK_VALIDATION: 'false', JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1' };

export function observe(consumer: Consumer, { hasPolicy, smallest }: Language): Observed {
  const app = synthesize(consumer, 'app');
  return {
    assembly: readAssembly(app),
    smallest: smallest && readAssembly(synthesize(consumer, 'smallest')),
    checks: readViolations(app, 'cdk-on-demand-backup'),
    messages: badInput(consumer),
    policy: hasPolicy ? policy(consumer) : undefined,
  };
}

function synthesize(consumer: Consumer, program: Program): string {
  const out = path.join(consumer.folder, `cdk.${program}.out`);
  const [command, ...args] = consumer.command(program);
  run(command, args, { cwd: consumer.folder, env: { ...QUIET, CDK_OUTDIR: out } });
  return out;
}

function badInput(consumer: Consumer): Record<string, string> {
  const [command, ...args] = consumer.command('bad-input');
  // Maven resets the colour of the terminal even where it is told to use none.
  const output = stripVTControlCharacters(run(command, args, { cwd: consumer.folder, env: QUIET }));
  const messages = JSON.parse(output) as Record<string, string>;
  return Object.fromEntries(Object.entries(messages).map(([name, message]) => [name, withoutRuntime(message)]));
}

/** The jsii runtimes put the name of the error before some messages, and Java's puts the stack of the JavaScript behind it. */
function withoutRuntime(message: string): string {
  return message.replace(/^\w*Errors?: /, '').replace(/\n(@jsii\/kernel\.Runtime)?Error: [^]*$/, '');
}

function policy(consumer: Consumer): Observed['policy'] {
  const out = path.join(consumer.folder, 'cdk.checked.out');
  const { status, output } = cdkSynth(consumer.command('checked-app'), out, { cwd: consumer.folder, env: QUIET });
  return { exitCode: status, output, violations: readViolations(out, 'retention-policy') };
}
