import { CfnResource } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { BackupSource } from './backup-source';
import { BackupTrigger } from './backup-trigger';
import { guardProps } from './guard-props';
import { rowsAndFacts, whyNotGuardable } from './guardable';
import { BackupGuardOptions, OnDemandBackupProps } from './on-demand-backup-props';
import { sourceArnFormat } from './source-arn-format';
import { problemsError } from './validation';
import { GUARD_RULES, GuardView } from './validation/guards';
import { runRules } from './validation/run-rules';

// Frozen: with another id CloudFormation would see another backup.
const GUARD_ID = 'BackupGuard';

/** Where a guard stands and what it is. */
export interface GuardPlan {
  readonly scope: Construct;
  readonly id: string;
  readonly props: OnDemandBackupProps;
}

/** Plans the guard of a construct: a sibling of its L1, so that no id of the source changes. */
export function planGuard(construct: IConstruct, options: BackupGuardOptions): GuardPlan {
  const resource = [construct, construct.node.defaultChild].find(CfnResource.isCfnResource);
  const { problems } = runRules(GUARD_RULES, viewOf(resource, options));
  if (!resource || problems.length > 0) {
    throw problemsError(construct.node.path, problems);
  }
  const { beforeChange = true, finalBackup, ignoreProperties, ...request } = options;
  const [[row, facts]] = rowsAndFacts(resource.cfnResourceType);
  return {
    scope: scopeOf(resource),
    id: idFor(resource),
    props: guardProps(Object.assign(request, {
      source: BackupSource.fromConstruct(resource),
      trigger: beforeChange ? BackupTrigger.beforeChangesOf([resource], { ignoreProperties }) : undefined,
      finalBackup,
      jobIdOutput: false,
    }), { beforeChange, sourceArnFormat: sourceArnFormat(row, facts, HERE) }),
  };
}

/** A source is in the environment of its guard, and so many guards fit a template. */
const HERE = { partition: '${AWS::Partition}', region: '${AWS::Region}', account: '${AWS::AccountId}' };

function viewOf(resource: CfnResource | undefined, { beforeChange, finalBackup }: BackupGuardOptions): GuardView {
  return {
    resource: resource && {
      path: resource.node.path,
      type: resource.cfnResourceType,
      whyNot: whyNotGuardable(resource.cfnResourceType),
      guard: scopeOf(resource).node.tryFindChild(idFor(resource))?.node.path,
    },
    beforeChange: beforeChange ?? true,
    finalBackup: finalBackup ?? false,
  };
}

function scopeOf(resource: CfnResource): Construct {
  return resource.node.scope as Construct;
}

function idFor(resource: CfnResource): string {
  return scopeOf(resource).node.defaultChild === resource ? GUARD_ID : `${resource.node.id}${GUARD_ID}`;
}
