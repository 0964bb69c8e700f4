import { Stack, Token } from 'aws-cdk-lib';
import { AppView, BackupView, ResourceView } from './app-view';
import { OnDemandBackupChecksProps } from './checks-props';
import { rulesOn } from './evaluate';
import { Finding } from './finding';
import { PLUGIN_NAME } from './waivers';

/** Name of the report beside the templates. Part of the public contract, with `docs/on-demand-backup-report.schema.json`. */
export const REPORT_FILE = 'on-demand-backup-report.json';

/** Goes up when a reader of the report could no longer understand it. */
const REPORT_VERSION = '1';

/** What is protected by what, and what the rules found, for machines. Nothing in it changes unless the app does. */
export function reportOf(app: AppView, findings: readonly Finding[], props: OnDemandBackupChecksProps, version: string) {
  return {
    version: REPORT_VERSION,
    plugin: { name: PLUGIN_NAME, version },
    reportOnly: props.reportOnly ?? false,
    rules: rulesOn(props),
    resources: app.resources.map((view) => orError(view, resourceReport)),
    backups: app.backups.map((view) => orError(view, backupReport)),
    findings: findings.map(({ waiver, ...finding }) => ({ ...finding, status: waiver === undefined ? 'open' : 'waived', waiver })),
    exemptions: props.exemptions ?? [],
  };
}

/** What cannot be told about one must not hide the others. */
function orError<T extends { readonly path: string }>(view: T, report: (view: T) => object): object {
  try {
    return report(view);
  } catch (error) {
    return { path: view.path, error: error instanceof Error ? error.message : String(error) };
  }
}

function resourceReport(view: ResourceView) {
  const { path, stack, logicalId, body, protections } = view;
  return {
    path,
    ...placeOf(stack),
    logicalId,
    type: body.Type,
    protectedBy: protections,
    deletionPolicy: body.DeletionPolicy,
    updateReplacePolicy: body.UpdateReplacePolicy,
  };
}

function backupReport({ path, construct, retentionDays, tagKeys, vault, role }: BackupView) {
  return {
    path,
    ...placeOf(Stack.of(construct)),
    source: construct.source.cfnResource?.node.path,
    resourceType: construct.source.resourceType?.name,
    vault: vault.label,
    role: role.label,
    trigger: construct.trigger.kind,
    completion: construct.completion.kind,
    finalBackup: construct.finalBackup,
    gates: construct.gatedConstructs.map(({ node }) => node.path),
    deleteAfterDays: retentionDays ?? undefined,
    keepForever: construct.keepForever,
    recoveryPointTagKeys: tagKeys,
    skipReason: construct.skipReason,
  };
}

function placeOf(stack: Stack) {
  const known = (text: string) => Token.isUnresolved(text) ? undefined : text;
  return { stack: stack.node.path, account: known(stack.account), region: known(stack.region) };
}
