/** Whole seconds between two moments in milliseconds. */
export function seconds(from: number, to: number = Date.now()): number {
  return Math.round((to - from) / 1000);
}
