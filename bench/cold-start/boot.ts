/**
 * The program of a cold process: what a runtime of Lambda does with a function, as far as it can be seen from inside.
 * Loads the handler, hands it one event, and tells what that took of this process.
 */
import * as http from 'http';
import { createRequire } from 'module';
import * as path from 'path';

const [directory, handler, port] = process.argv.slice(2);

/** Answers go to AWS by https without a port in everybody's code; here they go to the local server by http. */
// The module itself: what is put into it is what everybody else finds there.
const https = createRequire(__filename)('https') as { request: unknown };
https.request = (...args: unknown[]) => {
  const [first, second] = args;
  const options = typeof first === 'string' ? { ...second as http.RequestOptions, path: new URL(first).pathname } : first as http.RequestOptions;
  const { method, headers, path: answerPath } = options;
  const listener = args.at(-1);
  return http.request({ method, headers, path: answerPath, hostname: '127.0.0.1', port: Number(port) }, typeof listener === 'function' ? listener as () => void : undefined);
};
console.log = () => undefined;

process.once('message', (event) => {
  const [file, name] = handler.split('.');
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { [name]: handle } = require(path.join(directory, file)) as Record<string, (event: unknown, context: unknown) => Promise<unknown>>;
  const context = { awsRequestId: 'r', logStreamName: 'log', getRemainingTimeInMillis: () => 60_000 };
  void handle(event, context).then((result) => {
    const { user, system } = process.cpuUsage();
    const report = { result: result ?? null, cpu: (user + system) / 1000, memory: process.resourceUsage().maxRSS / 1024 };
    process.send!(report, () => process.exit());
  });
});
process.send!('ready');
