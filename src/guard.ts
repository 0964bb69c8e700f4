import { CfnResource } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { BackupSource } from './backup-source';
import { BackupTrigger } from './backup-trigger';
import { guardProps } from './guard-props';
import { BackupGuardOptions, OnDemandBackupProps } from './on-demand-backup-props';
import { CloudFormationFacts, ResourceFacts } from './resource-facts';
import { RESOURCE_TABLE, rowsOfCloudFormationType } from './resource-table';
import { sourceArnFormat } from './source-arn-format';
import { problemsError } from './validation';
import { Problem } from './validation/problem';

const SUPPORTED = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/whatisbackup.html#supported-resources';
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
  const problem = resource ? resourceProblem(resource) ?? optionProblem(options) : NOT_DEFINED_HERE;
  if (!resource || problem) {
    throw problemsError(construct.node.path, [problem!]);
  }
  const { beforeChange = true, finalBackup, ignoreProperties, ...request } = options;
  const [[row, facts]] = rowsAndFacts(resource);
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

const NOT_DEFINED_HERE: Problem = {
  prop: 'construct',
  value: 'a construct without a CloudFormation resource',
  rule: 'What another stack or nobody defines is not changed by this one.',
  remedy: 'Guard the construct that defines the resource, in its own stack.',
};

function resourceProblem(resource: CfnResource): Problem | undefined {
  const rows = rowsAndFacts(resource);
  const reasons = rows.flatMap(([, { notFromPhysicalId }]) => notFromPhysicalId ?? []);
  const because = NOT_GUARDABLE[resource.cfnResourceType] ?? reasons[0];
  if (rows.length === 0 || because !== undefined) {
    return {
      prop: 'construct',
      value: resource.cfnResourceType,
      rule: because === undefined ? 'AWS Backup cannot back it up.' : `It cannot be guarded: ${because}.`,
      remedy: `What can be guarded: ${guardableTypes().join(', ')}.`,
      see: SUPPORTED,
    };
  }
  return scopeOf(resource).node.tryFindChild(idFor(resource)) === undefined ? undefined : {
    prop: 'construct',
    value: `${resource.node.path}, which ${scopeOf(resource).node.path}/${idFor(resource)} guards already`,
    rule: 'A resource has one guard: a second one would back up the same changes again.',
    remedy: 'Give the first guard what is needed, and leave the second one out.',
  };
}

function optionProblem({ beforeChange, finalBackup }: BackupGuardOptions): Problem | undefined {
  return beforeChange !== false || finalBackup ? undefined : {
    prop: 'beforeChange',
    value: 'false without finalBackup',
    rule: 'Such a guard would never back up.',
    remedy: 'Set finalBackup to true, leave beforeChange out, or leave the guard out.',
  };
}

const NOT_GUARDABLE: { readonly [type: string]: string } = {
  'AWS::CloudFormation::Stack': 'a nested stack is deployed together with its guard, and AWS Backup takes no stack that is being deployed; guard what is in it',
};

function rowsAndFacts({ cfnResourceType: type }: CfnResource): [ResourceFacts, CloudFormationFacts][] {
  return rowsOfCloudFormationType(type).map((row) => [row, row.cloudFormation[type]]);
}

/** CloudFormation types of which a guard can find the resource by its logical id. */
export function guardableTypes(): string[] {
  const types = RESOURCE_TABLE.flatMap(({ cloudFormation }) => Object.entries(cloudFormation))
    .filter(([type, { notFromPhysicalId }]) => notFromPhysicalId === undefined && !(type in NOT_GUARDABLE))
    .map(([type]) => type);
  return [...new Set(types)].sort();
}

function scopeOf(resource: CfnResource): Construct {
  return resource.node.scope as Construct;
}

function idFor(resource: CfnResource): string {
  return scopeOf(resource).node.defaultChild === resource ? GUARD_ID : `${resource.node.id}${GUARD_ID}`;
}
