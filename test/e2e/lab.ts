import * as assert from 'assert';
import * as fs from 'fs';
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Account, ACCOUNT, REGION } from './account';
import { Cli } from './cli';
import { LocalBackup } from './local-backup';
import { temporaryFolder } from './places';
import { Finished } from './processes';
import { Project } from './project';
import { Job, JobPlan, RecoveryPoint, ScriptOptions } from '../simulator/backup';

export const ENV = { account: ACCOUNT, region: REGION };

/** What the CLI said, and how it ended. */
export class Outcome {
  constructor(private readonly finished: Finished, public readonly outputs: Readonly<Record<string, string>>) {}

  public get text(): string {
    return this.finished.output;
  }

  public get ok(): boolean {
    return this.finished.code === 0;
  }

  /** The CLI printed this. */
  public says(pattern: RegExp): this {
    assert.match(this.text, pattern);
    return this;
  }
}

export interface RunOptions {
  readonly context?: Readonly<Record<string, string>>;
  /** Which stacks; the scenario's own unless said. */
  readonly select?: readonly string[];
  readonly args?: readonly string[];
  /** Passed to `cdk deploy` as parameters of the scenario's stack. */
  readonly parameters?: Readonly<Record<string, string>>;
}

const DEPLOY = ['deploy', '--require-approval', 'never', '--progress', 'events'];

type Build = (stack: Stack, app: App) => void;

/** A scenario's hands and eyes: one stack name, the CLI, and what the services saw of that stack. */
export class Lab {
  private readonly folder = temporaryFolder('e2e');
  private readonly said: string[] = [];
  private syntheses = 0;
  private stackId?: string;
  private eventsBefore = 0;

  constructor(
    public readonly stack: string,
    private readonly project: Project,
    private readonly cli: Cli,
    public readonly account: Account,
    private readonly backup?: LocalBackup,
  ) {}

  /** `cdk deploy` of the scenario's stack, which has to succeed. */
  public async deploy(build: Build, options: RunOptions = {}): Promise<Outcome> {
    return succeeded(await this.tryDeploy(build, options));
  }

  /** `cdk deploy`, which has to fail. */
  public async deployFails(build: Build, options: RunOptions = {}): Promise<Outcome> {
    return failed(await this.tryDeploy(build, options));
  }

  /** The CLI in the folder of an example, which has to succeed. */
  public async deployExample(folder: string, args: readonly string[] = []): Promise<Outcome> {
    return succeeded(await this.cdk([...DEPLOY, ...args], folder));
  }

  public async deployExampleFails(folder: string, args: readonly string[] = []): Promise<Outcome> {
    return failed(await this.cdk([...DEPLOY, ...args], folder));
  }

  public async destroyExample(folder: string, args: readonly string[] = []): Promise<Outcome> {
    return succeeded(await this.cdk(['destroy', '--force', ...args], folder));
  }

  public async destroy(build: Build, options: RunOptions = {}): Promise<Outcome> {
    return succeeded(await this.tryDestroy(build, options));
  }

  public async destroyFails(build: Build, options: RunOptions = {}): Promise<Outcome> {
    return failed(await this.tryDestroy(build, options));
  }

  /** A copy of an example, for `cdk` to run in. */
  public example(name: string): string {
    return this.project.copyExample(name);
  }

  /**
   * These came about in this order, in what the CLI did last. Told by CloudFormation: of what falls into one second,
   * the CLI prints the end before the beginning.
   */
  public async happened(...patterns: readonly RegExp[]): Promise<void> {
    const events = (await this.account.stackEvents(this.stackId!)).slice(this.eventsBefore).map(({ status, type, logicalId }) => `${status} ${type} ${logicalId}`);
    let from = 0;
    for (const pattern of patterns) {
      const found = events.slice(from).findIndex((event) => pattern.test(event));
      assert.notStrictEqual(found, -1, `there was no ${pattern} after what has to come before it:\n${events.join('\n')}`);
      from += found + 1;
    }
  }

  /** Any command of the CLI, in any folder. */
  public async cdk(args: readonly string[], cwd?: string): Promise<Outcome> {
    await this.remember();
    this.eventsBefore = this.stackId === undefined ? 0 : (await this.account.stackEvents(this.stackId)).length;
    const outputsFile = path.join(this.folder, `outputs-${this.said.length}.json`);
    const finished = await this.cli.run([...args, ...args[0] === 'deploy' ? ['--outputs-file', outputsFile] : []], cwd);
    this.said.push(`$ cdk ${args.join(' ')}\n${finished.output}`);
    await this.remember();
    const byStack = fs.existsSync(outputsFile) ? JSON.parse(fs.readFileSync(outputsFile, 'utf8')) as Record<string, Record<string, string>> : {};
    return new Outcome(finished, Object.assign({}, ...Object.values(byStack)));
  }

  /** What happens to the jobs of this scenario. */
  public script(plan: Partial<JobPlan>, { times }: Pick<ScriptOptions, 'times'> = {}): void {
    this.backup!.service.plans.script(plan, { times, resource: (arn) => this.isOwn(arn) });
  }

  public jobs(): readonly Job[] {
    return this.backup!.service.jobs().filter(({ request }) => this.isOwn(request.ResourceArn));
  }

  public states(): string[] {
    return this.jobs().map(({ state }) => state);
  }

  public recoveryPoints(): readonly RecoveryPoint[] {
    return this.backup!.service.recoveryPoints().filter(({ resourceArn }) => this.isOwn(resourceArn));
  }

  /** Physical id of the stack's only resource of a type. */
  public async physicalId(type: string): Promise<string> {
    const found = (await this.account.resources(this.stack)).filter((resource) => resource.type === type);
    assert.strictEqual(found.length, 1, `${this.stack} has ${found.length} resources of type ${type}`);
    return found[0].id;
  }

  /** Everything that tells why the scenario failed. */
  public async report(): Promise<string> {
    const events = await this.account.stackEvents(this.stackId ?? this.stack);
    const logs = await this.account.functionLogs(this.stack);
    const calls = this.backup?.service.calls().filter(({ input, outcome }) => this.isOwn(JSON.stringify([input, outcome]))) ?? [];
    return [
      'What the CLI said:', ...this.said,
      'Stack events:', ...events.map(({ logicalId, status, reason }) => `${status} ${logicalId} ${reason}`),
      'Log of the function:', ...logs,
      'Calls of AWS Backup:', ...calls.map(({ time, operation, input, outcome }) => `${new Date(time).toISOString()} ${operation} ${JSON.stringify(input)} ${JSON.stringify(outcome)}`),
    ].join('\n');
  }

  /** A stack that has been deleted is known by its id only. */
  private async remember(): Promise<void> {
    const id = await this.account.stackId(this.stack);
    if (id !== undefined && id !== this.stackId) this.eventsBefore = 0;
    this.stackId = id ?? this.stackId;
  }

  private isOwn(text: string): boolean {
    // Names that ministack's CloudFormation makes begin with the stack's.
    return new RegExp(`\\b${this.stack}-`).test(text);
  }

  private async tryDeploy(build: Build, { select = [this.stack], args = [], parameters = {}, context }: RunOptions): Promise<Outcome> {
    return this.cdk([
      ...DEPLOY, ...select, '--app', this.synthesize(build, context),
      ...Object.entries(parameters).flatMap(([name, value]) => ['--parameters', `${this.stack}:${name}=${value}`]), ...args,
    ]);
  }

  private async tryDestroy(build: Build, { select = [this.stack], args = [], context }: RunOptions): Promise<Outcome> {
    return this.cdk(['destroy', ...select, '--app', this.synthesize(build, context), '--force', ...args]);
  }

  private synthesize(build: Build, context: Readonly<Record<string, string>> = {}): string {
    const outdir = path.join(this.folder, `cdk.out.${this.syntheses++}`);
    const app = new App({ outdir, context });
    build(new Stack(app, this.stack, { env: ENV }), app);
    app.synth();
    return outdir;
  }
}

function succeeded(outcome: Outcome): Outcome {
  assert.ok(outcome.ok, `the CLI failed:\n${outcome.text}`);
  return outcome;
}

function failed(outcome: Outcome): Outcome {
  assert.ok(!outcome.ok, `the CLI was to fail:\n${outcome.text}`);
  return outcome;
}
