/** A line or its points in a plot. */
export interface Series {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** A limit rather than a measurement. */
  readonly dashed?: boolean;
}

export interface Plot {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly Series[];
}

const [WIDTH, HEIGHT] = [740, 400];
const MARGIN = { left: 78, right: 225, top: 40, bottom: 48 };
/** Told apart by people who see colours differently, too (Okabe and Ito). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000', '#999933'];

/** A plot with logarithmic axes: a straight line is a power of the number, and its slope the exponent. */
export function plotOf({ title, x, y, series }: Plot): string {
  const points = series.flatMap((each) => each.points);
  const across = scale(points.map((point) => point.x), MARGIN.left, WIDTH - MARGIN.right);
  const up = scale(points.map((point) => point.y), HEIGHT - MARGIN.bottom, MARGIN.top);
  const bottom = HEIGHT - MARGIN.bottom;
  const right = WIDTH - MARGIN.right;
  const parts = [
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    text(MARGIN.left, 22, title, 'font-weight="bold"'),
    ...across.ticks.flatMap((tick) => [
      line(across.at(tick), MARGIN.top, across.at(tick), bottom, 'stroke="#e5e5e5"'),
      text(across.at(tick), bottom + 18, label(tick), 'text-anchor="middle"'),
    ]),
    ...up.ticks.flatMap((tick) => [
      line(MARGIN.left, up.at(tick), right, up.at(tick), 'stroke="#e5e5e5"'),
      text(MARGIN.left - 8, up.at(tick) + 4, label(tick), 'text-anchor="end"'),
    ]),
    text((MARGIN.left + right) / 2, HEIGHT - 10, x, 'text-anchor="middle"'),
    `<g transform="translate(16 ${(MARGIN.top + bottom) / 2}) rotate(-90)">${text(0, 0, y, 'text-anchor="middle"')}</g>`,
    ...series.flatMap((each, i) => {
      const colour = each.dashed ? '#888888' : COLOURS[i % COLOURS.length];
      const path = each.points.map((point) => `${across.at(point.x)},${up.at(point.y)}`).join(' ');
      const legend = MARGIN.top + 12 + i * 20;
      return [
        `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"${each.dashed ? ' stroke-dasharray="6 4"' : ''}/>`,
        ...each.dashed ? [] : each.points.map((point) => `<circle cx="${across.at(point.x)}" cy="${up.at(point.y)}" r="3.5" fill="${colour}"/>`),
        line(right + 14, legend - 4, right + 34, legend - 4, `stroke="${colour}" stroke-width="2"${each.dashed ? ' stroke-dasharray="6 4"' : ''}`),
        text(right + 40, legend, each.name),
      ];
    }),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" role="img">\n`
    + `<title>${escaped(title)}</title>\n${parts.join('\n')}\n</svg>\n`;
}

interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

function scale(values: readonly number[], from: number, to: number): Scale {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const ticks = [...decades(low, high)];
  const [first, last] = [Math.min(low, ticks[0]), Math.max(high, ticks.at(-1)!)];
  const span = Math.log(last / first) || 1;
  return { at: (value) => Math.round((from + (to - from) * Math.log(value / first) / span) * 10) / 10, ticks };
}

/** 1, 2 and 5 of each power of ten between the values, or the powers alone where those would be many. */
function decades(low: number, high: number): number[] {
  const all = Array.from({ length: 24 }, (_, i) => i - 8).flatMap((power) => [1, 2, 5].map((digit) => ({ digit, value: digit * 10 ** power })));
  const within = all.filter(({ value }) => value >= low * 0.7 && value <= high * 1.4);
  const chosen = within.length > 9 ? within.filter(({ digit }) => digit === 1) : within;
  return chosen.map(({ value }) => Number(value.toPrecision(3)));
}

function label(value: number): string {
  return value >= 1_000_000 ? `${value / 1_000_000} M` : value >= 1000 ? `${value / 1000} k` : String(value);
}

function line(x1: number, y1: number, x2: number, y2: number, style: string): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" ${style}/>`;
}

function text(x: number, y: number, content: string, style = ''): string {
  return `<text x="${x}" y="${y}" fill="#222222"${style ? ` ${style}` : ''}>${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
