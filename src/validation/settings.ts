import { Rule } from './rule';

const LAMBDA = 'https://docs.aws.amazon.com/lambda/latest/dg';
const HOW_MUCH_MEMORY = { least: 128, most: 10240 };

/** Settings of the function, and where they are given. Numbers that are tokens are left out. */
export interface ProviderSettingsView {
  readonly isInStack: boolean;
  readonly isConfigured: boolean;
  /** Path of a stack that has a backup already. */
  readonly late?: string;
  readonly hasVpc: boolean;
  readonly vpcSettings: readonly string[];
  readonly memorySize?: number;
  readonly reservedConcurrentExecutions?: number;
}

/** What `OnDemandBackupProvider.configure()` is given. */
export const PROVIDER_RULES: readonly Rule<ProviderSettingsView>[] = [
  {
    id: 'ProviderScope',
    severity: 'error',
    rule: 'All backups of a stack share one function.',
    remedy: 'Configure an app, a stage or a stack.',
    check: ({ isInStack }) => isInStack ? [{ prop: 'scope', value: 'a construct in a stack' }] : [],
  },
  {
    id: 'ProviderConfiguredOnce',
    severity: 'error',
    rule: 'The settings of a scope are given once, as a whole.',
    remedy: 'Put all of them into one call.',
    check: ({ isConfigured }) => isConfigured ? [{ prop: 'scope', value: 'a scope that has settings already' }] : [],
  },
  {
    id: 'ProviderConfiguredFirst',
    severity: 'error',
    rule: 'A function is made with the first backup of its stack.',
    remedy: 'Configure it before the first backup in the scope.',
    check: ({ late }) => late === undefined ? [] : [{ prop: 'scope', value: `a scope in which ${late} has a backup already` }],
  },
  {
    id: 'ProviderVpc',
    severity: 'error',
    rule: 'Subnets and security groups are those of a VPC.',
    remedy: 'Give the vpc too.',
    see: `${LAMBDA}/configuration-vpc.html`,
    check: ({ hasVpc, vpcSettings }) => hasVpc ? [] : vpcSettings.map((prop) => ({ prop, value: `${prop} without vpc` })),
  },
  {
    id: 'ProviderMemory',
    severity: 'error',
    rule: `A function has ${HOW_MUCH_MEMORY.least} to ${HOW_MUCH_MEMORY.most} MiB of memory, in whole MiB.`,
    remedy: 'Give a size in that range, or leave it out.',
    see: `${LAMBDA}/configuration-memory.html`,
    check: ({ memorySize }) => isOutside(memorySize, HOW_MUCH_MEMORY.least, HOW_MUCH_MEMORY.most)
      ? [{ prop: 'memorySize', value: String(memorySize) }]
      : [],
  },
  {
    id: 'ProviderConcurrency',
    severity: 'error',
    rule: 'With no execution of its own the function would never run.',
    remedy: 'Reserve a whole number of executions, at least 1, or leave it out.',
    see: `${LAMBDA}/configuration-concurrency.html`,
    check: ({ reservedConcurrentExecutions }) => isOutside(reservedConcurrentExecutions, 1, Number.MAX_SAFE_INTEGER)
      ? [{ prop: 'reservedConcurrentExecutions', value: String(reservedConcurrentExecutions) }]
      : [],
  },
];

function isOutside(value: number | undefined, least: number, most: number): boolean {
  return value !== undefined && (!Number.isInteger(value) || value < least || value > most);
}

/** Names of the defaults that are given. */
export type DefaultsView = readonly string[];

/** What `OnDemandBackupDefaults` is given. */
export const DEFAULTS_RULES: readonly Rule<DefaultsView>[] = [
  {
    id: 'DefaultsOnce',
    severity: 'error',
    rule: 'A default is given as a construct or by name.',
    remedy: 'Leave one of them out.',
    check: (given) => [['vault', 'vaultName'], ['role', 'roleName']]
      .filter((both) => both.every((each) => given.includes(each)))
      .map(([prop, name]) => ({ prop, value: `${prop} and ${name}` })),
  },
];

export const SKIP_CONTEXT = 'cdk-on-demand-backup:skip';

/** Undefined where nothing is to be skipped. */
export interface SkipView {
  readonly reason: unknown;
}

/** What the context says of a deployment without backups. */
export const SKIP_RULES: readonly Rule<SkipView>[] = [
  {
    id: 'SkipNeedsReason',
    severity: 'error',
    rule: 'A deployment without backups has a reason, as a text: it stays in the resource and in the log.',
    remedy: `Give one with -c ${SKIP_CONTEXT}="<reason>".`,
    check: ({ reason }) => reason === undefined || (typeof reason === 'string' && reason.trim() !== '' && reason !== 'true')
      ? []
      : [{ prop: `context ${SKIP_CONTEXT}`, value: JSON.stringify(reason) }],
  },
];
