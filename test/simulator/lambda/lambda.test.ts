import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { custom, functionResources } from '../fixtures/assembly';
import { Harness } from '../fixtures/harness';
import { LocalAws, LocalAwsOptions } from '../index';

const harness = new Harness();
const MINUTE = 60_000;

/** A stack with the function alone, and a way to call it. */
async function ready(options: LocalAwsOptions = {}, timeout = 60): Promise<{ aws: LocalAws; call: (properties?: object) => Promise<string> }> {
  const aws = await harness.start(options);
  await aws.deploy('Shop', { template: { Resources: functionResources(timeout) }, assembly: harness.assembly.directory });
  const arn = String(aws.resources('Shop').Function.attributes.Arn);
  return {
    aws,
    call: async (properties = {}) => {
      const event = { RequestType: 'Create', ResponseURL: `${aws.endpoint}/nowhere`, LogicalResourceId: 'X', RequestId: 'r', ResourceProperties: properties };
      const { payload, error } = await aws.clock.drive(aws.world.lambda.invoke(arn, JSON.stringify(event)));
      return error ? `${error.errorType}: ${error.errorMessage}` : payload;
    },
  };
}

const ends = (aws: LocalAws) => aws.recorder.of('invocation').filter(({ phase }) => phase === 'end').map(({ attempt, outcome, time }) => ({ attempt, outcome, time }));
const crashOnce = (crash: NonNullable<LocalAwsOptions['lambdaFaults']>['crash']): LocalAwsOptions => ({ lambdaFaults: { crash } });

test('what a function throws is its answer', async () => {
  const { call } = await ready();
  expect(await call({ Throw: 'broken' })).toBe('Error: broken');
});

test('twelve hours in timers take no real time, and the function sees them pass', async () => {
  const { aws, call } = await ready({}, 13 * 3600);
  const [before, began] = [aws.clock.now(), Date.now()];
  await call({ Sleep: 12 * 60 * MINUTE });
  expect(aws.clock.now() - before).toBeGreaterThan(12 * 60 * MINUTE);
  expect(Date.now() - began).toBeLessThan(5000);
  const [line] = aws.logs()[0].lines;
  expect(line.line).toBe(`Create X at ${new Date(line.time).toISOString()} with ${13 * 60 * MINUTE} ms left`);
});

test('at its time limit a function is gone', async () => {
  const { aws, call } = await ready({}, 30);
  const before = aws.clock.now();
  expect(await call({ Sleep: 10 * MINUTE })).toMatch(/^Sandbox.Timedout: .*Task timed out after 30.00 seconds/);
  expect(aws.clock.now() - before).toBeLessThan(31_000);
  await aws.clock.advance(20 * MINUTE);
  expect(aws.recorder.of('call').filter(({ service }) => service === 'answer')).toEqual([]);
});

test('an asynchronous event is tried again after one and two minutes, in a sandbox without memories', async () => {
  const aws = await harness.start(crashOnce(({ attempt }) => attempt < 3 ? { call: 0, when: 'before' } : undefined));
  const result = await harness.deploy(aws, { A: custom() }, { Outputs: { Invocations: { Value: { 'Fn::GetAtt': ['A', 'Invocations'] } } } });
  expect(result.status).toBe('CREATE_COMPLETE');
  const [first, second, third] = ends(aws);
  expect([first, second, third].map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  expect(first.outcome).toMatch(/signal: killed/);
  expect(Math.round((second.time - first.time) / MINUTE)).toBe(1);
  expect(Math.round((third.time - second.time) / MINUTE)).toBe(2);
  expect(result.outputs.Invocations).toBe('1');
});

test('after the third failure nothing more comes', async () => {
  const aws = await harness.start();
  await harness.deploy(aws, { A: custom({ Throw: 'always', ServiceTimeout: 900 }) }, {}, { rollback: false });
  expect(ends(aws)).toHaveLength(3);
});

test.each(['before', 'after'] as const)('a crash %s a call happens exactly there', async (when) => {
  const aws = await harness.start(crashOnce(({ attempt }) => attempt === 1 ? { call: 0, when } : undefined));
  await harness.deploy(aws, { A: custom({ Status: 1 }) });
  const described = aws.recorder.of('call').filter(({ operation }) => operation === 'DescribeStacks');
  expect(described).toHaveLength(when === 'before' ? 1 : 2);
});

test('a crash after the answer: the event comes again, its answer is not taken', async () => {
  const aws = await harness.start(crashOnce(({ attempt }) => attempt === 1 ? { call: 0, when: 'after' } : undefined));
  await harness.deploy(aws, { A: custom() });
  await aws.clock.advance(2 * MINUTE);
  expect(aws.recorder.of('answer').map(({ accepted }) => accepted)).toEqual([true, false]);
});

test('a crash at a moment', async () => {
  const { call } = await ready(crashOnce(() => ({ afterMilliseconds: 5000 })));
  expect(await call({ Sleep: 10_000 })).toMatch(/signal: killed/);
});

test('events may come late and in another order', async () => {
  const aws = await harness.start({ lambdaFaults: { deliver: ({ payload }) => payload.includes('"Update"') ? { delay: 30 * MINUTE } : undefined } });
  await harness.deploy(aws, { A: custom({ Value: 1 }) });
  const update = await harness.deploy(aws, { A: custom({ Value: 2 }) });
  expect(update.duration).toBeGreaterThan(30 * MINUTE);
});

test('asynchronous events queue when the account is busy, synchronous ones are refused', async () => {
  const aws = await harness.start({ concurrency: 1 });
  const many = Object.fromEntries(Array.from({ length: 4 }, (_, index) => [`R${index}`, custom({ Sleep: MINUTE, ServiceTimeout: 3600 })]));
  const refused: (string | undefined)[] = [];
  aws.when(({ kind }) => kind === 'log', () => void aws.world.lambda.invoke(String(aws.resources('Shop').Function.attributes.Arn), '{}')
    .then(({ error }) => refused.push(error?.errorType)));
  const result = await harness.deploy(aws, many);
  expect(result.status).toBe('CREATE_COMPLETE');
  expect(result.duration).toBeGreaterThan(4 * MINUTE);
  expect(refused).toEqual(['Lambda.TooManyRequestsException']);
  const running = aws.recorder.of('invocation').reduce<number[]>((list, { phase }) => [...list, (list.at(-1) ?? 0) + (phase === 'start' ? 1 : -1)], []);
  expect(Math.max(...running)).toBe(1);
});

test('several executions at once have sandboxes of their own', async () => {
  const aws = await harness.start();
  const outputs = { A: { Value: { 'Fn::GetAtt': ['A', 'Invocations'] } }, B: { Value: { 'Fn::GetAtt': ['B', 'Invocations'] } } };
  const result = await harness.deploy(aws, { A: custom({ Sleep: MINUTE }), B: custom({ Sleep: MINUTE }) }, { Outputs: outputs });
  const lines = aws.logs().map(({ lines: [{ line }] }) => line.slice(0, 8));
  expect(lines.sort()).toEqual(['Create A', 'Create B']);
  expect(result.duration).toBeLessThan(2 * MINUTE);
});

test('credentials name the role of the function', async () => {
  const aws = await harness.start();
  const { Policy, ...rest } = functionResources();
  const without = { ...rest, Function: { ...rest.Function, DependsOn: ['Role'] } };
  const result = await aws.deploy('Shop', { template: { Resources: { ...without, A: custom({ Status: 1, ServiceTimeout: 600 }) } }, assembly: harness.assembly.directory });
  expect(Policy).toBeDefined();
  expect(result.ok).toBe(false);
  expect(ends(aws)[0].outcome).toMatch(
    /AccessDenied: User: arn:aws:sts::111122223333:assumed-role\/Shop-Role-\w+\/Shop-Function-\w+ is not authorized to perform: cloudformation:DescribeStacks on resource: arn:aws:cloudformation:eu-west-1:111122223333:stack\/Shop\//,
  );
});

test('a service that never answers costs simulated time only', async () => {
  const aws = await harness.start({ networkFaults: ({ service }) => service === 'cloudformation' ? { kind: 'hang' } : undefined });
  await aws.deploy('Shop', { template: { Resources: { ...functionResources(120), A: custom({ Status: 1, ServiceTimeout: 900 }) } }, assembly: harness.assembly.directory }, { rollback: false });
  expect(ends(aws).map(({ outcome }) => outcome?.includes('timed out'))).toEqual([true, true, true]);
});

test('throttling and lost connections are retried by the SDK in simulated time', async () => {
  const aws = await harness.start({
    networkFaults: ({ operation, index }) => operation !== 'DescribeStacks' || index > 1 ? undefined
      : index === 0 ? { kind: 'reset' } : { kind: 'error', type: 'Throttling', message: 'Rate exceeded', status: 400 },
  });
  const result = await harness.deploy(aws, { A: custom({ Status: 1 }) });
  expect(result.status).toBe('CREATE_COMPLETE');
  expect(ends(aws)).toHaveLength(1);
});

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
