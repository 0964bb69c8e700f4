import { CfnResource } from 'aws-cdk-lib';

/** What users have put into a resource past its construct, as far as it matters here. */
export interface Overrides {
  readonly Properties?: unknown;
  readonly DeletionPolicy?: string;
}

export function overridesOf(resource: CfnResource): Overrides {
  // Not in the public types of aws-cdk-lib.
  return (resource as unknown as { readonly rawOverrides?: Overrides }).rawOverrides ?? {};
}

/** The DeletionPolicy that a resource gets in its template. */
export function deletionPolicyOf(resource: CfnResource): string | undefined {
  return overridesOf(resource).DeletionPolicy ?? resource.cfnOptions.deletionPolicy;
}
