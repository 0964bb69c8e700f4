/** One line of JSON. Callers pass neither a ResponseURL, which is a credential, nor the values of tags. */
export function log(event: string, details: Readonly<Record<string, unknown>> = {}): void {
  console.log(JSON.stringify({ event, ...details }));
}
