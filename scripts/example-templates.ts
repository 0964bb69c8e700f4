import { spawnSync } from 'child_process';
import * as fs from 'fs';
import { createRequire } from 'module';
import * as os from 'os';
import * as path from 'path';

const ROOT = path.join(__dirname, '..');
const EXAMPLES = path.join(ROOT, 'examples');

/** A template as JSON. */
export interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: any }>>;
}

/** The template of every stack of every example, by `example/Stack`, made from the sources as they are: nothing has to be compiled before. */
export function exampleTemplates(): Map<string, Template> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'odb-examples-'));
  try {
    // Examples import the package by its name, as users do.
    fs.symlinkSync(path.join(ROOT, 'src'), path.join(folder, 'cdk-on-demand-backup'));
    synthesizeAll(folder);
    return new Map(examples().flatMap((example) => namesOf(path.join(folder, example))
      .filter((file) => file.endsWith('.template.json'))
      .map((file) => [`${example}/${file.replace('.template.json', '')}`, JSON.parse(fs.readFileSync(path.join(folder, example, file), 'utf8'))] as const)));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function examples(): string[] {
  return namesOf(EXAMPLES).filter((name) => fs.existsSync(path.join(EXAMPLES, name, 'app.ts')));
}

function namesOf(folder: string): string[] {
  return fs.readdirSync(folder).sort();
}

/** One process for all examples, because loading the CDK takes longer than they do. */
function synthesizeAll(folder: string): void {
  const { status, stderr } = spawnSync(process.execPath, ['-r', 'ts-node/register/transpile-only', __filename, folder], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NODE_PATH: folder, TS_NODE_PROJECT: path.join(ROOT, 'tsconfig.dev.json'), CDK_VALIDATION: 'false' },
  });
  if (status !== 0) {
    throw new Error(`The examples could not be synthesized:\n${stderr}`);
  }
}

if (require.main === module) {
  for (const example of examples()) {
    process.env.CDK_OUTDIR = path.join(process.argv[2], example);
    // An app with CDK_OUTDIR synthesizes itself when the process has nothing else to do.
    createRequire(__filename)(path.join(EXAMPLES, example, 'app.ts'));
  }
}
