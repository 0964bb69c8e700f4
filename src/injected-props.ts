import { PropertyInjectors } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * The props of a construct after CDK's property injection.
 *
 * The decorator that CDK's own constructs use is not part of its public API; what it does is.
 */
export function injectedProps<T extends object>(uniqueId: string, scope: Construct, id: string, props: T): T {
  const injector = [...scope.node.scopes].reverse()
    .filter((each) => PropertyInjectors.hasPropertyInjectors(each))
    .map((each) => PropertyInjectors.of(each).for(uniqueId))
    .find((each) => each !== undefined);
  if (!injector) {
    return props;
  }
  // What only this library knows of the props has symbols for its keys, which an injector in another language does not give back.
  const own = Object.getOwnPropertySymbols(props).map((key) => [key, (props as { readonly [key: symbol]: unknown })[key]]);
  return Object.assign({ ...injector.inject(props, { scope, id }) }, Object.fromEntries(own));
}
