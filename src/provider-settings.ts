import { Stack, Token } from 'aws-cdk-lib';
import { CfnRole, Role } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { PROVIDER_ID } from './own-resources';
import type { OnDemandBackupProviderProps } from './provider-props';

/** The same for every copy of this library in an app. */
const SETTINGS = Symbol.for('cdk-on-demand-backup.provider-props');

/** @throws an error where the settings would have no effect, or not be taken by Lambda */
export function setProviderProps(scope: IConstruct, props: OnDemandBackupProviderProps): void {
  const problem = placeProblem(scope) ?? propsProblem(props);
  if (problem) {
    throw new Error(`${scope.node.path || 'App'}: OnDemandBackupProvider.configure: ${problem}`);
  }
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

function placeProblem(scope: IConstruct): string | undefined {
  if (!Stack.isStack(scope) && scope.node.scopes.some(Stack.isStack)) {
    return 'got a construct in a stack, expected an app, a stage or a stack: all backups of a stack share one function';
  }
  if (Object.getOwnPropertySymbols(scope).includes(SETTINGS)) {
    return 'the scope has settings already; put all of them into one call';
  }
  const late = scope.node.findAll().find((each) => each.node.id === PROVIDER_ID && Stack.isStack(each.node.scope));
  return late && `a backup in ${late.node.scope!.node.path} was created before; call it before the first backup in the scope`;
}

function propsProblem(props: OnDemandBackupProviderProps): string | undefined {
  const { vpc, vpcSubnets, securityGroups, memorySize, reservedConcurrentExecutions } = props;
  if (!vpc && (vpcSubnets || securityGroups)) {
    return `got ${vpcSubnets ? 'vpcSubnets' : 'securityGroups'} without vpc; give the vpc too`;
  }
  if (isOutside(memorySize, 128, 10240)) {
    return `memorySize: got ${memorySize}, expected 128 to 10240 MiB`;
  }
  if (isOutside(reservedConcurrentExecutions, 1, Number.MAX_SAFE_INTEGER)) {
    return `reservedConcurrentExecutions: got ${reservedConcurrentExecutions}, expected at least 1: with 0 the function never runs`;
  }
  return undefined;
}

function isOutside(value: number | undefined, least: number, most: number): boolean {
  return value !== undefined && !Token.isUnresolved(value) && (!Number.isInteger(value) || value < least || value > most);
}
