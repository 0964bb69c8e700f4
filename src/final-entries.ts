import { keepsResource } from './deletion-policy';
import { rowsOfCloudFormationType } from './resource-table';

/** What of a rendered resource decides about a final backup. */
export interface FinalSource {
  readonly logicalId: string;
  /** Neither removal nor replacement deletes it. */
  readonly retained: boolean;
  readonly protectedFromDeletion: boolean;
  readonly condition?: string;
}

/** What the final backups are told of a resource in the template; undefined where it is not in there. */
export function finalSource(logicalId: string, body: any): FinalSource | undefined {
  return body && {
    logicalId,
    retained: [body.DeletionPolicy, body.UpdateReplacePolicy].every(keepsResource),
    protectedFromDeletion: [body.Properties ?? {}, body.Properties?.Replicas ?? []].flat().some(isProtected),
    condition: body.Condition,
  };
}

const PROTECTIONS = ['DeletionProtection', 'DeletionProtectionEnabled', 'DisableApiTermination'];

function isProtected(properties: any): boolean {
  return PROTECTIONS.some((name) => String(properties[name]) === 'true');
}

/** The logical ids of everything in a template that AWS Backup can back up, each on its condition. */
export function backupableIds(resources: { readonly [logicalId: string]: any }): string[] {
  return Object.entries(resources)
    .filter(([, { Type }]) => rowsOfCloudFormationType(Type).length > 0)
    .map(([logicalId, { Condition }]) => onCondition(Condition, logicalId));
}

/** An element of a list that CloudFormation delivers on a condition only. */
export function onCondition<T>(condition: string | undefined, value: T): T {
  return condition === undefined ? value : { 'Fn::If': [condition, value, { Ref: 'AWS::NoValue' }] } as T;
}
