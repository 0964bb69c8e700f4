import { Account, ACCOUNT, REGION } from './account';
import { Cli } from './cli';
import { LocalBackup } from './local-backup';
import { endpointOf, freePort, Ministack } from './ministack';
import { Project } from './project';

/** An account on this machine in which `cdk bootstrap` has been run. */
export class Bench {
  /** With the project's own AWS Backup, whose jobs take their time and may fail. */
  public static async start(project: Project): Promise<Bench> {
    const port = await freePort();
    const backup = await LocalBackup.start(new Account(endpointOf(port)));
    return Bench.bootstrapped(project, port, { NODE_PATH: project.modules, AWS_ENDPOINT_URL_BACKUP: backup.endpoint }, false, backup);
  }

  /** Where the role of the function is enforced, also for the calls of AWS Backup, which therefore is ministack's. */
  public static async startEnforcing(project: Project): Promise<Bench> {
    return Bench.bootstrapped(project, await freePort(), { NODE_PATH: project.modules }, true);
  }

  private static async bootstrapped(project: Project, port: number, env: NodeJS.ProcessEnv, auth: boolean, backup?: LocalBackup): Promise<Bench> {
    const ministack = await Ministack.start(port, { auth, env });
    const bench = new Bench(ministack, new Cli(project, ministack.endpoint), backup);
    try {
      await bench.cli.bootstrap(`aws://${ACCOUNT}/${REGION}`, { plainHttp: auth });
    } catch (error) {
      await bench.stop();
      throw error;
    }
    return bench;
  }

  private constructor(private readonly ministack: Ministack, public readonly cli: Cli, private readonly localBackup?: LocalBackup) {}

  public get endpoint(): string {
    return this.ministack.endpoint;
  }

  public get account(): Account {
    return this.ministack.account;
  }

  /** Absent where AWS Backup is ministack's. */
  public get backup(): LocalBackup | undefined {
    return this.localBackup;
  }

  public async stop(): Promise<void> {
    await this.ministack.stop();
    await this.localBackup?.stop();
  }
}
