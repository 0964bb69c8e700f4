import { fork } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { lambdaNode } from './lambda-node';
import { AnsweringServer } from './server';
import { ColdStart, FunctionResult } from '../results';
import { ratio, spread } from '../statistics';
import { ROOT, Workshop } from '../workshop';

/** A function as it lies in Lambda: a folder and the name of its handler. */
interface Code {
  readonly directory: string;
  readonly handler: string;
  readonly environment?: Readonly<Record<string, string>>;
}

interface Measured {
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
}

const STACK_ID = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/Shop/d6f1b1a2-0000-4000-8000-000000000000';
const BACKUP = {
  BackupVaultName: 'shop', IamRoleArn: 'arn:aws:iam::111122223333:role/backup', ResourceArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
};
const CALL = JSON.stringify({
  service: 'Backup', action: 'startBackupJob', parameters: { ...BACKUP, Lifecycle: { DeleteAfterDays: 35 } }, physicalResourceId: { responsePath: 'BackupJobId' },
});

const PROPERTIES: Readonly<Record<string, object>> = {
  'library': { ...BACKUP, Lifecycle: { DeleteAfterDays: '35' }, OnDemandBackup: { Version: '1', Trigger: 'ONCE', Completion: 'FIRE_AND_FORGET' } },
  'plain client, bundled': BACKUP,
  'AwsCustomResource': { Create: CALL, InstallLatestAwsSdk: 'false' },
  'Provider': { SourceArn: BACKUP.ResourceArn, VaultName: BACKUP.BackupVaultName, RoleArn: BACKUP.IamRoleArn },
};

/** From the start of a process to the answer that reaches CloudFormation: the job is started, nobody follows it. */
export async function measureFunction(workshop: Workshop, runs: number): Promise<FunctionResult> {
  const codes = codesOf(workshop);
  const server = await AnsweringServer.start();
  server.invoke = async (_, payload) => {
    const called = await run(workshop, server, { directory: path.join(__dirname, '..', 'peer-function'), handler: 'index.onEvent' }, payload);
    return called.result;
  };
  const measured: Record<string, Measured[]> = {};
  for (let i = -1; i < runs; i++) {
    for (const [name, code] of Object.entries(codes)) {
      const { wall, cpu, memory } = await toAnswer(workshop, server, code, PROPERTIES[name]);
      if (i >= 0) (measured[name] ??= []).push({ wall, cpu, memory });
    }
  }
  server.stop();
  const plain = measured['plain client, bundled'];
  return {
    starts: Object.entries(measured).map(([name, values]): ColdStart => ({
      name,
      wall: spread(values.map(({ wall }) => wall)),
      cpu: spread(values.map(({ cpu }) => cpu)),
      memory: spread(values.map(({ memory }) => memory)),
      wallOfPlain: ratio(values.map(({ wall }) => wall), plain.map(({ wall }) => wall)),
      wallOfAwsCustomResource: ratio(values.map(({ wall }) => wall), measured.AwsCustomResource.map(({ wall }) => wall)),
      cpuOfPlain: ratio(values.map(({ cpu }) => cpu), plain.map(({ cpu }) => cpu)),
      cpuOfAwsCustomResource: ratio(values.map(({ cpu }) => cpu), measured.AwsCustomResource.map(({ cpu }) => cpu)),
      bytes: bytesOf(codes[name].directory),
    })),
  };
}

function codesOf(workshop: Workshop): Readonly<Record<string, Code>> {
  return {
    'library': { directory: path.join(ROOT, 'assets', 'lambda', 'index'), handler: 'index.handler', environment: { STACK_ID } },
    'plain client, bundled': { directory: workshop.bundle(path.join(__dirname, 'plain.ts')), handler: 'plain.handler' },
    'AwsCustomResource': { directory: workshop.copyOfCdk('custom-resource-handlers/dist/custom-resources/aws-custom-resource-handler'), handler: 'index.handler' },
    'Provider': {
      directory: workshop.copyOfCdk('custom-resources/lib/provider-framework/runtime'),
      handler: 'framework.onEvent',
      environment: { USER_ON_EVENT_FUNCTION_ARN: 'arn:aws:lambda:eu-west-1:111122223333:function:peer' },
    },
  };
}

async function toAnswer(workshop: Workshop, server: AnsweringServer, code: Code, properties: object): Promise<Measured> {
  const answered = new Promise<number>((resolve, reject) => {
    server.onAnswer = (status, time) => status === 'SUCCESS' ? resolve(time) : reject(new Error(`${code.directory} answered ${status}`));
  });
  const event = {
    RequestType: 'Create',
    ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:own',
    ResponseURL: `https://cloudformation-custom-resource-response/answer?X-Amz-Date=${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}&X-Amz-Expires=7199`,
    StackId: STACK_ID,
    RequestId: 'd6f1b1a2-0000-4000-8000-000000000001',
    LogicalResourceId: 'Backup',
    ResourceType: 'Custom::OnDemandBackup',
    ResourceProperties: { ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:own', ...properties },
  };
  const { started, cpu, memory } = await run(workshop, server, code, event);
  return { wall: await answered - started, cpu, memory };
}

async function run(workshop: Workshop, server: AnsweringServer, { directory, handler, environment }: Code, event: unknown) {
  const endpoint = `http://127.0.0.1:${server.port}`;
  const started = performance.now();
  const child = fork(workshop.program('cold-start/boot'), [directory, handler, String(server.port)], {
    execPath: lambdaNode(),
    execArgv: [],
    env: {
      PATH: process.env.PATH,
      NODE_NO_WARNINGS: '1',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_SESSION_TOKEN: 'local',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
      ...Object.fromEntries(['BACKUP', 'CLOUDFORMATION', 'SFN', 'LAMBDA'].map((service) => [`AWS_ENDPOINT_URL_${service}`, endpoint])),
      ...environment,
    },
  });
  const report = await new Promise<{ result: unknown; cpu: number; memory: number }>((resolve, reject) => {
    child.on('message', (message) => message === 'ready' ? child.send(event as object) : resolve(message as { result: unknown; cpu: number; memory: number }));
    child.on('exit', (status) => reject(new Error(`${directory} ended with ${status} before it answered`)));
  });
  return { started, ...report };
}

function bytesOf(directory: string): number {
  return fs.readdirSync(directory).filter((file) => file.endsWith('.js')).reduce((total, file) => total + fs.statSync(path.join(directory, file)).size, 0);
}
