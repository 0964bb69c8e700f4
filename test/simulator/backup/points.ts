import { invalidRequest, notFound } from './errors';
import { Lifecycle, RecoveryPoint } from './model';
import { Roles } from './roles';
import { DAY, HOUR, MINUTE, Surroundings } from './surroundings';
import { Vaults } from './vaults';

/** The recovery points, and how they go. */
export class RecoveryPoints {
  private readonly points = new Map<string, RecoveryPoint>();

  constructor(private readonly surroundings: Surroundings, private readonly vaults: Vaults, private readonly roles: Roles) {}

  public add(point: RecoveryPoint): void {
    this.points.set(point.arn, point);
    this.tell(point, point.createdAt);
  }

  /** The backup is usable from now on; its retention counts from its beginning. */
  public complete(arn: string, status: 'COMPLETED' | 'PARTIAL', bytes: number, time: number): void {
    const point = this.points.get(arn);
    if (!point) return;
    point.status = status;
    point.bytes = bytes;
    point.completedAt = time;
    this.tell(point, time);
    const expiry = deletionTime(point.createdAt, point.lifecycle);
    // AWS Backup deletes at a random moment within eight hours after the expiry.
    this.surroundings.agenda.lazilyAt(expiry + this.surroundings.ids.random() * 8 * HOUR, (due) => this.delete(point, due));
  }

  /** Nothing of it was ever usable, or it was only a means. */
  public discard(arn: string): void {
    this.points.delete(arn);
  }

  /** DeleteRecoveryPoint: answers at once, and deletes later if the role that made the point still can. */
  public requestDeletion(vaultName: string, arn: string, caller: string): void {
    const now = this.surroundings.clock.now();
    this.surroundings.record({ kind: 'RECOVERY-POINT-DELETION', time: now, recoveryPointArn: arn, caller });
    const point = this.describe(vaultName, arn);
    if (this.vaults.get(vaultName, now)?.locked) throw invalidRequest('RecoveryPoint cannot be deleted or updated (Backup vault configured with Lock)');
    point.status = 'DELETING';
    this.tell(point, now);
    this.surroundings.agenda.at(now + MINUTE, (due) => this.delete(point, due));
  }

  public describe(vaultName: string, arn: string): RecoveryPoint {
    const point = this.points.get(arn);
    if (!point || point.vaultName !== vaultName) throw notFound(`Cannot find recovery point ${arn} in backup vault ${vaultName}`);
    return point;
  }

  public get(arn: string): RecoveryPoint | undefined {
    return this.points.get(arn);
  }

  public all(): RecoveryPoint[] {
    return [...this.points.values()];
  }

  public inVault(name: string): RecoveryPoint[] {
    return this.all().filter((point) => point.vaultName === name);
  }

  /** The role that made a point also deletes it; without it the point stays, EXPIRED, and is paid for. */
  private delete(point: RecoveryPoint, time: number): void {
    if (!this.points.has(point.arn)) return;
    if (this.roles.assumable(point.roleArn, time) && this.roles.permitted(point.roleArn, time)) {
      this.points.delete(point.arn);
      this.surroundings.record({ kind: 'recovery-point', time, recoveryPointArn: point.arn, status: 'DELETED' });
      return;
    }
    point.status = 'EXPIRED';
    this.tell(point, time);
  }

  private tell(point: RecoveryPoint, time: number): void {
    this.surroundings.record({ kind: 'recovery-point', time, recoveryPointArn: point.arn, status: point.status });
  }
}

/** Infinity where a point is kept for ever. */
export function deletionTime(createdAt: number, lifecycle: Lifecycle | undefined): number {
  const days = lifecycle?.DeleteAfterDays;
  return days === undefined || days === -1 ? Infinity : createdAt + days * DAY;
}
