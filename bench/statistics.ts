/** A figure that was measured several times. */
export interface Spread {
  readonly median: number;
  /** A quarter of the values is below the one, a quarter above the other. */
  readonly lower: number;
  readonly upper: number;
  readonly runs: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), lower: quantile(sorted, 0.25), upper: quantile(sorted, 0.75), runs: sorted.length };
}

/** Of runs that were made in turn, so that a slow minute of the machine strikes both. */
export function ratio(values: readonly number[], of: readonly number[]): Spread {
  return spread(values.slice(0, of.length).map((value, i) => value / of[i]));
}

/** How a figure grows: it goes with the n-th power of the number, by least squares on logarithms. */
export function exponent(points: readonly { readonly n: number; readonly value: number }[]): number {
  const logs = points.filter(({ value }) => value > 0).map(({ n, value }) => ({ x: Math.log(n), y: Math.log(value) }));
  const x = mean(logs.map((point) => point.x));
  const y = mean(logs.map((point) => point.y));
  return sum(logs.map((point) => (point.x - x) * (point.y - y))) / sum(logs.map((point) => (point.x - x) ** 2));
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function quantile(sorted: readonly number[], part: number): number {
  const place = (sorted.length - 1) * part;
  const below = Math.floor(place);
  return sorted[below] + ((sorted[below + 1] ?? sorted[below]) - sorted[below]) * (place - below);
}
