import { ACCOUNT, BUCKET, propsView, REGION, sourceView } from './fixtures';
import { testRules } from './rule-cases';
import { parseArn } from '../../src/arn-view';
import { PLACE_RULES } from '../../src/validation/places';

const OTHER = { account: '222222222222', region: 'us-east-1' };
const here = { account: ACCOUNT, region: REGION };
const found = (prop: string) => [
  { prop, value: `account ${OTHER.account} in a stack in ${ACCOUNT}` },
  { prop, value: `region ${OTHER.region} in a stack in ${REGION}` },
] as const;

testRules(PLACE_RULES, [
  {
    rule: 'SourceElsewhere',
    found: [
      ['both', propsView({ source: sourceView('arn:aws:dynamodb:us-east-1:222222222222:table/t') }), ...found('source')],
      ['a Region', propsView({ source: sourceView(BUCKET, { place: { region: 'us-east-1' } }) }), found('source')[1]],
    ],
    passes: [
      ['the same place', propsView()],
      ['what is not known of the source', propsView({ source: sourceView('{token}') })],
      ['what is not known of the stack', propsView({ place: {}, source: sourceView('arn:aws:dynamodb:us-east-1:222222222222:table/t') })],
      ['no source', propsView({ source: undefined })],
    ],
  },
  {
    rule: 'VaultElsewhere',
    found: [['both', propsView({ vault: { place: OTHER } }), ...found('vault')]],
    passes: [['the same place', propsView({ vault: { place: here } })], ['what is not known', propsView({ vault: { place: {} } })], ['none', propsView()]],
  },
  {
    rule: 'AirGappedVaultElsewhere',
    found: [['both', propsView({ logicallyAirGappedVault: { place: OTHER } }), ...found('logicallyAirGappedVault')]],
    passes: [['the same place', propsView({ logicallyAirGappedVault: { place: here } })], ['none', propsView()]],
  },
  {
    rule: 'RoleElsewhere',
    found: [['another account', propsView({ role: { arn: parseArn('arn:aws:iam::222222222222:role/r') } }), found('role')[0]]],
    passes: [
      ['the same account', propsView({ role: { arn: parseArn(`arn:aws:iam::${ACCOUNT}:role/r`) } })],
      ['a stack whose account is not known', propsView({ place: {}, role: { arn: parseArn('arn:aws:iam::222222222222:role/r') } })],
      ['none', propsView()],
    ],
  },
]);
