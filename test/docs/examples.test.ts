import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { allPages, ROOT } from './pages';

/** Everything on the pages that is fenced as TypeScript, by a name that says where it stands. */
const examples = new Map(allPages().flatMap((file) => [...fs.readFileSync(file, 'utf8').matchAll(/^```ts nofixture\n([\s\S]*?)^```/gm)]
  .map(([, code], i) => [path.join(__dirname, `${path.basename(file)}-example-${i + 1}.ts`), code] as const)));

test('the examples of the pages compile', () => {
  expect(examples.size).toBeGreaterThan(8);
  const { config } = ts.readConfigFile(path.join(ROOT, 'tsconfig.dev.json'), (file) => ts.sys.readFile(file));
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (file) => examples.get(path.normalize(file)) ?? readFile(file);
  host.fileExists = (file) => examples.has(path.normalize(file)) || fileExists(file);
  const program = ts.createProgram([...examples.keys()], { ...options, noEmit: true }, host);
  const problems = [...examples.keys()].flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)));
  expect(problems.map(({ file, messageText }) => `${path.basename(file?.fileName ?? '')}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)).toEqual([]);
}, 300_000);
