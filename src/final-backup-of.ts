import { CfnResource, Duration, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { BackupCompletion } from './backup-completion';
import { permissionsFor } from './backup-resources';
import { FinalBackups } from './final-backups';
import { OnDemandBackupProps } from './on-demand-backup-props';
import { RequestTarget, secondsOf, startBackupJobParameters, startWindowMinutes } from './request-properties';
import { Problem } from './validation/problem';

/** How long a final backup may take, unless the completion says otherwise. */
const DEFAULT = BackupCompletion.waitFor({ timeout: Duration.hours(1) });

/** Why the source of a backup cannot have a final backup. */
export function finalProblems(scope: IConstruct, { source, finalBackup }: OnDemandBackupProps): Problem[] {
  const stack = Stack.of(scope);
  if (!finalBackup) {
    return [];
  }
  if (!source.cfnResource || Stack.of(source.cfnResource) !== stack) {
    return [{
      prop: 'finalBackup',
      value: source.cfnResource ? `true for ${source.cfnResource.node.path}, which is in another stack` : 'true for a source that the app does not define',
      rule: 'Only the stack that defines a resource hears of its deletion in time.',
      remedy: 'Use OnDemandBackup.guard() on the construct that defines the source, which creates the backup in its stack.',
    }];
  }
  const other = FinalBackups.find(source.cfnResource);
  return other ? [{
    prop: 'finalBackup',
    value: `true for ${source.cfnResource.node.path}, of which ${other.construct.node.path} makes a final backup already`,
    rule: 'A resource has one final backup: AWS Backup runs one job of a resource at a time.',
    remedy: 'Set finalBackup on one of them.',
  }] : [];
}

/**
 * Asks for the final backup of a source in the stack of the backup.
 *
 * @param guard what backs up the same source before its changes, if anything does
 */
export function addFinalBackup(
  construct: IConstruct,
  props: OnDemandBackupProps,
  target: RequestTarget & { readonly completion: BackupCompletion },
  guard: CfnResource | undefined,
): void {
  const { completion } = target;
  const waits = secondsOf(completion) > 0 ? completion : DEFAULT;
  const { source } = props;
  // The function needs them for as long as there is the final backup, whether or not there is another one.
  permissionsFor(construct, props, target);
  FinalBackups.of(Stack.of(construct)).add({
    construct,
    source: source.cfnResource as CfnResource,
    guard,
    sourceResourceType: source.resourceType?.name,
    resourceArn: source.resourceArn,
    request: Object.assign(startBackupJobParameters(props, target), {
      IdempotencyToken: undefined,
      StartWindowMinutes: startWindowMinutes(props.startWindow, waits),
    }),
    timeout: secondsOf(waits),
  });
}
