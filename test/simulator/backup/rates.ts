import { Clock } from '../clock';

/** Calls per second that the service takes, by operation; documented. */
const RATES: Readonly<Record<string, number>> = {
  StartBackupJob: 5,
  StopBackupJob: 5,
  DescribeBackupVault: 5,
  DeleteRecoveryPoint: 10,
  DescribeBackupJob: 15,
  DescribeRecoveryPoint: 15,
  ListBackupJobs: 20,
  ListCopyJobs: 20,
  ListRecoveryPointsByBackupVault: 20,
};
const ALL_CALLS = 50;

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Token buckets that hold one second's worth. */
export class Rates {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly clock: Clock) {}

  /** Takes a token, if both the operation and the account have one. */
  public admit(operation: string): boolean {
    const wanted = [this.bucket('*', ALL_CALLS), this.bucket(operation, RATES[operation] ?? ALL_CALLS)];
    if (wanted.some((bucket) => bucket.tokens < 1)) return false;
    for (const bucket of wanted) bucket.tokens -= 1;
    return true;
  }

  private bucket(name: string, rate: number): Bucket {
    const now = this.clock.now();
    const bucket = this.buckets.get(name) ?? { tokens: rate, filledAt: now };
    bucket.tokens = Math.min(rate, bucket.tokens + (now - bucket.filledAt) / 1000 * rate);
    bucket.filledAt = now;
    this.buckets.set(name, bucket);
    return bucket;
  }
}
