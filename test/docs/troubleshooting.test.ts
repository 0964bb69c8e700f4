import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';
import { ROOT, page } from './pages';

/** What stands for a placeholder in the sources and on the page. */
const GAP = '…';

/** Everything that the function can say: its string literals, with what is filled in cut out, and what is joined with + joined. */
const spoken = sourceFiles(path.join(ROOT, 'lambda')).flatMap(textsOf).map(normalized).join('\n');

const troubleshooting = page('troubleshooting.md');
const quotes = troubleshooting.split('\n').filter((line) => line.startsWith('> ')).map((line) => line.slice(2));
const advice = troubleshooting.split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| the message') && line.split('|').length === 5)
  .map((line) => line.split('|')[2].trim());

test('the page quotes texts and advice', () => {
  expect(quotes.length).toBeGreaterThan(20);
  expect(advice.length).toBeGreaterThan(15);
});

test.each([...quotes, ...advice])('the code can say: %s', (quote) => {
  // A gap on the page may stand for anything, so each part between two gaps has to be found by itself.
  const parts = quote.split(GAP).map(trimmed).filter((part) => part.length > 3);
  expect(parts.filter((part) => !isSpoken(part.split(' ')))).toEqual([]);
});

test('every advice that the code can give is on the page', () => {
  const given = textsOf(path.join(ROOT, 'lambda', 'advice.ts')).filter((text) => /^[A-Z].*\.$/.test(text));
  expect(given.filter((text) => !advice.includes(text))).toEqual([]);
});

test('every text of the texts modules is on the page', () => {
  const files = ['texts.ts', 'final/texts.ts'].map((name) => path.join(ROOT, 'lambda', name));
  const parts = files.flatMap(textsOf).flatMap((text) => normalized(text).split(GAP)).map(trimmed).filter((part) => part.split(' ').length > 4);
  expect(parts.filter((part) => !troubleshooting.includes(part))).toEqual([]);
});

/** Whether the words are a text of the code, or several that it joins: of two words at least, or of one at either end. */
function isSpoken(words: readonly string[], isFirst = true): boolean {
  if (words.length === 0 || spoken.includes(trimmed(words.join(' ')))) {
    return true;
  }
  for (let count = words.length - 1; count >= (isFirst ? 1 : 2); count--) {
    if (spoken.includes(trimmed(words.slice(0, count).join(' '))) && isSpoken(words.slice(count), false)) {
      return true;
    }
  }
  return false;
}

function sourceFiles(folder: string): string[] {
  return fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => path.join(folder, name));
}

function textsOf(file: string): string[] {
  const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text === undefined) {
      ts.forEachChild(node, visit);
      return;
    }
    texts.push(text);
    gapsOf(node).forEach(visit);
  };
  visit(source);
  return texts;
}

/** The text of a literal, a template or a sum of them. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) {
    return node.text;
  }
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => GAP + literal.text).join('');
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [textOf(node.left), textOf(node.right)];
    return left === undefined && right === undefined ? undefined : (left ?? GAP) + (right ?? GAP);
  }
  return undefined;
}

/** What is filled in, which may hold texts of its own. */
function gapsOf(node: ts.Node): ts.Node[] {
  if (ts.isTemplateExpression(node)) {
    return node.templateSpans.map(({ expression }) => expression);
  }
  return ts.isBinaryExpression(node) ? [node.left, node.right].flatMap((side) => textOf(side) === undefined ? [side] : gapsOf(side)) : [];
}

function normalized(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** Punctuation at the end of a part may come from elsewhere. */
function trimmed(part: string): string {
  return part.replace(/^[\s.,:;()]+|[\s.,:;()]+$/g, '');
}
