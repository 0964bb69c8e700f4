import { describe as describeProblem, Problem, problemsError } from '../../src/validation/problem';
import { Rule, warningId } from '../../src/validation/rule';
import { runRules } from '../../src/validation/run-rules';
import { amount, quoted } from '../../src/validation/text';

const PROBLEM: Problem = {
  prop: 'vault',
  value: "'x'",
  statement: { id: 'Longer', severity: 'error', rule: 'It is longer.', remedy: 'Take another.', see: 'https://example.com/page' },
};

describe('a problem', () => {
  test('is told with prop, value, rule, remedy and page', () => {
    expect(describeProblem(PROBLEM)).toBe("vault: got 'x'. It is longer. Take another. See https://example.com/page");
  });
  test('may have no page', () => {
    expect(describeProblem({ ...PROBLEM, statement: { ...PROBLEM.statement, see: undefined } })).toBe("vault: got 'x'. It is longer. Take another.");
  });
  test('can say more than its rule', () => {
    expect(describeProblem({ ...PROBLEM, because: 'Because.' })).toBe("vault: got 'x'. It is longer. Because. Take another. See https://example.com/page");
  });
});

describe('the error of a construct', () => {
  test('names its path and every problem', () => {
    expect(problemsError('App/Stack/Backup', [PROBLEM, { ...PROBLEM, prop: 'role' }])).toEqual(new Error([
      'App/Stack/Backup: 2 problems',
      "  1. vault: got 'x'. It is longer. Take another. See https://example.com/page",
      "  2. role: got 'x'. It is longer. Take another. See https://example.com/page",
    ].join('\n')));
  });
  test('counts one problem', () => expect(problemsError('P', [PROBLEM]).message).toMatch(/^P: 1 problem\n {2}1\. vault/));
});

describe('what rules find', () => {
  const rule = (id: string, severity: 'error' | 'warning', ...props: string[]): Rule<object> => ({
    id, severity, rule: 'Rule.', remedy: 'Remedy.', see: 'page', check: () => props.map((prop) => ({ prop, value: id })),
  });
  const order = ['source', 'vault', 'role', 'backupOptions'];

  test('is in the order of the props, then of the rules; what is no prop comes last', () => {
    const { problems } = runRules([
      rule('A', 'error', 'Stack/Other', 'role'), rule('B', 'error', 'backupOptions.windowsVss', 'vault[x]'), rule('C', 'error', 'vault', 'source'),
    ], {}, order);
    expect(problems.map(({ prop, value }) => `${prop} ${value}`)).toEqual([
      'source C', 'vault[x] B', 'vault C', 'role A', 'backupOptions.windowsVss B', 'Stack/Other A',
    ]);
  });

  test('is an error or a warning, in the words of its rule', () => {
    const [a, b] = [rule('A', 'error', 'vault'), rule('B', 'warning', 'vault', 'source')];
    expect(runRules([a, b], {}, order)).toEqual({
      problems: [{ prop: 'vault', value: 'A', statement: a }],
      warnings: [{ prop: 'source', value: 'B', statement: b }, { prop: 'vault', value: 'B', statement: b }],
    });
  });

  test('comes in the order of the rules where there are no props', () => {
    const { problems } = runRules([rule('A', 'error', 'vault'), rule('B', 'error', 'source')], {});
    expect(problems.map(({ value }) => value)).toEqual(['A', 'B']);
  });

  test('is acknowledged by an id that names this library', () => expect(warningId(rule('A', 'warning'))).toBe('cdk-on-demand-backup::A'));
});

describe('texts', () => {
  test.each<[number | undefined, string]>([
    [0, '0 days'], [1, '1 second'], [59, '59 seconds'], [60, '1 minute'], [90, '90 seconds'], [5_400, '90 minutes'], [3_600, '1 hour'], [86_400, '1 day'],
    [35 * 86_400, '35 days'], [0.5, '0.5 seconds'], [undefined, 'a token'],
  ])('%p seconds is %s', (seconds, expected) => expect(amount(seconds)).toBe(expected));

  test.each<[string | undefined, string]>([
    ['x', "'x'"], ['', "''"], ['x'.repeat(80), `'${'x'.repeat(80)}'`], ['x'.repeat(81), `'${'x'.repeat(77)}…' (81 characters)`], [undefined, 'a token'],
  ])('%p is %s', (text, expected) => expect(quoted(text)).toBe(expected));
});
