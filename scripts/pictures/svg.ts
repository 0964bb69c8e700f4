import { Lane, LANES, Step } from './steps';

const WIDTH = 900;
const TOP = 64;
const ROW = 26;
const FIRST_LANE = 225;
const BETWEEN_LANES = 195;

// Colours of its own, also for the background: readable on pages of any colour.
const STYLE = `
  .paper { fill: #ffffff; stroke: #d0d7de }
  text { font: 12px -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
  .head { font-weight: 600; font-size: 13px }
  .time { fill: #59636e; font-size: 11px }
  .lane { stroke: #8c959f; stroke-dasharray: 2 4 }
  .arrow { stroke: #0550ae; fill: none }
  .tip { fill: #0550ae; stroke: none }
  .box { fill: #ddf4ff; stroke: #0550ae }
  .bad.arrow { stroke: #b3261e } .bad.tip { fill: #b3261e } .bad.box { fill: #ffebe9; stroke: #b3261e }
  .back { fill: #ffffff }
  .more { fill: #59636e; font-style: italic }
  @media (prefers-color-scheme: dark) {
    .paper, .back { fill: #0d1117 } .paper { stroke: #3d444d }
    text { fill: #f0f6fc } .time, .more { fill: #9198a1 }
    .lane { stroke: #656c76 }
    .arrow { stroke: #79c0ff } .tip { fill: #79c0ff } .box { fill: #0c2d6b; stroke: #79c0ff }
    .bad.arrow { stroke: #ff938a } .bad.tip { fill: #ff938a } .bad.box { fill: #5d1511; stroke: #ff938a }
  }
`;

/** A picture of a history: who tells whom what, time downwards. */
export function sequencePicture(title: string, steps: readonly Step[]): string {
  const height = TOP + steps.length * ROW + 24;
  const lanes = LANES.map((lane) => `<line class="lane" x1="${x(lane)}" y1="52" x2="${x(lane)}" y2="${height - 12}"/>
<text class="head" x="${x(lane)}" y="42" text-anchor="middle">${lane}</text>`);
  const rows = steps.map((step, i) => `${timeLabel(steps, i)}${row(step, TOP + i * ROW + ROW / 2)}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title)}">
<style>${STYLE}</style>
<rect class="paper" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="6"/>
<text class="head" x="14" y="20">${escaped(title)}</text>
${lanes.join('\n')}
${rows.join('\n')}
</svg>
`;
}

function row(step: Step, y: number): string {
  switch (step.kind) {
    case 'arrow': return arrow(step, y);
    case 'note': return note(step, y);
    case 'more': return label(step.text, (x(step.from) + x(step.to)) / 2, y + 4, 'more');
  }
}

function arrow({ from, to, text, bad }: Extract<Step, { kind: 'arrow' }>, y: number): string {
  const [begin, end] = [x(from), x(to)];
  const towards = end > begin ? 1 : -1;
  const look = bad ? 'bad ' : '';
  return `<path class="${look}arrow" d="M${begin} ${y + 6}H${end - 7 * towards}"/><path class="${look}tip" d="M${end} ${y + 6}l${-8 * towards} -4v8z"/>${
    label(text, middle(begin, end, text), y)}`;
}

/** Between the lanes, and within the picture where the text is longer than the arrow. */
function middle(begin: number, end: number, text: string): number {
  const half = widthOf(text) / 2;
  return Math.min(Math.max((begin + end) / 2, 70 + half), WIDTH - 12 - half);
}

function note({ lane, text, bad }: Extract<Step, { kind: 'note' }>, y: number): string {
  const width = widthOf(text) + 14;
  const center = Math.min(Math.max(x(lane), 66 + width / 2), WIDTH - 8 - width / 2);
  return `<rect class="${bad ? 'bad ' : ''}box" x="${round(center - width / 2)}" y="${y - 10}" width="${round(width)}" height="20" rx="4"/>`
    + `<text x="${round(center)}" y="${y + 4}" text-anchor="middle">${escaped(text)}</text>`;
}

/** On the colour of the paper, so that no lane runs through the letters. */
function label(text: string, center: number, y: number, look = ''): string {
  const width = widthOf(text) + 4;
  return `<rect class="back" x="${round(center - width / 2)}" y="${y - 11}" width="${round(width)}" height="13"/>`
    + `<text${look ? ` class="${look}"` : ''} x="${round(center)}" y="${y}" text-anchor="middle">${escaped(text)}</text>`;
}

/** Only where a second has passed. */
function timeLabel(steps: readonly Step[], i: number): string {
  const time = clock(steps[i].time);
  return i > 0 && time === clock(steps[i - 1].time) ? '' : `<text class="time" x="56" y="${TOP + i * ROW + ROW / 2 + 4}" text-anchor="end">${time}</text>`;
}

function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${hours}:${two(Math.floor(seconds / 60) % 60)}` : Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}

/** About as wide as the widest of the fonts. */
function widthOf(text: string): number {
  return [...text].reduce((width, letter) => width + (/[A-Z_]/.test(letter) ? 8.3 : /[ijlt.,: ]/.test(letter) ? 4.2 : 7), 0);
}

function x(lane: Lane): number {
  return FIRST_LANE + LANES.indexOf(lane) * BETWEEN_LANES;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
