import { invalidRequest } from './errors';
import { Vault, VaultType } from './model';
import { DAY, Surroundings } from './surroundings';

export interface VaultInput {
  readonly name: string;
  readonly type?: VaultType;
  /** Vault lock. Air-gapped vaults have it always. */
  readonly minRetentionDays?: number;
  readonly maxRetentionDays?: number;
  /** Present: compliance mode after that many days; absent: governance mode. */
  readonly changeableForDays?: number;
  readonly visibleFrom?: number;
  readonly encryptionKeyArn?: string;
}

/** The vaults of the account. */
export class Vaults {
  private readonly vaults = new Map<string, Vault>();

  constructor(private readonly surroundings: Surroundings) {}

  public arn(name: string): string {
    const { partition, region, accountId } = this.surroundings;
    return `arn:${partition}:backup:${region}:${accountId}:backup-vault:${name}`;
  }

  /** Adds a vault, or changes its lock. */
  public put(input: VaultInput): Vault {
    const now = this.surroundings.clock.now();
    const type = input.type ?? 'BACKUP_VAULT';
    const airGapped = type === 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT';
    if (airGapped && !((input.minRetentionDays ?? 0) >= 7 && input.maxRetentionDays !== undefined)) {
      throw invalidRequest('A logically air-gapped vault needs MinRetentionDays of at least 7, and MaxRetentionDays');
    }
    const known = this.vaults.get(input.name);
    const createdAt = known?.createdAt ?? now;
    const locked = airGapped || input.minRetentionDays !== undefined || input.maxRetentionDays !== undefined;
    const vault: Vault = {
      name: input.name,
      arn: this.arn(input.name),
      type,
      createdAt,
      visibleFrom: input.visibleFrom ?? known?.visibleFrom ?? now,
      locked,
      minRetentionDays: input.minRetentionDays,
      maxRetentionDays: input.maxRetentionDays,
      lockDate: airGapped ? createdAt : input.changeableForDays && (known?.lockDate ?? now + input.changeableForDays * DAY),
      encryptionKeyArn: input.encryptionKeyArn,
    };
    this.vaults.set(vault.name, vault);
    return vault;
  }

  /** Refused, in the service's words, while something is in it. */
  public remove(name: string, recoveryPoints: number): void {
    if (recoveryPoints > 0) throw invalidRequest(`Backup vault cannot be deleted (contains ${recoveryPoints} recovery points)`);
    this.vaults.delete(name);
  }

  public get(name: string, now: number): Vault | undefined {
    const vault = this.vaults.get(name);
    return vault && vault.visibleFrom <= now ? vault : undefined;
  }

  public byArn(arn: string, now: number): Vault | undefined {
    const vault = [...this.vaults.values()].find((candidate) => candidate.arn === arn);
    return vault && this.get(vault.name, now);
  }
}

/** Undefined where the retention is within the vault's lock; no retention at all is longer than any maximum. */
export function retentionProblem(vault: Vault, deleteAfterDays: number | undefined): string | undefined {
  const days = deleteAfterDays === undefined || deleteAfterDays === -1 ? Infinity : deleteAfterDays;
  const fits = days >= (vault.minRetentionDays ?? 0) && days <= (vault.maxRetentionDays ?? Infinity);
  return fits ? undefined : 'Backup job failed because the lifecycle is outside the valid range for backup vault.';
}
