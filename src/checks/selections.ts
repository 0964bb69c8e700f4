import { CfnResource, Stack, TagManager } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import { rowsOfCloudFormationType } from '../resource-table';
import { TemplateResource } from './app-view';
import { markedReferences, UNKNOWN, withReferences } from '../marked-references';
import { displayPath } from './templates';

/** What a backup plan selects. */
export interface Selection {
  readonly path: string;
  readonly stack: Stack;
  readonly resources: readonly Selector[];
  readonly notResources: readonly Selector[];
  readonly anyOfTags: readonly TagCondition[];
  readonly allOfTags: readonly { readonly operator: string; readonly condition: TagCondition }[];
}

/** An ARN, perhaps with wildcards and with `UNKNOWN` for what only the deployment knows. */
interface Selector {
  readonly text: string;
  /** What it refers to, of this stack or another. */
  readonly references: ReadonlySet<CfnResource>;
}

interface TagCondition {
  readonly key: string;
  readonly value: string;
}

/** A resource that could be selected. */
export interface Selectable {
  readonly construct: CfnResource;
  readonly stack: Stack;
  readonly body: TemplateResource;
}

/** The selection of an `AWS::Backup::BackupSelection`. */
export function selectionOf(resource: backup.CfnBackupSelection): Selection {
  const { value, targets } = withReferences(resource, resource.backupSelection);
  const { resources, notResources, listOfTags, conditions } = value ?? {};
  return {
    path: displayPath(resource),
    stack: Stack.of(resource),
    resources: asList(resources).map((each) => selector(each, targets)),
    notResources: asList(notResources).map((each) => selector(each, targets)),
    anyOfTags: asList(listOfTags).map(tagCondition),
    allOfTags: Object.entries(conditions ?? {}).flatMap(([operator, each]) => asList(each).map((condition) => ({
      operator: operator.toLowerCase(),
      condition: tagCondition(condition),
    }))),
  };
}

/**
 * Whether a plan selects a resource, as far as synthesis can tell.
 *
 * ARNs are alternatives, further conditions have to hold besides, and tags in `ListOfTags` are alternatives to the ARNs.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html
 */
export function selects(selection: Selection, resource: Selectable): boolean {
  const { resources, notResources, anyOfTags, allOfTags } = selection;
  if (notResources.some((each) => names(each, selection, resource))) {
    return false;
  }
  const everything = resources.length === 0 && anyOfTags.length === 0;
  const tags = tagsOf(resource);
  const byArn = (everything && sameEnvironment(selection.stack, resource.stack) || resources.some((each) => names(each, selection, resource)))
    && allOfTags.every(({ operator, condition }) => holds(operator, condition, tags));
  const byTag = sameEnvironment(selection.stack, resource.stack) && anyOfTags.some((condition) => holds('stringequals', condition, tags));
  return byArn || byTag;
}

function selector(value: any, targets: readonly CfnResource[]): Selector {
  const { text, indexes } = markedReferences(value);
  return { text, references: new Set(indexes.map((index) => targets[index])) };
}

function names({ text, references }: Selector, { stack }: Selection, resource: Selectable): boolean {
  return references.has(resource.construct)
    || references.size === 0 && sameEnvironment(stack, resource.stack) && arnsOf(resource).some((arn) => like(text, arn));
}

/** Without the parts that only the deployment knows; a wildcard matches them, a text does not. */
function arnsOf({ construct, body, stack }: Selectable): string[] {
  const name = NAMES.map((property) => body.Properties?.[property]).find((value) => typeof value === 'string') ?? UNKNOWN;
  return rowsOfCloudFormationType(construct.cfnResourceType).map(({ service, resource, global }) => {
    const place = global ? ':' : `${known(stack.region)}:${known(stack.account)}`;
    return `arn:${known(stack.partition)}:${service}:${place}:${resource.replace(/\{\w+\}/g, name)}`;
  });
}

const NAMES = ['TableName', 'BucketName', 'DBInstanceIdentifier', 'DBClusterIdentifier', 'ClusterIdentifier', 'NamespaceName', 'Name'];

function known(text: string): string {
  return text.includes('${Token[') ? UNKNOWN : text;
}

function like(pattern: string, text: string): boolean {
  // A partition is the same throughout an app.
  const [, partition, ...rest] = pattern.split(':');
  const parts = text.split(':').slice(2);
  return pattern === '*' || partition !== undefined && wildcard(rest.join(':')).test(parts.join(':'));
}

function wildcard(pattern: string): RegExp {
  return new RegExp(`^${pattern.split('*').map((each) => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')}$`);
}

function holds(operator: string, { key, value }: TagCondition, tags: { readonly [key: string]: string }): boolean {
  const tag = tags[key];
  switch (operator) {
    case 'stringequals': return tag === value;
    case 'stringlike': return tag !== undefined && wildcard(value).test(tag);
    case 'stringnotequals': return tag !== undefined && tag !== value;
    case 'stringnotlike': return tag !== undefined && !wildcard(value).test(tag);
    default: return false;
  }
}

function tagsOf({ construct }: Selectable): { readonly [key: string]: string } {
  return TagManager.of(construct)?.tagValues() ?? {};
}

/** `Conditions` is untyped in the L1, so it comes in either spelling. */
function tagCondition({ conditionKey, conditionValue, ConditionKey = conditionKey, ConditionValue = conditionValue }: any): TagCondition {
  return { key: String(ConditionKey).replace(/^aws:ResourceTag\//, ''), value: String(ConditionValue) };
}

function sameEnvironment(one: Stack, other: Stack): boolean {
  return known(one.account) === known(other.account) && known(one.region) === known(other.region);
}

function asList(value: any): any[] {
  return Array.isArray(value) ? value : [];
}
