/** A table in Markdown. */
export function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');
}

/** Text as code. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** A page by its last part, as a link. */
export function page(url: string | undefined): string {
  return url ? `[${url.split('/').pop()!.replace(/\.html.*$/, '')}](${url})` : '';
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
