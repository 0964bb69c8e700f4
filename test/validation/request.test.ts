import { propsView } from './fixtures';
import { testRules } from './rule-cases';
import { parseArn } from '../../src/arn-view';
import { REQUEST_RULES } from '../../src/validation/request';

const role = (arn: string) => propsView({ role: { arn: parseArn(arn) } });
const repeating = { kind: 'ON_CHANGE_OF', repeats: true };

testRules(REQUEST_RULES, [
  {
    rule: 'RoleArn',
    found: [
      ['a name', role('my-role'), { prop: 'role', value: "'my-role'" }],
      ['an empty text', role(''), { prop: 'role', value: "''" }],
      ['a user', role('arn:aws:iam::111111111111:user/u'), { prop: 'role', value: "'arn:aws:iam::111111111111:user/u'" }],
      ['another service', role('arn:aws:s3:::role/r'), { prop: 'role', value: "'arn:aws:s3:::role/r'" }],
    ],
    passes: [
      ['a role', role('arn:aws:iam::111111111111:role/path/r')],
      ['a token', propsView({ role: { arn: { text: '{token}', wellFormed: true } } })],
      ['none', propsView()],
    ],
  },
  {
    rule: 'TokenWithRepeatingTrigger',
    found: [
      ['a token', propsView({ idempotencyToken: { value: 't' }, trigger: repeating }), { prop: 'idempotencyToken', value: "'t' with the trigger ON_CHANGE_OF" }],
      ['one that is only known at deployment', propsView({ idempotencyToken: {}, trigger: repeating }),
        { prop: 'idempotencyToken', value: 'a token with the trigger ON_CHANGE_OF' }],
    ],
    passes: [['a single backup', propsView({ idempotencyToken: { value: 't' } })], ['no token', propsView({ trigger: repeating })]],
  },
  {
    rule: 'TokenEmpty',
    found: [['an empty one', propsView({ idempotencyToken: { value: '' } }), { prop: 'idempotencyToken', value: "''" }]],
    passes: [['a token', propsView({ idempotencyToken: { value: 't' } })], ['one that is only known at deployment', propsView({ idempotencyToken: {} })], ['none', propsView()]],
  },
  {
    rule: 'ExportWithoutOutput',
    found: [['both', propsView({ jobIdExportName: { value: 'job' }, jobIdOutput: false }), { prop: 'jobIdExportName', value: "'job' with jobIdOutput false" }]],
    passes: [['an export', propsView({ jobIdExportName: { value: 'job' } })], ['no output', propsView({ jobIdOutput: false })]],
  },
]);
