import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as esbuild from 'esbuild';

/** A fault in one file of the function. */
export interface BrokenCode {
  readonly name: string;
  readonly file: string;
  readonly edits: readonly (readonly [from: string, to: string])[];
}

const folders: string[] = [];
process.on('exit', () => folders.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

const ROOT = path.join(__dirname, '..', '..', '..');

/** The folder of an assembly with a bundle like that of the given assembly, but for something that is broken in it. */
export async function brokenBundle({ file, edits, name }: BrokenCode, assembly: string): Promise<string> {
  const asset = fs.readdirSync(assembly).find((folder) => folder.startsWith('asset.') && fs.existsSync(path.join(assembly, folder, 'index.js')))!;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'odb-broken-'));
  folders.push(folder);
  const missing: string[] = [];
  await esbuild.build({
    entryPoints: [path.join(ROOT, 'lambda', 'index.ts')],
    outfile: path.join(folder, asset, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node22',
    minify: true,
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': path.join(ROOT, 'lambda', 'credentials.ts') },
    logLevel: 'silent',
    plugins: [{
      name: 'break',
      setup: (build) => build.onLoad({ filter: new RegExp(`[\\\\/]lambda[\\\\/]${file.replace('.', '\\.')}$`) }, ({ path: source }) => {
        const text = fs.readFileSync(source, 'utf8');
        missing.push(...edits.map(([from]) => from).filter((from) => !text.includes(from)));
        return { contents: edits.reduce((changed, [from, to]) => changed.replace(from, () => to), text), loader: 'ts' };
      }),
    }],
  });
  if (missing.length > 0) throw new Error(`"${name}" cannot be built: lambda/${file} does not hold ${missing.join(' and ')}`);
  return folder;
}
