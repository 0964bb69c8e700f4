import { CfnResource, Duration, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { BackupCompletion } from './backup-completion';
import { permissionsFor } from './backup-resources';
import { FinalBackups } from './final-backups';
import { OnDemandBackupProps } from './on-demand-backup-props';
import { RequestTarget, secondsOf, startBackupJobParameters, startWindowMinutes } from './request-properties';
import { FINAL_RULES } from './validation/final-backups';
import { Problem } from './validation/problem';
import { runRules } from './validation/run-rules';

/** How long a final backup may take, unless the completion says otherwise. */
const DEFAULT = BackupCompletion.waitFor({ timeout: Duration.hours(1) });

/** Why the source of a backup cannot have a final backup. */
export function finalProblems(scope: IConstruct, { source, finalBackup }: OnDemandBackupProps): Problem[] {
  // Not every language makes sure that there is a source; that there is none is a problem of its own.
  if (!finalBackup || !source) {
    return [];
  }
  const { cfnResource } = source;
  return runRules(FINAL_RULES, {
    source: cfnResource?.node.path,
    sameStack: cfnResource !== undefined && Stack.of(cfnResource) === Stack.of(scope),
    other: cfnResource && FinalBackups.find(cfnResource)?.construct.node.path,
  }).problems;
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
