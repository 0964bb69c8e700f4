import * as fs from 'fs';
import * as path from 'path';
import { ROOT } from './pages';
import { barsOf } from '../../bench/bars';
import { readResults } from '../../bench/page';
import { figuresOf } from '../../bench/readme';
import { exponent, ratio, spread } from '../../bench/statistics';

test('the figures of the README are those of bench/results.json (else: npm run bench)', () => {
  expect(fs.readFileSync(path.join(ROOT, 'README.md'), 'utf8')).toContain(figuresOf(readResults()));
});

test('bench/results.json is of a whole run, and every aim has a figure', () => {
  const results = readResults();
  expect(results.quick).toBe(false);
  expect(barsOf(results).map(({ subject }) => subject)).toEqual(expect.arrayContaining(['template', 'synthesis', 'function', 'waiting']));
  expect(barsOf(results).filter(({ measured }) => /NaN|undefined|null/.test(measured))).toEqual([]);
});

describe('statistics', () => {
  test('median and quartiles', () => {
    expect(spread([5, 1, 2, 4, 3])).toEqual({ median: 3, lower: 2, upper: 4, runs: 5 });
    expect(spread([1, 2])).toEqual({ median: 1.5, lower: 1.25, upper: 1.75, runs: 2 });
  });

  test('ratios are taken run by run', () => {
    expect(ratio([2, 40, 6], [1, 20, 3]).median).toBe(2);
  });

  test.each([[1, [10, 100, 400]], [2, [100, 10_000, 160_000]], [0, [7, 7, 7]]])('what grows with the power %d of the number has that exponent', (power, values) => {
    expect(exponent([10, 100, 400].map((n, i) => ({ n, value: values[i] })))).toBeCloseTo(power, 6);
  });
});
