const UNITS: readonly [string, number][] = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

/** A number of seconds in the largest unit that divides it; for a value that is not known yet, a word. */
export function amount(seconds: number | undefined): string {
  if (seconds === undefined) {
    return 'a token';
  }
  const [unit, size] = UNITS.find(([, each]) => seconds % each === 0) ?? UNITS[UNITS.length - 1];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** A text in quotes, cut where it is long. */
export function quoted(text: string | undefined): string {
  if (text === undefined) {
    return 'a token';
  }
  return text.length > 80 ? `'${text.slice(0, 77)}…' (${text.length} characters)` : `'${text}'`;
}
