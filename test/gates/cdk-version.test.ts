import { CfnResource } from 'aws-cdk-lib';

// `scripts/test-newest-cdk.ts` runs these tests on another aws-cdk-lib; this tells whether it really does.
test('the aws-cdk-lib that these tests run on is the expected one', () => {
  const { version } = (CfnResource as unknown as Record<symbol, { version: string }>)[Symbol.for('jsii.rtti')];
  expect(version).toBe(process.env.EXPECTED_CDK ?? '2.258.0');
});
