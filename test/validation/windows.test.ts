import * as fc from 'fast-check';
import { LUSTRE, MINUTE, propsView, sourceView } from './fixtures';
import { testRules } from './rule-cases';
import { PropsView } from '../../src/validation/props-view';
import { WINDOW_RULES } from '../../src/validation/windows';

const HOUR = 60 * MINUTE;
const windows = (start?: number, completion?: number, more: Partial<PropsView> = {}) => propsView({
  startWindow: start === undefined ? undefined : { value: start },
  completionWindow: completion === undefined ? undefined : { value: completion },
  ...more,
});

testRules(WINDOW_RULES, [
  {
    rule: 'WindowWholeMinutes',
    found: [
      ['seconds', windows(90), { prop: 'startWindow', value: '90 seconds' }],
      ['less than a second', windows(undefined, 60.5), { prop: 'completionWindow', value: '60.5 seconds' }],
      ['both', windows(61, 62), { prop: 'startWindow', value: '61 seconds' }, { prop: 'completionWindow', value: '62 seconds' }],
    ],
    passes: [['90 minutes', windows(90 * MINUTE, 91 * MINUTE)], ['tokens', propsView({ startWindow: {}, completionWindow: {} })], ['nothing', windows()]],
  },
  {
    rule: 'StartWindowMinimum',
    found: [
      ['59 minutes', windows(59 * MINUTE), { prop: 'startWindow', value: '59 minutes' }],
      ['none at all', windows(0), { prop: 'startWindow', value: '0 days' }],
    ],
    passes: [['an hour', windows(HOUR)], ['a short completion window', windows(undefined, MINUTE)], ['a token', propsView({ startWindow: {} })]],
  },
  {
    rule: 'CompletionWindowMinimum',
    found: [['none at all', windows(undefined, 0), { prop: 'completionWindow', value: '0 days' }]],
    passes: [['a minute', windows(undefined, MINUTE)], ['a start window', windows(0)], ['a token', propsView({ completionWindow: {} })]],
  },
  {
    rule: 'WindowMaximum',
    found: [
      ['more than 100 years', windows(52_560_001 * MINUTE, 52_560_002 * MINUTE),
        { prop: 'startWindow', value: '52560001 minutes' }, { prop: 'completionWindow', value: '52560002 minutes' }],
    ],
    passes: [['100 years', windows(52_560_000 * MINUTE, 52_560_000 * MINUTE)]],
  },
  {
    rule: 'CompletionAfterStart',
    found: [
      ['a shorter one', windows(2 * HOUR, HOUR), { prop: 'completionWindow', value: '1 hour with a startWindow of 2 hours' }],
      ['the same', windows(HOUR, HOUR), { prop: 'completionWindow', value: '1 hour with a startWindow of 1 hour' }],
      ['the start window that is sent when the deployment waits', windows(undefined, HOUR, { waits: true }),
        { prop: 'completionWindow', value: '1 hour with a startWindow of 1 hour, which is sent when the deployment waits' }],
    ],
    passes: [
      ['a longer one', windows(HOUR, HOUR + MINUTE)],
      ['no start window', windows(undefined, MINUTE)],
      ['no completion window', windows(HOUR)],
      ['a start window that is a token', propsView({ startWindow: {}, completionWindow: { value: MINUTE }, waits: true })],
      ['a completion window that is a token', propsView({ startWindow: { value: HOUR }, completionWindow: {} })],
    ],
  },
  {
    rule: 'CompletionWindowIgnored',
    found: [
      ['FSx', windows(undefined, HOUR, { source: sourceView(LUSTRE) }), { prop: 'completionWindow', value: '1 hour' }],
      ['FSx with a token', propsView({ completionWindow: {}, source: sourceView(LUSTRE) }), { prop: 'completionWindow', value: 'a token' }],
    ],
    passes: [['others', windows(undefined, HOUR)], ['FSx without one', windows(HOUR, undefined, { source: sourceView(LUSTRE) })]],
  },
]);

describe('windows of any length', () => {
  const problems = (start: number | undefined, completion: number | undefined) =>
    WINDOW_RULES.filter((rule) => rule.severity === 'error').flatMap((rule) => rule.check(windows(start, completion)));
  const minutes = fc.integer({ min: 60, max: 52_560_000 });

  test('are right when they are whole minutes within the bounds, in order', () => {
    fc.assert(fc.property(minutes, minutes, (a, b) => {
      fc.pre(a !== b);
      expect(problems(Math.min(a, b) * MINUTE, Math.max(a, b) * MINUTE)).toEqual([]);
    }));
  });

  test('are wrong otherwise, whatever the other one is', () => {
    const wrong = fc.oneof(
      fc.integer({ min: 0, max: 59 }).map((each) => each * MINUTE),
      fc.integer({ min: 52_560_001, max: 100_000_000 }).map((each) => each * MINUTE),
      fc.integer({ min: 3_600, max: 1_000_000 }).filter((each) => each % MINUTE !== 0),
    );
    fc.assert(fc.property(wrong, fc.option(minutes, { nil: undefined }), (start, completion) => {
      expect(problems(start, completion && completion * MINUTE)).not.toEqual([]);
    }));
  });
});
