import { CloudFormationFacts, formatResourceArn, Place, ResourceFacts } from './resource-facts';

/**
 * The ARN of a resource as a text with a placeholder for what only CloudFormation knows: `{PhysicalId}`, or where the
 * physical id holds several ids, `{PhysicalId|2}` for the second of those that `|` separates.
 */
export function sourceArnFormat(facts: ResourceFacts, { refIsArn, separator }: CloudFormationFacts, place: Place): string {
  if (refIsArn) {
    return '{PhysicalId}';
  }
  const count = facts.resource.match(/\{\w+\}/g)!.length;
  const ids = Array.from({ length: count }, (_, i) => separator === undefined ? '{PhysicalId}' : `{PhysicalId${separator}${i + 1}}`);
  return formatResourceArn(facts, ids, place);
}

/** The ARN that a format stands for. */
export function arnFromFormat(format: string, physicalId: string): string {
  return format.replace(/\{PhysicalId(?:(\D)(\d+))?\}/g, (_, separator?: string, n?: string) =>
    separator === undefined ? physicalId : physicalId.split(separator)[Number(n) - 1] ?? '');
}
