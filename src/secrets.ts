/** Attributes that are secrets by their name, whatever type they are of: custom resources can answer any. */
const SECRET = /secret|password|passphrase|token|credential|private_?key/i;

/** What names a resource is no secret, whoever chose the name of the attribute: CDK names outputs of nested stacks after resources. */
const NAMES = /(arn|ref)$/i;

/** Of these types the name does not tell. */
const OTHERS: { readonly [type: string]: readonly string[] } = {
  'AWS::AppSync::ApiKey': ['ApiKey'],
  'AWS::IVS::StreamKey': ['Value'],
};

/** Whether an attribute of a resource is a secret, which must not be passed on. */
export function isSecret(cloudFormationType: string, attribute: string): boolean {
  return SECRET.test(attribute) && !NAMES.test(attribute) || (OTHERS[cloudFormationType]?.includes(attribute) ?? false);
}
