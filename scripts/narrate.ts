import { LocalAws, Recorded } from '../test/simulator';

/** Prints what a person wants to see of a deployment, as it happens. */
export function narrate(aws: LocalAws): void {
  const start = aws.clock.now();
  aws.recorder.listen((entry) => {
    const line = lineFor(entry);
    if (line !== undefined) {
      console.log(`  ${clockTime(entry.time - start)}  ${line}`);
    }
  });
}

export function heading(text: string): void {
  console.log(`\n${text}`);
}

function lineFor(entry: Recorded): string | undefined {
  switch (entry.kind) {
    case 'stack':
      return `${entry.status.padEnd(36)}${entry.type.padEnd(40)}${entry.logicalId}${entry.reason ? `  ${entry.reason}` : ''}`;
    case 'backup':
      return entry.what.includes('job') ? `  AWS Backup: ${entry.what} ${entry.id} is ${entry.state}` : undefined;
    case 'violation':
      return `  NOT AS IT SHOULD BE: ${entry.what}`;
    default:
      return undefined;
  }
}

function clockTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(11, 19);
}
