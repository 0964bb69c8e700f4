import { accessDenied, BackupError, invalidParameter, invalidRequest, notFound } from './errors';
import { StartRequest } from './model';
import { ResourceKind } from './resource-types';
import { Roles } from './roles';
import { Surroundings } from './surroundings';
import { Judged, JudgedIfAtAll } from './undocumented';
import { Vaults } from './vaults';

/** What keeps a job from being done, whoever notices it. */
export interface Obstacle {
  readonly judged: JudgedIfAtAll;
  /** If the call notices it. */
  readonly error: BackupError;
  /** If the job notices it. */
  readonly statusMessage: string;
  readonly messageCategory: string;
}

const OPT_IN_REQUIRED = new Set(['Aurora', 'Neptune', 'DocumentDB']);

/** Finds what stands in a job's way at a moment. */
export class Obstacles {
  constructor(private readonly surroundings: Surroundings, private readonly vaults: Vaults, private readonly roles: Roles) {}

  /** When a job is started: everything. */
  public atStart(request: StartRequest, kind: ResourceKind | undefined, now: number): Obstacle | undefined {
    const { undocumented } = this.surroundings;
    if (!kind) {
      const text = 'Unsupported resource type';
      return { judged: undocumented.unsupportedResource, error: invalidParameter(text), statusMessage: text, messageCategory: 'InvalidParameters' };
    }
    const found = [this.atWork(request, kind, now), this.optIn(kind), this.index(request, kind)];
    return found.find((obstacle) => obstacle !== undefined && obstacle.judged.in !== 'nowhere');
  }

  /** While a job is at work: what can go away again. */
  public atWork(request: StartRequest, kind: ResourceKind, now: number): Obstacle | undefined {
    return this.vault(request, now) ?? this.role(request.IamRoleArn, request.ResourceArn, now) ?? this.source(request.ResourceArn, kind);
  }

  private vault(request: StartRequest, now: number): Obstacle | undefined {
    const { undocumented } = this.surroundings;
    const airGapped = request.LogicallyAirGappedBackupVaultArn;
    const missing = this.vaults.get(request.BackupVaultName, now) === undefined ? this.vaults.arn(request.BackupVaultName)
      : airGapped !== undefined && !this.vaults.byArn(airGapped, now) ? airGapped : undefined;
    if (missing === undefined) return undefined;
    const text = `Backup job failed because backup vault ${missing} does not exist.`;
    const error = undocumented.missingVaultError === 'AccessDeniedException'
      ? accessDenied('Insufficient privileges to perform this action.')
      : notFound(`Backup vault ${missing} does not exist.`);
    return { judged: undocumented.missingVault, error, statusMessage: text, messageCategory: 'MISCELLANEOUS' };
  }

  private role(arn: string, resourceArn: string, now: number): Obstacle | undefined {
    const { undocumented } = this.surroundings;
    if (!this.roles.assumable(arn, now)) {
      const text = `IAM Role ${arn} cannot be assumed by AWS Backup`;
      return { judged: undocumented.roleNotAssumable, error: invalidParameter(text), statusMessage: text, messageCategory: 'AccessDenied' };
    }
    if (this.roles.permitted(arn, now)) return undefined;
    return {
      judged: undocumented.roleNotPermitted,
      error: invalidParameter(`IAM Role ${arn} is not authorized to call the service of ${resourceArn}`),
      statusMessage: `Access denied. Your backup job failed as AWS Backup does not have permission to describe resource ${resourceArn}. ` +
        'Please review your IAM policies to ensure AWS Backup can protect your resources.',
      messageCategory: 'AccessDenied',
    };
  }

  private source(arn: string, kind: ResourceKind): Obstacle | undefined {
    const { undocumented, sourceState } = this.surroundings;
    const state = sourceState(arn);
    if (state === 'exists') return undefined;
    const judged: Judged = state === 'gone' ? undocumented.sourceMissing : undocumented.sourceNotReady;
    const text = state === 'creating' ? `${arn} is not in available state`
      : undocumented.missingSourceText?.(arn, kind.type) ?? kind.goneText(arn);
    return { judged, error: state === 'gone' ? notFound(text) : invalidRequest(text), statusMessage: text, messageCategory: 'MISCELLANEOUS' };
  }

  private optIn(kind: ResourceKind): Obstacle | undefined {
    if (!OPT_IN_REQUIRED.has(kind.type) || this.surroundings.settings().optIn[kind.type]) return undefined;
    const text = `Service opt-in for ${kind.type} is not enabled in this Region`;
    return { judged: this.surroundings.undocumented.notOptedIn, error: invalidRequest(text), statusMessage: text, messageCategory: 'MISCELLANEOUS' };
  }

  private index(request: StartRequest, kind: ResourceKind): Obstacle | undefined {
    if (request.Index !== 'ENABLED' || (kind.indexable && !request.LogicallyAirGappedBackupVaultArn)) return undefined;
    const text = 'Feature is not supported for provided resource type.';
    return { judged: this.surroundings.undocumented.unsupportedIndex, error: invalidParameter(text), statusMessage: text, messageCategory: 'InvalidParameters' };
  }
}
