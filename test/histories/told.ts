import { describeHappening, Recorded } from '../simulator';
import type { Told } from './story';

const RESOURCES = /Custom::|CloudFormation::Stack|DynamoDB::Table/;

/** What a person wants to see of a history. */
export function told({ aws }: Told): string {
  const start = aws.recorder.all()[0]?.time ?? 0;
  const isTold = (entry: Recorded): boolean => {
    switch (entry.kind) {
      case 'stack': return RESOURCES.test(entry.type);
      case 'call': return entry.service !== 'states' || entry.outcome !== 'success';
      case 'invocation': return entry.outcome !== undefined && entry.outcome !== 'success';
      case 'log': return /"(trouble|nothing|no backup|job found|job started|job stopped|retry)/.test(entry.line);
      default: return true;
    }
  };
  const lines = aws.recorder.all().filter(isTold).map((entry) => `${elapsed(entry.time - start)}  ${describeHappening(entry).slice(0, 300)}`);
  return shortened(lines).join('\n');
}

/** Looks that see nothing new are counted, not listed. */
function shortened(lines: readonly string[]): string[] {
  const result: string[] = [];
  let last = '';
  let skipped = 0;
  for (const line of lines) {
    const what = line.slice(14);
    if (/calls (backup:DescribeBackupJob|cloudformation:DescribeStacks) ⇒ success/.test(what) && what === last) {
      skipped += 1;
      continue;
    }
    if (skipped > 0) result.push(`              (${skipped} times more)`);
    skipped = 0;
    last = what;
    result.push(line);
  }
  return result;
}

function elapsed(milliseconds: number): string {
  const date = new Date(milliseconds).toISOString();
  const hours = Math.floor(milliseconds / 3_600_000);
  return `${String(hours).padStart(3, '0')}${date.slice(13, 23)}`;
}
