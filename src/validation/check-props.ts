import { LIFECYCLE_RULES } from './lifecycle';
import { OPTION_RULES } from './options';
import { PLACE_RULES } from './places';
import { Findings } from './problem';
import { PropsView } from './props-view';
import { REQUEST_RULES } from './request';
import { Rule } from './rule';
import { runRules } from './run-rules';
import { SOURCE_RULES } from './source';
import { TAG_RULES } from './tags';
import { VAULT_RULES } from './vault';
import { WINDOW_RULES } from './windows';

/** The props, in the order in which they are declared; problems are told in it. */
export const PROP_ORDER = [
  'source', 'vault', 'role', 'startWindow', 'completionWindow', 'moveToColdStorageAfter', 'deleteAfter', 'keepForever', 'optInToArchive',
  'recoveryPointTags', 'backupOptions', 'index', 'logicallyAirGappedVault', 'completion', 'onFailure', 'enabled', 'trigger', 'finalBackup',
  'executeBefore', 'executeAfter', 'idempotencyToken', 'jobIdOutput', 'jobIdExportName',
];

/** Every rule over props. */
export const PROPS_RULES: readonly Rule<PropsView>[] = [
  ...SOURCE_RULES, ...VAULT_RULES, ...REQUEST_RULES, ...PLACE_RULES, ...WINDOW_RULES, ...LIFECYCLE_RULES, ...TAG_RULES, ...OPTION_RULES,
];

/** What is wrong with, or odd about, the props. */
export function checkProps(view: PropsView): Findings {
  return runRules(PROPS_RULES, view, PROP_ORDER);
}
