import * as fs from 'fs';
import * as path from 'path';
import type { Stack } from 'aws-cdk-lib';
import type { Template } from '../simulator';
import { synthesize } from '../support/shop';

export const ACCOUNT = '111122223333';

export interface Synthesized {
  readonly template: Template;
  /** The folder of the assembly, with the bundle in it. */
  readonly assembly: string;
}

/** The template of what the code says; synthesized once in each process. */
export function synthesizedOnce<Code>(build: (stack: Stack, code: Code) => void): (code: Code) => Synthesized {
  const known = new Map<string, Synthesized>();
  return (code) => {
    const key = JSON.stringify(code);
    const result = known.get(key) ?? synthesizedNow((stack) => build(stack, code));
    known.set(key, result);
    return result;
  };
}

function synthesizedNow(build: (stack: Stack) => void): Synthesized {
  const assembly = synthesize(build, { env: { account: ACCOUNT, region: 'eu-west-1' } });
  return { assembly, template: JSON.parse(fs.readFileSync(path.join(assembly, 'Shop.template.json'), 'utf8')) as Template };
}
