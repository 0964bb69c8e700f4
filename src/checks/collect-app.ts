import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import { CfnBackupSelection } from 'aws-cdk-lib/aws-backup';
import { IConstruct } from 'constructs';
import { referenceOf, textOf } from '../arn';
import { OnDemandBackup } from '../on-demand-backup';
import { isOwn } from '../own-resources';
import { TOKEN } from '../resource-facts';
import { AppView, BackupView, ProtectionView, ResourceView, UsedView } from './app-view';
import { isBackupable, mayBeBackupable } from './backupable';
import { protectionsOf } from './protections';
import { selectionOf } from './selections';
import { displayPath, Templates } from './templates';

/** Reads a synthesized app: the constructs of the stacks whose templates are given, those of their nested stacks included. */
export function collectApp(root: IConstruct, templatePaths: readonly string[]): AppView {
  const templates = new Templates(templatePaths);
  const constructs = root.node.findAll();
  const backups = constructs.filter((each): each is OnDemandBackup => OnDemandBackup.isOnDemandBackup(each) && each.enabled);
  const bySource = groupBy(backups.filter(({ source }) => source.cfnResource), ({ source }) => source.cfnResource!);
  const resources = constructs.filter(CfnResource.isCfnResource);
  const selections = resources.filter((each): each is CfnBackupSelection => each.cfnResourceType === CfnBackupSelection.CFN_RESOURCE_TYPE_NAME)
    .map(selectionOf);
  return {
    resources: resources.filter((each) => mayBeBackupable(each.cfnResourceType) && !isOwn(each)).flatMap((each) => resourceView(each, templates))
      .map((view) => withProtections(view, () => protectionsOf(view, bySource, selections))),
    backups: backups.filter((each) => isWanted(each, templates)).map((each) => backupView(each, templates)),
  };
}

function resourceView(construct: CfnResource, templates: Templates): Omit<ResourceView, 'protections'>[] {
  const body = templates.bodyOf(construct);
  const stack = Stack.of(construct);
  return body && isBackupable(body) ? [{ path: displayPath(construct), construct, stack, logicalId: stack.resolve(construct.logicalId), body }] : [];
}

/** Found when they are first asked for, so that a rule fails alone where they cannot be told. */
function withProtections(view: Omit<ResourceView, 'protections'>, find: () => ProtectionView[]): ResourceView {
  let found: ProtectionView[] | undefined;
  return {
    ...view,
    get protections() {
      found ??= find();
      return found;
    },
  };
}

/** Whether the stack of the backup is one that is looked at. */
function isWanted(backup: OnDemandBackup, templates: Templates): boolean {
  return templates.has(Stack.of(backup));
}

function backupView(construct: OnDemandBackup, templates: Templates): BackupView {
  const { path, children } = construct.node;
  const starts = children.find((child): child is CfnResource => CfnResource.isCfnResource(child) && child.node.id === 'Resource');
  const properties = starts && templates.bodyOf(starts)?.Properties;
  return {
    path,
    construct,
    resource: starts,
    retentionDays: daysOf(properties ? properties.Lifecycle?.DeleteAfterDays : construct.deleteAfter?.toDays({ integral: false })),
    tagKeys: Object.keys(properties?.RecoveryPointTags ?? construct.recoveryPointTags ?? {}),
    vault: used(construct.vault.backupVaultRef.backupVaultName, templates),
    role: used(construct.role.roleRef.roleArn, templates),
    airGapped: construct.logicallyAirGappedVault !== undefined,
  };
}

/** Null for what only the deployment knows. */
function daysOf(value: any): number | null | undefined {
  if (value === undefined) {
    return undefined;
  }
  return Token.isUnresolved(value) || Number.isNaN(Number(value)) ? null : Number(value);
}

function used(text: string, templates: Templates): UsedView {
  const construct = referenceOf(text)?.target;
  const known = textOf(text);
  const name = known.includes(TOKEN) ? undefined : known;
  return {
    label: construct ? displayPath(construct) : known,
    name,
    construct,
    body: construct && templates.bodyOf(construct),
  };
}

function groupBy<K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    groups.set(keyOf(value), [...groups.get(keyOf(value)) ?? [], value]);
  }
  return groups;
}
