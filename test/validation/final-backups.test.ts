import { testRules } from './rule-cases';
import { FINAL_PART_RULES, FINAL_RULES, FINAL_SOURCE_RULES, FinalSourceView } from '../../src/validation/final-backups';

const prop = 'finalBackup';
const path = 'Stack/It';

describe('what is asked for', () => testRules(FINAL_RULES, [
  {
    rule: 'FinalBackupElsewhere',
    found: [
      ['what another stack defines', { source: path, sameStack: false }, { prop, value: 'true for Stack/It, which is in another stack' }],
      ['what nobody here defines', { sameStack: false }, { prop, value: 'true for a source that the app does not define' }],
    ],
    passes: [['what the stack defines', { source: path, sameStack: true }]],
  },
  {
    rule: 'FinalBackupTwice',
    found: [['a second one', { source: path, sameStack: true, other: 'Stack/Other' }, {
      prop, value: 'true for Stack/It, of which Stack/Other makes a final backup already',
    }]],
    passes: [['a first one', { source: path, sameStack: true }], ['what is in the wrong stack anyway', { source: path, sameStack: false, other: 'Stack/Other' }]],
  },
]));

const source = (retained: boolean, protectedFromDeletion: boolean): FinalSourceView => ({ path, retained, protectedFromDeletion });

describe('its source', () => testRules(FINAL_SOURCE_RULES, [
  {
    rule: 'FinalBackupOfRetained',
    found: [
      ['what stays', source(true, false), { prop, value: 'Stack/It with a DeletionPolicy and an UpdateReplacePolicy that retain it' }],
      ['what stays and is protected', source(true, true), { prop, value: 'Stack/It with a DeletionPolicy and an UpdateReplacePolicy that retain it' }],
    ],
    passes: [['what goes', source(false, false)]],
  },
  {
    rule: 'FinalBackupOfProtected',
    found: [['what is protected', source(false, true), { prop, value: 'Stack/It with deletion protection' }]],
    passes: [['what is not', source(false, false)], ['what stays anyway', source(true, true)]],
  },
]));

describe('what makes it', () => testRules(FINAL_PART_RULES, [{
  rule: 'FinalBackupUnheard',
  found: [['what stays', { path, deletionPolicy: 'Retain' }, { prop, value: 'Stack/It with DeletionPolicy Retain' }]],
  passes: [['what goes', { path, deletionPolicy: 'Delete' }], ['what goes unless said otherwise', { path }]],
}]));
