import * as fs from 'fs';

/**
 * Writes the report beside the templates.
 *
 * CDK refuses a plugin that changes a file which was there before, and up to aws-cdk-lib 2.258 it always looks: then the
 * report of an earlier synthesis is replaced as soon as CDK has looked.
 */
export function writeReport(file: string, report: object): void {
  const text = `${JSON.stringify(report, undefined, 2)}\n`;
  if (!fs.existsSync(file)) {
    fs.writeFileSync(file, text);
  } else if (fs.readFileSync(file, 'utf8') !== text) {
    later(() => fs.writeFileSync(file, text));
  }
}

/** After the synthesis, and at the latest when the process ends. */
function later(action: () => void): void {
  let done = false;
  const once = () => {
    if (!done) {
      done = true;
      process.removeListener('exit', once);
      action();
    }
  };
  process.once('exit', once);
  setImmediate(once);
}
