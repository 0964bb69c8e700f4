import { BackupClient, DescribeBackupJobCommand, StartBackupJobCommand } from '@aws-sdk/client-backup';
import type { DescribeBackupJobCommandOutput, StartBackupJobCommandInput, StartBackupJobCommandOutput } from '@aws-sdk/client-backup';
import { NeededPermission } from '../service';
import { Front, HandClock, seeded, serve } from './front';
import { BackupRecord, BackupService, BackupServiceOptions, SourceState } from './index';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/backup`;
export const VAULT = 'vault';
export const AIR_GAPPED_VAULT_ARN = `arn:aws:backup:${REGION}:${ACCOUNT}:backup-vault:air-gapped`;
export const VOLUME = `arn:aws:ec2:${REGION}:${ACCOUNT}:volume/vol-1`;
export const TABLE = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/orders`;
export const FILE_SYSTEM = `arn:aws:elasticfilesystem:${REGION}:${ACCOUNT}:file-system/fs-1`;
export const DATABASE = `arn:aws:rds:${REGION}:${ACCOUNT}:db:orders`;
export const CLUSTER = `arn:aws:rds:${REGION}:${ACCOUNT}:cluster:orders`;

export const CLIENT = { region: REGION, credentials: { accessKeyId: 'AKIACALLER', secretAccessKey: 'secret' }, maxAttempts: 1 };

/** The service with a vault and a role, behind its real client. */
export interface Fixture {
  readonly service: BackupService;
  readonly client: BackupClient;
  readonly clock: HandClock;
  readonly records: BackupRecord[];
  /** What the next calls may not do. */
  readonly denied: Map<string, string>;
  readonly asked: { readonly caller: string; readonly permission: NeededPermission }[];
  readonly sources: Map<string, SourceState>;
  readonly contents: Map<string, string>;
  start(input?: Partial<StartBackupJobCommandInput>): Promise<StartBackupJobCommandOutput>;
  describeJob(id?: string): Promise<DescribeBackupJobCommandOutput>;
  /** Starts a job, lets the time go by, and describes it. */
  startAndWait(input?: Partial<StartBackupJobCommandInput>, seconds?: number): Promise<DescribeBackupJobCommandOutput>;
  close(): Promise<void>;
}

export async function fixture(options: Partial<BackupServiceOptions> = {}): Promise<Fixture> {
  const clock = new HandClock();
  const records: BackupRecord[] = [];
  const denied = new Map<string, string>();
  const asked: Fixture['asked'] = [];
  const sources = new Map<string, SourceState>();
  const contents = new Map<string, string>();
  const service = new BackupService({
    clock,
    authorizer: {
      denial: (caller, permission) => {
        asked.push({ caller, permission });
        return denied.get(permission.action);
      },
    },
    accountId: ACCOUNT,
    region: REGION,
    random: seeded(),
    record: (entry) => records.push(entry),
    sourceState: (arn) => sources.get(arn) ?? 'exists',
    sourceContent: (arn) => contents.get(arn),
    rateLimits: false,
    ...options,
  });
  service.putVault({ name: VAULT });
  service.putRole({ arn: ROLE });
  const front: Front = await serve(service);
  const client = new BackupClient({ ...CLIENT, endpoint: front.endpoint });
  const start = async (input: Partial<StartBackupJobCommandInput> = {}) => client.send(new StartBackupJobCommand(startInput(input)));
  const describeJob = async (id?: string) => client.send(new DescribeBackupJobCommand({ BackupJobId: id }));
  return {
    service,
    client,
    clock,
    records,
    denied,
    asked,
    sources,
    contents,
    start,
    describeJob,
    startAndWait: async (input = {}, seconds = 300) => {
      const { BackupJobId } = await start(input);
      await clock.advance(seconds);
      return describeJob(BackupJobId);
    },
    close: async () => {
      client.destroy();
      await front.close();
    },
  };
}

export const startInput = (input: Partial<StartBackupJobCommandInput> = {}): StartBackupJobCommandInput =>
  ({ BackupVaultName: VAULT, ResourceArn: VOLUME, IamRoleArn: ROLE, ...input });

/** The job's states in the order in which they were recorded. */
export const statesOf = (records: readonly BackupRecord[], id: string): string[] =>
  records.flatMap((entry) => (entry.kind === 'job-state' && entry.job.id === id ? [entry.job.state] : []));
