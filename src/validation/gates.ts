import { Rule } from './rule';

const DEPENDS_ON = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html';

/** What is to wait for a backup, as it is named. */
export interface GateView {
  /** The prop or method that names it. */
  readonly prop: string;
  readonly scopes: readonly GatedView[];
  /** Kind of the completion that the user gave. */
  readonly completion?: string;
  /** The backup is a guard without `beforeChange`. */
  readonly guardsDeletionOnly: boolean;
}

/** A construct that is to wait. */
export interface GatedView {
  readonly path: string;
  /** What of the backup is in it. */
  readonly around?: 'backup' | 'stack';
  readonly otherStage: boolean;
}

/** A construct that is to wait, when everything has been created. */
export interface LateGateView {
  readonly prop: string;
  readonly path: string;
  /** What of it CloudFormation deploys. */
  readonly deploys: 'resources' | 'backup' | 'nothing';
  readonly holdsSource: boolean;
}

/** A resource that is to wait, in the template. */
export interface HeldView {
  readonly prop: string;
  readonly path: string;
  readonly waits: boolean;
}

/** What shows at once. */
export const GATE_RULES: readonly Rule<GateView>[] = [
  {
    id: 'GateWithoutWait',
    severity: 'error',
    rule: 'A backup that the deployment does not wait for holds nothing back.',
    remedy: 'Leave completion out, or set it to BackupCompletion.waitFor().',
    see: DEPENDS_ON,
    check: ({ prop, scopes, completion }) => scopes.length > 0 && completion === 'FIRE_AND_FORGET'
      ? [{ prop, value: `${pathsOf(scopes)} with completion ${completion}` }]
      : [],
  },
  {
    id: 'GateOfDeletionGuard',
    severity: 'error',
    rule: 'A guard that backs up before a deletion only has no backup that something could wait for.',
    remedy: 'Leave beforeChange out.',
    see: DEPENDS_ON,
    check: ({ prop, scopes, guardsDeletionOnly }) => scopes.length > 0 && guardsDeletionOnly
      ? [{ prop, value: `${pathsOf(scopes)} with beforeChange false` }]
      : [],
  },
  {
    id: 'GateAroundBackup',
    severity: 'error',
    rule: 'A construct cannot wait for a part of itself.',
    remedy: 'Name the constructs in it that have to wait, or create the backup outside of it.',
    see: DEPENDS_ON,
    check: ({ prop, scopes }) => scopes.filter(({ around }) => around).map(({ path, around }) => ({
      prop,
      value: `${path}, which holds the backup itself`,
      because: around === 'stack' ? 'A stack holds the function behind its backups too.' : undefined,
    })),
  },
  {
    id: 'GateInOtherStage',
    severity: 'error',
    rule: 'Stages are deployed independently of each other.',
    remedy: 'Create the backup in the stage of what it gates.',
    see: 'https://docs.aws.amazon.com/cdk/v2/guide/stages.html',
    check: ({ prop, scopes }) => scopes.filter(({ around, otherStage }) => otherStage && !around)
      .map(({ path }) => ({ prop, value: `${path}, which is in another stage` })),
  },
];

/** What shows only when everything has been created. */
export const LATE_GATE_RULES: readonly Rule<LateGateView>[] = [
  {
    id: 'GateOfBackup',
    severity: 'error',
    rule: 'A backup that waits for another one is not repeated because of that one.',
    remedy: 'Say it of the later backup: executeAfter() with the earlier one.',
    see: DEPENDS_ON,
    check: ({ prop, path, deploys }) => deploys === 'backup' ? [{ prop, value: `${path}, which is a backup itself` }] : [],
  },
  {
    id: 'GateOfNothing',
    severity: 'error',
    rule: 'What is imported, or renders nothing, is not deployed and cannot wait.',
    remedy: 'Name the construct that is deployed, or leave it out.',
    see: DEPENDS_ON,
    check: ({ prop, path, deploys }) => deploys === 'nothing' ? [{ prop, value: `${path}, which has no CloudFormation resource` }] : [],
  },
  {
    id: 'GateOfSource',
    severity: 'error',
    rule: 'A backup that refers to its source cannot come before it.',
    remedy: 'Use OnDemandBackup.guard(), which backs up a resource before its own changes.',
    see: DEPENDS_ON,
    check: ({ prop, path, holdsSource }) => holdsSource ? [{ prop, value: `${path}, which holds the source of the backup` }] : [],
  },
];

/** What shows only in the template: an override has the last word about a DependsOn. */
export const HELD_RULES: readonly Rule<HeldView>[] = [
  {
    id: 'GateNotHeld',
    severity: 'error',
    rule: 'Without a DependsOn, CloudFormation changes a resource while the backup is still being made.',
    remedy: 'Take away what replaces or removes its DependsOn (addOverride, addDeletionOverride, removeDependency), and say the rest with addDependency().',
    see: DEPENDS_ON,
    check: ({ prop, path, waits }) => waits ? [] : [{ prop, value: `${path}, which does not wait for the backup in the template` }],
  },
];

function pathsOf(scopes: readonly GatedView[]): string {
  return scopes.map(({ path }) => path).join(', ');
}
