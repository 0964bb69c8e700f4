import * as fs from 'fs';
import * as path from 'path';
import { REGION } from './account';
import { temporaryFolder } from './places';
import { Finished, finish } from './processes';
import { Project } from './project';

/** Settings of every project here, so that the CLI asks and reports nothing over the network. */
const SETTINGS = { notices: false, versionReporting: false };

/** For tools that talk to a server on loopback. Nothing of the person who runs this: no credentials, no settings. */
export function environmentFor(endpoint: string, home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: home,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CI: '1',
    NO_COLOR: '1',
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

/** The CDK CLI of a project, talking to a server on loopback. */
export class Cli {
  private readonly home = temporaryFolder('cdk-home');

  constructor(private readonly project: Project, private readonly endpoint: string) {
    fs.writeFileSync(path.join(this.home, '.cdk.json'), JSON.stringify(SETTINGS));
  }

  public async run(args: readonly string[], cwd: string = this.project.folder, onText?: (text: string) => void): Promise<Finished> {
    return finish(process.execPath, [this.project.cli, ...args], { cwd, onText, env: environmentFor(this.endpoint, this.home) });
  }

  /** With `plainHttp`, the bucket for assets takes uploads that are not encrypted, as they are on loopback. */
  public async bootstrap(environment: string, { plainHttp = false } = {}): Promise<void> {
    const template = path.join(this.home, 'bootstrap.yaml');
    if (plainHttp) {
      const shown = await this.run(['bootstrap', '--show-template']);
      fs.writeFileSync(template, shown.output.replaceAll(/(aws:SecureTransport"?: )"?false"?/g, '$1"never"'));
    }
    const { code, output } = await this.run(['bootstrap', environment, ...plainHttp ? ['--template', template] : []]);
    if (code !== 0) throw new Error(`cdk bootstrap failed:\n${output}`);
  }
}
