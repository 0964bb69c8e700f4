import { testRules } from './rule-cases';
import { GATE_RULES, GatedView, GateView, HELD_RULES, LATE_GATE_RULES, LateGateView } from '../../src/validation/gates';

const prop = 'executeBefore';
const scope = (path: string, more: Partial<GatedView> = {}): GatedView => ({ path, otherStage: false, ...more });
const gate = (scopes: GatedView[], more: Partial<GateView> = {}): GateView => ({ prop, scopes, guardsDeletionOnly: false, ...more });
const late = (more: Partial<LateGateView> = {}): LateGateView => ({ prop, path: 'Stack/It', deploys: 'resources', holdsSource: false, ...more });

describe('at once', () => testRules(GATE_RULES, [
  {
    rule: 'GateWithoutWait',
    found: [['what is fired and forgotten', gate([scope('Stack/A'), scope('Stack/B')], { completion: 'FIRE_AND_FORGET' }), {
      prop, value: 'Stack/A, Stack/B with completion FIRE_AND_FORGET',
    }]],
    passes: [
      ['what is waited for', gate([scope('Stack/A')], { completion: 'WAIT_FOR' })],
      ['what follows from the gate', gate([scope('Stack/A')])],
      ['no gate', gate([], { completion: 'FIRE_AND_FORGET' })],
    ],
  },
  {
    rule: 'GateOfDeletionGuard',
    found: [['it', gate([scope('Stack/A')], { guardsDeletionOnly: true }), { prop, value: 'Stack/A with beforeChange false' }]],
    passes: [['another guard', gate([scope('Stack/A')])], ['no gate', gate([], { guardsDeletionOnly: true })]],
  },
  {
    rule: 'GateAroundBackup',
    found: [
      ['the scope of the backup', gate([scope('Stack/A', { around: 'backup' }), scope('Stack/B')]), { prop, value: 'Stack/A, which holds the backup itself' }],
      ['its stack', gate([scope('Stack', { around: 'stack' })]), {
        prop, value: 'Stack, which holds the backup itself', because: 'A stack holds the function behind its backups too.',
      }],
    ],
    passes: [['something else', gate([scope('Stack/A')])]],
  },
  {
    rule: 'GateInOtherStage',
    found: [['another stage', gate([scope('Stage/Stack', { otherStage: true }), scope('Stack/A')]), { prop, value: 'Stage/Stack, which is in another stage' }]],
    passes: [['the same stage', gate([scope('Stack/A')])], ['the app around the stage', gate([scope('the app', { otherStage: true, around: 'stack' })])]],
  },
]));

describe('when everything has been created', () => testRules(LATE_GATE_RULES, [
  {
    rule: 'GateOfBackup',
    found: [['a backup', late({ deploys: 'backup' }), { prop, value: 'Stack/It, which is a backup itself' }]],
    passes: [['resources', late()], ['nothing', late({ deploys: 'nothing' })]],
  },
  {
    rule: 'GateOfNothing',
    found: [['nothing', late({ deploys: 'nothing' }), { prop, value: 'Stack/It, which has no CloudFormation resource' }]],
    passes: [['resources', late()], ['a backup', late({ deploys: 'backup' })]],
  },
  {
    rule: 'GateOfSource',
    found: [['the source', late({ holdsSource: true }), { prop, value: 'Stack/It, which holds the source of the backup' }]],
    passes: [['other resources', late()]],
  },
]));

describe('in the template', () => testRules(HELD_RULES, [{
  rule: 'GateNotHeld',
  found: [['what does not wait', { prop, path: 'Stack/It', waits: false }, { prop, value: 'Stack/It, which does not wait for the backup in the template' }]],
  passes: [['what waits', { prop, path: 'Stack/It', waits: true }]],
}]));
