import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { page, ROOT } from './pages';
import { RESOURCE_TABLE } from '../../src/resource-table';

const readme = fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8');
const { jsii: { targets }, peerDependencies, name } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

describe('README', () => {
  test.each<[string, string]>([
    ['npm', `npm install ${name}`],
    ['Python', `pip install ${targets.python.distName}`],
    ['Java', `${targets.java.maven.groupId}:${targets.java.maven.artifactId}`],
    ['C#', `dotnet add package ${targets.dotnet.packageId}`],
    ['Go', `go get ${targets.go.moduleName}/${targets.go.packageName}`],
    ['aws-cdk-lib', `aws-cdk-lib ${peerDependencies['aws-cdk-lib'].replace('^', '')} or newer`],
    ['constructs', `constructs ${peerDependencies.constructs.replace('^', '')} or newer`],
  ])('says how to install with %s', (_, text) => {
    expect(readme).toContain(text);
  });

  test.each(['npm ci && npm run demo', 'npm ci && npm test'])('has the line %s', (command) => {
    expect(readme.split('\n')).toContain(command);
  });

  test('every TypeScript example stands on its own, and says how long recovery points are kept', () => {
    const fences = [...readme.matchAll(/^```(\S.*)\n([\s\S]*?)^```/gm)].map(([, language, code]) => ({ language, code }));
    const examples = fences.filter(({ language }) => language.startsWith('ts'));
    expect(examples.length).toBeGreaterThan(7);
    expect(examples.filter(({ language }) => language !== 'ts nofixture')).toEqual([]);
    const backups = examples.filter(({ code }) => /new OnDemandBackup\(|guard\(/.test(code));
    expect(backups.filter(({ code }) => !code.includes('deleteAfter: Duration.days(35)'))).toEqual([]);
  });
});

describe('docs/names.md', () => {
  const names = page('names.md');

  test('has every prop', () => {
    const props = fs.readFileSync(path.join(ROOT, 'src', 'on-demand-backup-props.ts'), 'utf8');
    const all = [...props.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, prop]) => prop);
    expect(all.length).toBeGreaterThan(20);
    expect(all.filter((prop) => !new RegExp(`\`(\\w+\\.)?${prop}[\`.]`).test(names))).toEqual([]);
  });

  test('has every attribute', () => {
    const construct = fs.readFileSync(path.join(ROOT, 'src', 'on-demand-backup.ts'), 'utf8');
    const all = [...construct.matchAll(/@attribute[\s\S]*?public get (\w+)/g)].map(([, attribute]) => attribute);
    expect(all).toHaveLength(8);
    expect(all.filter((attribute) => !names.includes(`| \`${attribute}\` |`))).toEqual([]);
  });

  test('has every state', () => {
    const job = fs.readFileSync(path.join(ROOT, 'lambda', 'job.ts'), 'utf8');
    const outcome = fs.readFileSync(path.join(ROOT, 'lambda', 'outcome.ts'), 'utf8');
    const all = [...job.matchAll(/'([A-Z]{4,})'/g), ...outcome.matchAll(/state: '([A-Z_]{4,})'/g)].map(([, state]) => state);
    expect(all).toEqual(expect.arrayContaining(['CREATED', 'PARTIAL', 'NOTHING_TO_BACK_UP', 'SKIPPED']));
    expect(all.filter((state) => state !== 'SUCCESS' && !names.includes(state))).toEqual([]);
  });
});

test('docs/restore.md has every resource type', () => {
  const restore = page('restore.md');
  expect(RESOURCE_TABLE.map(({ type }) => type).filter((type) => !restore.includes(`\`${type}\``))).toEqual([]);
});

describe('docs/validation.md', () => {
  const SRC = path.join(ROOT, 'src');
  const ids = statementIds(SRC);
  const validation = page('validation.md');

  test('has everything that an error or a warning can say', () => {
    expect(ids.length).toBeGreaterThan(100);
    expect(ids.filter((id) => !new RegExp(`^\\| \`(cdk-on-demand-backup::)?${id}\` \\|`, 'm').test(validation))).toEqual([]);
  });

  test('is all that is ever thrown', () => {
    const files = fs.readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    expect(files.filter((file) => /\bnew \w*Error\(/.test(fs.readFileSync(path.join(SRC, file), 'utf8')))).toEqual([path.join('validation', 'problem.ts')]);
  });

  test('has nothing twice', () => {
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  });
});

/** The ids of whatever has a remedy, wherever it is written; the place where one has none that can be read. */
function statementIds(folder: string): string[] {
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.flatMap((file) => {
    const source = ts.createSourceFile(file, fs.readFileSync(path.join(folder, file), 'utf8'), ts.ScriptTarget.Latest, true);
    const ids: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isObjectLiteralExpression(node) && propertyOf(node, 'remedy')) {
        const id = propertyOf(node, 'id');
        const isLiteral = id && ts.isPropertyAssignment(id) && ts.isStringLiteral(id.initializer);
        ids.push(isLiteral ? id.initializer.text : `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return ids;
  });
}

function propertyOf({ properties }: ts.ObjectLiteralExpression, property: string): ts.ObjectLiteralElementLike | undefined {
  return properties.find((each) => each.name?.getText() === property);
}
