import { randomInt } from 'crypto';
import { Account, ACCOUNT, REGION } from './account';
import { RealClock } from './real-clock';
import { BackupService, Job, SourceState } from '../simulator/backup';
import { FINAL_STATES, StartRequest } from '../simulator/backup/model';
import { Pool } from '../simulator/lambda/pool';
import { Front } from '../simulator/server/front';
import { ServiceRequest, ServiceResponse } from '../simulator/service';

/** Milliseconds between two looks at what live jobs are backing up. */
const LOOK = 500;

/** The project's own AWS Backup in real time, beside ministack, from which it learns which vaults, roles and tables there are. */
export class LocalBackup {
  public static async start(account: Account): Promise<LocalBackup> {
    const front = await Front.start(new Pool());
    const backup = new LocalBackup(account, front);
    front.serve({ now: () => Date.now(), handle: async (request) => backup.handle(request) });
    return backup;
  }

  public readonly service: BackupService;
  private readonly sources = new Map<string, { readonly state: SourceState; readonly content: string }>();
  private readonly looking: NodeJS.Timeout;

  private constructor(private readonly account: Account, private readonly front: Front) {
    this.service = new BackupService({
      clock: new RealClock(),
      accountId: ACCOUNT,
      region: REGION,
      // What the function's role may do is ministack's to judge, in the scenario with AUTH=true.
      authorizer: { denial: () => undefined },
      random: () => randomInt(2 ** 32) / 2 ** 32,
      record: () => undefined,
      sourceState: (arn) => this.sources.get(arn)?.state ?? 'exists',
      sourceContent: (arn) => this.sources.get(arn)?.content,
    });
    // Long enough to be waited for, and no longer: this is real time.
    this.service.plans.script({ queuedFor: 0, runningFor: 4 });
    this.looking = setInterval(() => void this.lookAtLiveSources(), LOOK).unref();
  }

  public get endpoint(): string {
    return this.front.endpoint;
  }

  public async stop(): Promise<void> {
    clearInterval(this.looking);
    await this.front.stop();
  }

  private async handle(request: ServiceRequest): Promise<ServiceResponse> {
    if (request.method === 'PUT' && request.path === '/backup-jobs') {
      await this.lookAround(JSON.parse(request.body) as StartRequest);
    }
    return this.service.handle(request);
  }

  /** A request may name what ministack's CloudFormation has only just made. */
  private async lookAround({ BackupVaultName, IamRoleArn, ResourceArn }: StartRequest): Promise<void> {
    const [vault, role] = await Promise.all([this.account.hasVault(BackupVaultName), this.account.hasRole(IamRoleArn), this.look(ResourceArn)]);
    if (vault) this.service.putVault({ name: BackupVaultName });
    if (role) this.service.putRole({ arn: IamRoleArn });
  }

  /** A source that is deleted under a running job has to fail the job. */
  private async lookAtLiveSources(): Promise<void> {
    const live = this.service.jobs().filter((job: Job) => !FINAL_STATES.has(job.state));
    await Promise.all([...new Set(live.map(({ request }) => request.ResourceArn))].map(async (arn) => this.look(arn))).catch(() => undefined);
  }

  private async look(arn: string): Promise<void> {
    const table = /^arn:[^:]+:dynamodb:.*:table\/([^/]+)$/.exec(arn)?.[1];
    if (!table) return;
    const [exists, content] = await Promise.all([this.account.hasTable(table), this.account.items(table)]);
    this.sources.set(arn, { state: exists ? 'exists' : 'gone', content });
  }
}
