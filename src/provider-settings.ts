import { Stack, Token } from 'aws-cdk-lib';
import { CfnRole, Role } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { PROVIDER_ID } from './own-resources';
import type { OnDemandBackupProviderProps } from './provider-props';
import { assertRules } from './validation/run-rules';
import { PROVIDER_RULES, ProviderSettingsView } from './validation/settings';

/** The same for every copy of this library in an app. */
const SETTINGS = Symbol.for('cdk-on-demand-backup.provider-props');

/** @throws an error where the settings would have no effect, or not be taken by Lambda */
export function setProviderProps(scope: IConstruct, props: OnDemandBackupProviderProps): void {
  assertRules(`${scope.node.path || 'App'}: OnDemandBackupProvider.configure`, PROVIDER_RULES, viewOf(scope, props));
  Object.defineProperty(scope, SETTINGS, { value: { ...props } });
}

/** The settings for a stack. */
export function providerPropsFor(stack: Stack): OnDemandBackupProviderProps {
  const nearest = [...stack.node.scopes].reverse().find((scope) => SETTINGS in scope);
  return (nearest as { readonly [SETTINGS]?: OnDemandBackupProviderProps } | undefined)?.[SETTINGS] ?? {};
}

/** Applies the settings that every role of this library has. */
export function configureRole(role: Role, { permissionsBoundary }: OnDemandBackupProviderProps): void {
  if (permissionsBoundary) {
    (role.node.defaultChild as CfnRole).permissionsBoundary = permissionsBoundary.managedPolicyRef.policyArn;
  }
}

function viewOf(scope: IConstruct, props: OnDemandBackupProviderProps): ProviderSettingsView {
  const { vpc, vpcSubnets, securityGroups, memorySize, reservedConcurrentExecutions } = props;
  const late = scope.node.findAll().find((each) => each.node.id === PROVIDER_ID && Stack.isStack(each.node.scope));
  return {
    isInStack: !Stack.isStack(scope) && scope.node.scopes.some(Stack.isStack),
    isConfigured: Object.getOwnPropertySymbols(scope).includes(SETTINGS),
    late: late?.node.scope!.node.path,
    hasVpc: vpc !== undefined,
    vpcSettings: Object.entries({ vpcSubnets, securityGroups }).filter(([, value]) => value !== undefined).map(([name]) => name),
    memorySize: known(memorySize),
    reservedConcurrentExecutions: known(reservedConcurrentExecutions),
  };
}

function known(value: number | undefined): number | undefined {
  return Token.isUnresolved(value) ? undefined : value;
}
