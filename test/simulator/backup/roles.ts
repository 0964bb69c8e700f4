import { BackupRole } from './model';
import { Surroundings } from './surroundings';

export interface RoleInput {
  readonly arn: string;
  /** When the service can assume it; at once unless said. Infinity: its trust policy does not name the service. */
  readonly assumableFrom?: number;
  /** When its policies let it back up; at once unless said. Infinity: they do not. */
  readonly permittedFrom?: number;
}

/** The roles that may be passed to the service. */
export class Roles {
  private readonly roles = new Map<string, BackupRole>();

  constructor(private readonly surroundings: Surroundings) {}

  /** Whatever became due before the change is judged on the role as it was. */
  public put(input: RoleInput): BackupRole {
    this.surroundings.agenda.settle();
    const now = this.surroundings.clock.now();
    const role = { arn: input.arn, assumableFrom: input.assumableFrom ?? now, permittedFrom: input.permittedFrom ?? now };
    this.roles.set(role.arn, role);
    return role;
  }

  public remove(arn: string): void {
    this.surroundings.agenda.settle();
    this.roles.delete(arn);
  }

  public assumable(arn: string, now: number): boolean {
    const role = this.roles.get(arn);
    return role !== undefined && role.assumableFrom <= now;
  }

  public permitted(arn: string, now: number): boolean {
    const role = this.roles.get(arn);
    return role !== undefined && role.permittedFrom <= now;
  }
}
