import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Stands in for the SDK's chain of credential providers in the bundle: Lambda gives a function its credentials in
 * the environment, and the rest of the chain (profiles, SSO, web identities) is a quarter of the code to load.
 */
export function defaultProvider(): ReturnType<typeof fromEnv> {
  return fromEnv();
}
