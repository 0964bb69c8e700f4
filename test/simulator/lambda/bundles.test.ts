import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Harness } from '../fixtures/harness';
import { LocalAwsOptions } from '../index';

const harness = new Harness();

describe('a bundle of any kind', () => {
  const own = async (code: string, options: LocalAwsOptions = {}): Promise<{ outcome: string; lines: string[] }> => {
    writeFileSync(join(harness.assembly.directory, 'index.js'), code);
    const aws = await harness.start(options);
    const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:own';
    aws.world.lambda.put({
      arn,
      name: 'own',
      roleArn: 'arn:aws:iam::111122223333:role/own',
      directory: harness.assembly.directory,
      handler: 'index.handler',
      timeoutSeconds: 60,
      memory: 128,
      environment: { VARIABLE: code },
    });
    const result = await aws.clock.drive(aws.world.lambda.invoke(arn, JSON.stringify({ port: Number(new URL(aws.endpoint).port) })));
    // Whatever it has set off arrives.
    await aws.clock.advance(1000);
    const outcome = result.error ? `${result.error.errorType}: ${result.error.errorMessage}` : result.payload;
    return { outcome, lines: aws.logs().flatMap(({ lines }) => lines.map(({ line }) => line)) };
  };

  test.each([
    ['exit', 'exports.handler = async () => process.exit(3);', /Runtime.ExitError: Runtime exited with exit status 3/],
    ['a rejection that nobody catches', 'exports.handler = async () => { Promise.reject(new Error("lost")); await new Promise(() => {}); };', /Runtime.UnhandledPromiseRejection: lost/],
    ['a handler that does not exist', 'exports.other = 1;', /Runtime.HandlerNotFound/],
    ['a module that cannot be loaded', 'throw new Error("no start");', /Error: no start/],
    ['nothing to wait for', 'exports.handler = async () => { await new Promise(() => {}); };', /Task timed out after 60.00 seconds/],
  ])('%s ends the invocation', async (_, code, outcome) => {
    expect((await own(code)).outcome).toMatch(outcome);
  });

  test('what runs on after an exit reaches nobody', async () => {
    const calls: string[] = [];
    const { outcome, lines } = await own(`
      exports.handler = async ({ port }) => {
        try { process.exit(1); } catch { console.log('still here'); }
        setTimeout(() => console.log('later'), 10);
        require('http').get({ hostname: '127.0.0.1', port, path: '/after' });
        return 'done';
      };`, { networkFaults: ({ request }) => void calls.push(request.path) });
    expect(outcome).toMatch(/Runtime.ExitError/);
    expect(lines).toEqual(['ERROR Runtime.ExitError: Runtime exited with exit status 1']);
    expect(calls).toEqual([]);
  });

  test('every way to tell the time tells simulated time', async () => {
    const { outcome } = await own(`
      const timers = require('node:timers'); const promises = require('node:timers/promises'); const { promisify } = require('node:util');
      const readings = () => [Date.now(), new Date().getTime(), performance.now(), Number(process.hrtime.bigint() / 1000000n), Date.parse(new Date().toISOString())];
      exports.handler = async () => {
        const before = readings();
        await new Promise((resolve) => setTimeout(resolve, 1000));
        await promises.setTimeout(1000);
        await promisify(setTimeout)(1000);
        await new Promise((resolve) => timers.setTimeout(resolve, 1000));
        let ticks = 0;
        await new Promise((resolve) => { const timer = setInterval(() => { if (++ticks === 5) { clearInterval(timer); resolve(); } }, 200); });
        const cancelled = setTimeout(() => { throw new Error('cancelled'); }, 10); clearTimeout(cancelled);
        const signal = AbortSignal.timeout(1000);
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        return readings().map((value, index) => value - before[index]);
      };`);
    expect(JSON.parse(outcome)).toEqual([6000, 6000, 6000, 6000, 6000]);
  });

  test('plain https requests, files and callbacks work', async () => {
    const { outcome, lines } = await own(`
      const fs = require('node:fs'); const https = require('https');
      exports.handler = (event, context, callback) => fs.readFile(__filename, 'utf8', (error, text) => {
        console.error(text.length > 10, new Date() instanceof Date);
        const request = https.request({ hostname: '127.0.0.1', port: event.port, path: '/nowhere', method: 'PUT' }, (response) => callback(null, response.statusCode));
        request.end('x');
      });`);
    expect([outcome, lines]).toEqual(['403', ['true true']]);
  });

  test('code that knows no port but that of https reaches the endpoint', async () => {
    const { outcome } = await own(`
      exports.handler = (event, context, callback) => require('https').request({ hostname: '127.0.0.1', path: '/nowhere', method: 'PUT' }, (response) => {
        callback(null, response.statusCode);
      }).end('x');`);
    expect(outcome).toBe('403');
  });

  test('a socket time-out runs on simulated time', async () => {
    const { outcome } = await own(`
      const http = require('http');
      exports.handler = async ({ port }) => new Promise((resolve) => {
        const began = Date.now();
        const request = http.request({ hostname: '127.0.0.1', port, path: '/' });
        request.setTimeout(5000, () => request.destroy(new Error('too slow')));
        request.on('error', (error) => resolve([error.message, Date.now() - began]));
        request.end();
      });`, { networkFaults: () => ({ kind: 'hang' }) });
    expect(JSON.parse(outcome)).toEqual(['too slow', 5000]);
  });
});

describe('a function that calls a function', () => {
  const caller = (permissions: string[]) => `
    const http = require('http');
    exports.handler = async ({ called, port }) => new Promise((resolve) => {
      const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20260101/eu-west-1/lambda/aws4_request' };
      const path = '/2015-03-31/functions/' + encodeURIComponent(called) + '/invocations';
      http.request({ hostname: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
        let text = '';
        response.on('data', (chunk) => text += chunk);
        response.on('end', () => resolve([response.statusCode, response.headers['x-amz-function-error'], text]));
      }).end('{"asked":1}');
    }); // ${permissions.join()}`;

  const call = async (called: string, permissions: string[]): Promise<unknown> => {
    writeFileSync(join(harness.assembly.directory, 'index.js'), caller(permissions));
    const other = 'exports.echo = async (event) => ({ event }); exports.broken = async () => { throw new Error("broken"); };';
    writeFileSync(join(harness.assembly.directory, 'other.js'), other);
    const aws = await harness.start();
    const arn = (name: string) => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;
    const roleArn = 'arn:aws:iam::111122223333:role/caller';
    aws.world.iam.putRole(roleArn, 'caller', { Own: { Statement: permissions.map((Action) => ({ Effect: 'Allow' as const, Action, Resource: '*' })) } }, []);
    for (const [name, handler] of [['caller', 'index.handler'], ['echo', 'other.echo'], ['broken', 'other.broken']]) {
      aws.world.lambda.put({
        arn: arn(name),
        name,
        roleArn,
        directory: harness.assembly.directory,
        handler,
        timeoutSeconds: 60,
        memory: 128,
        environment: { NAME: name, PERMISSIONS: permissions.join() },
      });
    }
    const payload = JSON.stringify({ called: arn(called), port: Number(new URL(aws.endpoint).port) });
    const result = await aws.clock.drive(aws.world.lambda.invoke(arn('caller'), payload));
    return JSON.parse(result.payload ?? 'null');
  };

  test.each([
    ['gets its answer', 'echo', ['lambda:InvokeFunction'], [200, null, '{"event":{"asked":1}}']],
    ['hears that it failed', 'broken', ['lambda:InvokeFunction'], [200, 'Unhandled', expect.stringContaining('"errorMessage":"broken"')]],
    ['hears that there is none', 'absent', ['lambda:InvokeFunction'], [404, null, expect.stringContaining('Function not found')]],
    ['needs the permission', 'echo', [], [403, null, expect.stringContaining('is not authorized to perform: lambda:InvokeFunction')]],
  ])('%s', async (_, called, permissions, expected) => {
    expect(await call(called, permissions)).toEqual(expected);
  });
});
