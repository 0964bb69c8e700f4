import { Finding, Rule } from '../../src/validation/rule';

/** A rule, what it must find, and what it must let pass. */
export interface RuleCases<View> {
  readonly rule: string;
  /** What it is, the view, and what is found: prop and value, and where it matters what is added to the rule. */
  readonly found: readonly [string, View, ...Finding[]][];
  readonly passes: readonly [string, View][];
}

/** Runs the cases of a set of rules. Every rule has to have some of both kinds, so one that is taken away is missed. */
export function testRules<View>(rules: readonly Rule<View>[], all: readonly RuleCases<View>[]): void {
  test('every rule has cases, and every case has a rule', () => {
    expect(all.map((cases) => cases.rule).sort()).toEqual(rules.map((rule) => rule.id).sort());
    expect(all.filter(({ found, passes }) => found.length === 0 || passes.length === 0)).toEqual([]);
  });
  test('no id is used twice', () => expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length));
  describe.each(all.map((cases) => [cases.rule, cases] as const))('%s', (id, { found, passes }) => {
    const check = (view: View) => rules.find((rule) => rule.id === id)!.check(view).map(({ prop, value, because }) =>
      because === undefined ? { prop, value } : { prop, value, because });
    for (const [name, view, ...findings] of found) {
      test(`finds ${name}`, () => expect(check(view)).toEqual(findings));
    }
    for (const [name, view] of passes) {
      test(`lets ${name} pass`, () => expect(check(view)).toEqual([]));
    }
  });
}
