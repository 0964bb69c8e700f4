import { rendered, renderedView } from './fixtures';
import { testRules } from './rule-cases';
import { RenderedView } from '../../src/validation/rendered-view';
import { RETAINED_RULES } from '../../src/validation/retained';

const used = (own: boolean, deletionPolicy?: string, updateReplacePolicy?: string, sameStack = true) =>
  ({ own, resource: rendered('AWS::Some::Thing', {}, { deletionPolicy, updateReplacePolicy, sameStack }) });
const vault = (...args: Parameters<typeof used>) => renderedView({ vault: used(...args), deleteAfter: {} });
const role = (...args: Parameters<typeof used>) => renderedView({ role: used(...args), deleteAfter: {} });
const lost = (prop: string, what: string) => ({ prop, value: `Stack/It with ${what}` });
const BOTH = 'DeletionPolicy Delete and UpdateReplacePolicy missing (which is Delete)';

const cases = (rule: string, prop: string, own: boolean, view: (...args: Parameters<typeof used>) => RenderedView) => ({
  rule,
  found: [
    ['deletion', view(own, 'Delete'), lost(prop, BOTH)],
    ['deletion by replacement', view(own, 'Retain', 'Delete'), lost(prop, 'UpdateReplacePolicy Delete')],
    ['deletion of one that would stay in a replacement', view(own, undefined, 'Retain'), lost(prop, 'DeletionPolicy missing (which is Delete)')],
  ] as [string, RenderedView, any][],
  passes: [
    ['one that stays', view(own, 'Retain', 'Retain')],
    ['one that stays once it is made', view(own, 'RetainExceptOnCreate', 'Retain')],
    ['one of another stack', view(own, 'Delete', 'Delete', false)],
    ['one of the other kind', view(!own, 'Delete', 'Delete')],
    ['one of nobody', renderedView({ deleteAfter: {}, vault: { own }, role: { own } })],
  ] as [string, RenderedView][],
});
const users = (rule: string, prop: 'vault' | 'role', view: (...args: Parameters<typeof used>) => RenderedView) => {
  const { found, passes } = cases(rule, prop, false, view);
  return { rule, found, passes: [...passes, ['recovery points that stay', { ...view(false, 'Delete'), deleteAfter: undefined }] as [string, RenderedView]] };
};
const backup = (deletionPolicy?: string) => renderedView({ backups: [rendered('Custom::OnDemandBackup', {}, { deletionPolicy })] });

testRules(RETAINED_RULES, [
  cases('DefaultVaultDeleted', 'vault', true, vault),
  cases('DefaultRoleDeleted', 'role', true, role),
  users('VaultDeleted', 'vault', vault),
  users('RoleDeleted', 'role', role),
  {
    rule: 'BackupRetained',
    found: [
      ['one that stays', backup('Retain'), { prop: 'Stack/It', value: 'DeletionPolicy Retain' }],
      ['one that stays once it is made', backup('RetainExceptOnCreate'), { prop: 'Stack/It', value: 'DeletionPolicy RetainExceptOnCreate' }],
    ],
    passes: [['one that goes', backup('Delete')], ['one that goes by default', backup()], ['none', renderedView()]],
  },
]);
