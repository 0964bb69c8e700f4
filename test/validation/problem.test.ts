import { describe as describeProblem, problemsError } from '../../src/validation/problem';
import { Rule, runRules } from '../../src/validation/rule';
import { amount, quoted } from '../../src/validation/text';

const PROBLEM = { prop: 'vault', value: "'x'", rule: 'It is longer.', remedy: 'Take another.', see: 'https://example.com/page' };

describe('a problem', () => {
  test('is told with prop, value, rule, remedy and page', () => {
    expect(describeProblem(PROBLEM)).toBe("vault: got 'x'. It is longer. Take another. See https://example.com/page");
  });
  test('may have no page', () => {
    expect(describeProblem({ ...PROBLEM, see: undefined })).toBe("vault: got 'x'. It is longer. Take another.");
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

  test('is an error or a warning with an id', () => {
    const { problems, warnings } = runRules([rule('A', 'error', 'vault'), rule('B', 'warning', 'vault', 'source')], {}, order);
    expect(problems).toEqual([{ prop: 'vault', value: 'A', rule: 'Rule.', remedy: 'Remedy.', see: 'page' }]);
    expect(warnings).toEqual(['source', 'vault'].map((prop) => ({
      prop, value: 'B', rule: 'Rule.', remedy: 'Remedy.', see: 'page', id: 'cdk-on-demand-backup::B',
    })));
  });

  test('can say more than the rule', () => {
    const more = { ...rule('A', 'error'), check: () => [{ prop: 'vault', value: 'v', because: 'Because.' }] };
    expect(runRules([more], {}, order).problems[0]).toMatchObject({ rule: 'Rule. Because.', remedy: 'Remedy.' });
  });
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
